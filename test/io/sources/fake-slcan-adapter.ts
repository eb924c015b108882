import { evtvIds } from '../../../src/devices/evtv/messages';
import {
  SerialPortError,
  type OpenSerialPort,
  type SerialListener,
  type SerialTrouble,
} from '../../../src/io/serial-port';
import { SlcanSource } from '../../../src/io/sources/slcan-source';
import { FakeTimers } from '../fake-timers';

export const device = '/dev/no-such-adapter';

/** An adapter without a port: what answers what. */
export class FakeAdapter {
  readonly timers = new FakeTimers();
  readonly commands: string[] = [];
  readonly ports = new Set<SerialListener>();
  /** Why it can't be opened now. */
  trouble: SerialTrouble | undefined;
  answers: Record<string, string> = { C: '\x07', S: '\r', O: '\r', V: 'V1013\r' };

  readonly openPort: OpenSerialPort = async (_device, listener) => {
    await Promise.resolve();
    if (this.trouble !== undefined) throw new SerialPortError(this.trouble);
    this.ports.add(listener);
    return {
      write: (data) => {
        const text = String(data);
        for (const command of text.split('\r').slice(0, -1)) {
          this.commands.push(command);
          const answer = this.answers[command.charAt(0)] ?? '';
          setImmediate(() => this.ports.has(listener) && listener.bytes(Buffer.from(answer)));
        }
        return text.length;
      },
      close: async () => {
        await Promise.resolve();
        this.ports.delete(listener);
      },
    };
  };

  say(text: string): void {
    for (const listener of this.ports) listener.bytes(Buffer.from(text, 'latin1'));
  }

  /** Pulls it out. */
  pull(): void {
    this.trouble = 'absent';
    for (const listener of this.ports) listener.gone();
  }

  source(): SlcanSource {
    return new SlcanSource({
      device,
      bitRate: 500_000,
      ids: evtvIds,
      openPort: this.openPort,
      timers: this.timers,
    });
  }
}
