import type { Device } from '../device';
import type { FlowForm, QuantityForm } from '../quantity-form';
import { quantities } from '../quantities';
import { CounterLine } from './counter-line';
import { EnergyDays, type Flow } from './energy-days';
import { ValueLine, type Line, type TimedValue } from './value-line';

/** A quantity of the device that tells what flows, or what has flowed. */
interface Teller {
  readonly quantity: string;
  readonly flow: FlowForm;
  readonly line: Line;
}

/** Flows that wait for the time of day: two hours of a device that is read each second and tells two. */
const mostWaiting = 14_400;

/**
 * Adds up what goes in and out of a device: from the counters that it tells, else from its power and current. Times that are
 * passed in are monotonic ms; the days are local ones, so that flows wait until it is known what time it is.
 */
export class DeviceEnergy {
  readonly days = new EnergyDays();
  private readonly tellers: readonly Teller[];
  private waiting: Flow[] = [];

  constructor(private readonly device: Device) {
    const forms = Object.entries<QuantityForm>(quantities[device.kind]);
    this.tellers = forms.flatMap(([quantity, { flow }]) =>
      flow === undefined
        ? []
        : [{ quantity, flow, line: flow.counter ? new CounterLine(flow.way === 'both') : new ValueLine() }],
    );
  }

  /** Takes in the device's values: to be called about once a second. */
  look(now: number): void {
    for (const teller of this.tellers)
      this.wait(teller, teller.line.look(now, this.device.quantity(teller.quantity, now)));
  }

  /** Adds what waits to its days. @param wall the time of day at `now`, ms since 1970 */
  settle(now: number, wall: number): void {
    const { waiting } = this;
    if (waiting.length === 0) return;
    this.waiting = [];
    const offset = wall - now;
    for (const { segment, ...flow } of waiting)
      this.days.add({
        ...flow,
        segment: { ...segment, from: segment.from + offset, to: segment.to + offset },
      });
  }

  /** The latest value of each quantity that is read, by its name, with its monotonic time. */
  get latest(): Readonly<Record<string, TimedValue>> {
    const told = this.tellers.flatMap(({ quantity, line: { latest } }) =>
      latest === undefined ? [] : [[quantity, latest] as const],
    );
    return Object.fromEntries(told);
  }

  /** Goes on from the latest values of an earlier run. */
  resume(latest: Readonly<Record<string, TimedValue>>): void {
    for (const teller of this.tellers) {
      const before = Object.hasOwn(latest, teller.quantity) ? latest[teller.quantity] : undefined;
      if (before !== undefined) this.wait(teller, teller.line.resume(before));
    }
  }

  private wait({ flow, line }: Teller, told: Flow['segment'] | undefined): void {
    if (told === undefined || (!flow.counter && this.isCounted(flow))) return;
    const { of, way } = flow;
    // What a device gives away has a positive power of its own, and is out here.
    const sign = way === 'out' ? -1 : 1;
    const segment = { ...told, first: sign * told.first, last: sign * told.last };
    // In and out that are two quantities come in one message, and their time is one.
    const covers = way !== 'out';
    const flowed = { of, segment, counted: line instanceof CounterLine, covers };
    this.waiting.push(flowed);
    if (this.waiting.length > mostWaiting) this.waiting.shift();
  }

  /** True where a counter of the device tells the same. */
  private isCounted({ of, way }: FlowForm): boolean {
    return this.tellers.some(
      ({ flow, line }) =>
        flow.counter === true && flow.of === of && flow.way === way && line.latest !== undefined,
    );
  }
}
