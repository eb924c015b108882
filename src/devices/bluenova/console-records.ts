import { applyLine, EnergyPair, longestLine, type LineResult } from './console-lines';
import { emptyRecord, type ConsoleRecord } from './console-record';

/** What came of a line. */
export interface ConsoleStep {
  readonly result: LineResult;
  /** True when the line was cut. */
  readonly cut: boolean;
  /** A record that is due with this line; what it holds is forgotten then. */
  readonly due?: ConsoleRecord;
}

/**
 * Collects what a console tells into records, one for each interval: due with the first line that comes more than an interval
 * after the last one. What was not told since the last record is unknown in the next; the energy counters stay.
 */
export class ConsoleRecords {
  private record = emptyRecord();
  private readonly energy = new EnergyPair();
  private last: number;

  /** @param interval s @param now s, of the clock by whose multiples of the interval records are due */
  constructor(
    private readonly interval: number,
    now: number,
  ) {
    this.last = this.boundary(now) + interval;
  }

  /** Takes a line received at `now`, s. Never throws. */
  line(text: string, now: number): ConsoleStep {
    const cut = text.length > longestLine;
    const line = text.slice(0, longestLine);
    const inRecord = applyLine(line, this.record);
    const result = inRecord === 'noise' ? this.energy.line(line) : inRecord;
    const whole = Math.floor(now);
    // A clock that was set back would put the next record off for as long.
    if (this.last - whole > this.interval) this.last = this.boundary(whole) + this.interval;
    if (whole - this.last <= this.interval) return { result, cut };
    this.last = this.boundary(whole);
    const due = this.told;
    this.record = emptyRecord();
    return { result, cut, due };
  }

  /** What was told since the last record. */
  get told(): ConsoleRecord {
    const { energyOut, energyIn } = this.energy;
    return {
      ...this.record,
      ...(energyOut !== undefined && { energyOut }),
      ...(energyIn !== undefined && { energyIn }),
    };
  }

  private boundary(now: number): number {
    return Math.floor(now / this.interval) * this.interval;
  }
}
