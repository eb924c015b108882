import { bigEndianWords } from '../../protocol/big-endian';
import type { ByteLink, DeviceContext, DeviceSimulation } from '../device-type';
import { untilClosed } from '../until-closed';
import { choiceSetting, wholeNumberSetting } from '../shared-settings';
import { answerFrame, registers, statuses } from './frame';

/** What the played battery is. */
export interface SimulatedJbdOptions {
  /** 1 to 32. */
  readonly cells: number;
  /** 0 to 8. */
  readonly probes: number;
  /** Register 03 with the nine bytes of newer firmware, or without. */
  readonly form: 'long' | 'short';
}

const readCommand = 0xa5;
const nominal = 100;
/** s in which it is discharged by half and charged again. */
const cycle = 3600;

/** Answers as a JBD battery does, in bytes; it is discharged and charged as the seconds pass. */
export class SimulatedJbd {
  private held: number[] = [];

  constructor(private readonly options: SimulatedJbdOptions) {}

  /** Takes bytes of requests, cut anywhere, and gives the answers to those that are whole. @param seconds since it was started */
  answers(bytes: Uint8Array, seconds: number): Uint8Array[] {
    this.held.push(...bytes);
    const answers: Uint8Array[] = [];
    for (;;) {
      const from = this.held.indexOf(0xdd);
      this.held = from < 0 ? [] : this.held.slice(from);
      const [, command, register = 0, length = 0] = this.held;
      if (this.held.length < 4 || this.held.length < length + 7) return answers;
      const request = this.held.slice(0, length + 7);
      if (request.at(-1) !== 0x77) {
        this.held.shift();
        continue;
      }
      this.held = this.held.slice(length + 7);
      answers.push(this.answer(command, register, length, request, seconds));
    }
  }

  private answer(
    command: number | undefined,
    register: number,
    length: number,
    request: readonly number[],
    seconds: number,
  ): Uint8Array {
    const sum = request.slice(2, -3).reduce((total, byte) => total + byte, 0);
    const said = ((request.at(-3) ?? 0) << 8) | (request.at(-2) ?? 0);
    const failed = (status: number): Uint8Array => answerFrame({ register, status, data: Uint8Array.of() });
    if (((0x10000 - sum) & 0xffff) !== said) return failed(statuses.checksum);
    if (command !== readCommand || length > 0) return failed(statuses.refused);
    const data = this.data(register, seconds);
    return data === undefined ? failed(statuses.error) : answerFrame({ register, status: statuses.ok, data });
  }

  private data(register: number, seconds: number): Uint8Array | undefined {
    switch (register) {
      case registers.basic:
        return this.basic(seconds);
      case registers.cells:
        return bigEndianWords(this.cells(seconds));
      case registers.version:
        return Buffer.from(`SIMULATED-${this.options.cells}S`, 'latin1');
      case registers.counters:
        return bigEndianWords([0, 0, 1, 0, 2, 0, 0, 0, 0, 0, 0, 3]);
      default:
        return undefined;
    }
  }

  private basic(seconds: number): Uint8Array {
    const { probes, form, cells } = this.options;
    const charge = chargeAt(seconds);
    const current = (nominal / 2 / (cycle / 2 / 3600)) * (isCharging(seconds) ? 1 : -1);
    const millivolts = this.cells(seconds).reduce((total, mv) => total + mv, 0);
    const remaining = Math.round(charge * nominal * 100);
    const head = bigEndianWords([
      Math.round(millivolts / 10),
      Math.round(current * 100) & 0xffff,
      remaining,
      nominal * 100,
      42,
      ((2022 - 2000) << 9) | (3 << 5) | 28,
      isCharging(seconds) && charge > 0.95 ? 1 : 0,
      0,
      0,
    ]);
    const temperatures = Array.from({ length: probes }, (_, i) => 2731 + 215 + 5 * i);
    const tail = form === 'short' ? [] : [0, ...bigEndianWords([0, nominal * 100, remaining, 0])];
    const rest = [0x21, Math.round(charge * 100), 3, cells, probes];
    return Uint8Array.of(...head, ...rest, ...bigEndianWords(temperatures), ...tail);
  }

  private cells(seconds: number): number[] {
    const middle = 3200 + 150 * chargeAt(seconds) + (isCharging(seconds) ? 20 : -20);
    return Array.from({ length: this.options.cells }, (_, i) => Math.round(middle + 4 * Math.sin(2.4 * i)));
  }
}

/** A played JBD battery for `packdial simulate`. */
export const jbdSimulation: DeviceSimulation<ByteLink> = {
  settings: {
    cells: wholeNumberSetting(1, 32, 'cells in series', 4),
    probes: wholeNumberSetting(0, 8, 'temperature probes', 3),
    form: choiceSetting(['long', 'short'], 'register 03 with the nine bytes of newer firmware, or without'),
  },
  play: async (link: ByteLink, { values, clock }: DeviceContext, signal: AbortSignal) => {
    const battery = new SimulatedJbd({
      cells: Number(values['cells'] ?? 4),
      probes: Number(values['probes'] ?? 3),
      form: values['form'] === 'short' ? 'short' : 'long',
    });
    const begun = clock.monotonic();
    const stop = link.receive((piece) => {
      for (const answer of battery.answers(piece, (clock.monotonic() - begun) / 1000))
        void link.write(answer).catch(() => undefined);
    });
    await untilClosed(link, signal);
    stop();
  },
};

function isCharging(seconds: number): boolean {
  return seconds % cycle >= cycle / 2;
}

/** 1 is full: down to a half in half a cycle, and up again. */
function chargeAt(seconds: number): number {
  return 0.5 + Math.abs((seconds % cycle) / cycle - 0.5);
}
