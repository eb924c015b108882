import type { Clock } from '../../base/clock';
import type { EnergyDay } from '../../model/energy/energy-days';
import { localDay, type LocalDay } from '../../model/energy/local-day';
import { encodeAlarms, type KeptAlarm } from '../../protocol/alarm-file';
import { encodeEnergy } from '../../protocol/energy-file';
import { inSlices } from '../in-slices';
import type { RecordedSample } from '../recorders/recorder';
import type { TextStore } from '../text-store';
import type { Timers } from '../timers';
import { MemoryHistory, type MadePast } from './memory-history';
import { PastAlarms, type PastAlarm } from './past-alarms';
import type { PastFlow, PastStep } from './past-step';

/** Some minutes in which a device was not received. */
export interface PastSilence {
  readonly device: string;
  readonly kind?: 'solar-charger' | 'meter';
  /** s from its end to the moment at which the demonstration began. */
  readonly before: number;
  /** s */
  readonly lasted: number;
}

/** What a demonstration's past is made of. */
export interface DemoPastParts {
  readonly clock: Pick<Clock, 'monotonic' | 'wall'>;
  /** @param wallTimeOfDay s since local midnight at which the demonstration began */
  readonly run: (wallTimeOfDay: number) => Generator<PastStep, void>;
  readonly silences: readonly PastSilence[];
  readonly timers?: Timers;
}

interface Made {
  readonly past: MadePast;
  readonly energies: string;
  readonly alarms: string;
}

/** s after which an alarm was seen. */
const seenAfter = 420;
/** ms between two samples of the earlier part and of the latest. */
const spacings = [600_000, 60_000] as const;

/**
 * The past that a demonstration begins with: history, sums of energy, old alarms. It is computed in short slices, begun by the
 * first question. All of it is in memory: what is made up never comes near what an owner's display has kept.
 */
export class DemoPast {
  readonly history = new MemoryHistory(async () => (await this.made()).past);
  readonly energies = this.store(({ energies }) => energies);
  readonly alarms = this.store(({ alarms }) => alarms);
  private readonly begun: number;
  private making: Promise<Made> | undefined;

  constructor(private readonly parts: DemoPastParts) {
    this.begun = parts.clock.monotonic();
  }

  private made(): Promise<Made> {
    this.making ??= this.make();
    return this.making;
  }

  private async make(): Promise<Made> {
    const { clock, run, silences, timers } = this.parts;
    const end = clock.wall().getTime() - (clock.monotonic() - this.begun);
    const maker = new PastMaker(end, silences);
    const steps = run((end - localDay(end).from) / 1000);
    const work = (function* (): Generator<void, Made> {
      for (const step of steps) {
        maker.add(step);
        yield;
      }
      return maker.made();
    })();
    return inSlices(work, timers === undefined ? {} : { timers });
  }

  private store(of: (made: Made) => string): TextStore {
    return {
      read: async () => of(await this.made()),
      write: () => Promise.resolve(),
      setAside: () => Promise.resolve(''),
    };
  }
}

/** Puts what passes into the forms that it is kept in. */
class PastMaker {
  private readonly samples = spacings.map(() => new Map<string, RecordedSample[]>());
  private readonly days = new Map<string, Map<string, EnergyDay>>();
  private readonly alarms = new PastAlarms();
  private today: LocalDay | undefined;

  /** @param end ms since 1970 */
  constructor(
    private readonly end: number,
    private readonly silences: readonly PastSilence[],
  ) {}

  add(step: PastStep): void {
    const { before, seconds, flows, samples } = step;
    const at = this.end - before * 1000;
    if (this.today === undefined || at > this.today.to) this.today = localDay(at);
    for (const flow of flows) this.addFlow(this.today.date, flow, seconds);
    this.alarms.look(step);
    const heard = samples.filter(({ device }) => !this.isSilent(device, before));
    const latest = seconds * 1000 === spacings[1] ? 1 : 0;
    for (const sample of heard) {
      const own = this.samples[latest]?.get(sample.device) ?? [];
      own.push({ ...sample, at });
      this.samples[latest]?.set(sample.device, own);
    }
  }

  made(): Made {
    const energies = encodeEnergy(
      Array.from(this.days, ([device, days]) => ({ device, latest: {}, days: [...days.values()] })),
    );
    const silent = this.silences.map(({ device, kind, before, lasted }): PastAlarm => {
      const values = { seconds: lasted, ...(kind !== undefined && { kind }) };
      return { device, report: { code: 'silence', values }, risen: before + lasted, ended: before };
    });
    const listed = [...this.alarms.found, ...silent].sort((a, b) => a.risen - b.risen);
    const past = this.samples.map((devices, i) => ({ spacing: spacings[i] ?? 0, devices }));
    return { past, energies, alarms: encodeAlarms(listed.map((alarm) => this.kept(alarm))) };
  }

  private kept({ device, report, risen, ended }: PastAlarm): KeptAlarm {
    const at = (before: number): number => this.end - before * 1000;
    return {
      battery: device,
      report,
      risen: at(risen),
      acknowledged: at(risen - Math.min(seenAfter, (risen - ended) / 2)),
      ended: at(ended),
    };
  }

  private isSilent(device: string, before: number): boolean {
    return this.silences.some(
      (silence) =>
        silence.device === device && before >= silence.before && before <= silence.before + silence.lasted,
    );
  }

  private addFlow(date: string, { device, watts, amps }: PastFlow, seconds: number): void {
    const days = this.days.get(device) ?? new Map<string, EnergyDay>();
    this.days.set(device, days);
    const none = { in: 0, out: 0, covered: 0 };
    const { energy, charge } = days.get(date) ?? { energy: none, charge: none };
    const more = (amount: EnergyDay['energy'], flow: number): EnergyDay['energy'] => ({
      in: amount.in + Math.max(0, (flow * seconds) / 3600),
      out: amount.out + Math.max(0, (-flow * seconds) / 3600),
      covered: amount.covered + seconds * 1000,
    });
    days.set(date, { date, energy: more(energy, watts), charge: more(charge, amps) });
  }
}
