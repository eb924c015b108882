import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { encodePack } from '../../../src/devices/evtv/encode';
import { parseDevices } from '../../../src/devices/parse-device';
import { Receptions } from '../../../src/features/hearing/receptions';
import type { Log } from '../../../src/logging/log';
import type { Reading } from '../../../src/model/reading';
import { encodeDatagram } from '../../../src/protocol/udp-frame';
import { resolveSettings } from '../../../src/settings/resolve-settings';
import { until } from '../../until';

const silent = (): void => undefined;

/** An EVTV battery and other devices, received within this process. */
export class ReceivedSite {
  /** Readings of each device since the start. */
  readonly counts = new Map<string, number>();
  private readonly stop = new AbortController();
  /** When the frame with a number was applied, ms of the system's monotonic clock. */
  private readonly applied = new Map<number, number>();
  private running: Promise<void> = Promise.resolve();
  private receptions: Receptions | undefined;

  /** @param port of the EVTV battery */
  constructor(private readonly port: number) {}

  async start(devices: readonly string[]): Promise<void> {
    const parsed = await parseDevices([`evtv-udp,name=evtv,port=${this.port}`, ...devices]);
    this.receptions = new Receptions(
      resolveSettings([]),
      parsed,
      {
        clock: { monotonic: () => performance.now(), wall: () => new Date() },
        log: { info: silent, warn: silent, error: silent, debug: silent } as unknown as Log,
        listener: { reading: (reading) => this.reading(reading), status: silent },
      },
      {},
    );
    this.running = this.receptions.run(this.stop.signal);
  }

  /** How many of its devices are received. */
  get live(): number {
    return this.receptions?.all.filter(({ status }) => status.state === 'up').length ?? 0;
  }

  /** Sends so many frames of the battery, and gives the ms until each was applied, rising. */
  async delays(count: number): Promise<number[]> {
    this.applied.clear();
    const datagrams = Array.from({ length: count }, (_, i) =>
      Buffer.from(encodeDatagram(frame(i), 0)).toString('hex'),
    );
    const sender = spawn(process.execPath, [join(__dirname, 'send-datagrams.cjs')], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    sender.stdin.end(JSON.stringify({ port: this.port, every: 8, datagrams }));
    const sent = JSON.parse(await text(sender.stdout)) as number[];
    await until('all frames are applied', () => this.applied.size === count);
    return sent.map((time, i) => (this.applied.get(i) ?? Infinity) - time).sort((a, b) => a - b);
  }

  async close(): Promise<void> {
    this.stop.abort();
    await this.running;
  }

  private reading({ device, values }: Reading): void {
    this.counts.set(device, (this.counts.get(device) ?? 0) + 1);
    const { voltage = NaN } = values;
    if (device === 'evtv')
      this.applied.set(Math.round(voltage * 10) - firstVoltage, Number(process.hrtime.bigint()) / 1e6);
  }
}

/** Tenths of a volt in the first frame, one more in each that follows. */
const firstVoltage = 100;

function frame(number: number): ReturnType<typeof encodePack> {
  const packVoltage = (firstVoltage + number) / 10;
  return encodePack({ packVoltage, packCurrent: 10, ampHours: -1, temperatureMax: 20, temperatureMin: 19 });
}
