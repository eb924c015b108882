import type { DeviceContext, ReadingSink } from '../device-type';
import { batteryPackRow } from './battery-pack-row';
import { mergeRecords, type ConsoleRecord } from './console-record';
import { ConsoleRecords } from './console-records';
import { readingOf } from './readings';

/** Characters of an unreadable line that the log is told. */
const shownCharacters = 80;

/** Seconds that a record spans, at least and without being set. */
export const shortestInterval = 10;

/**
 * Turns the lines of a console into readings: after each line that tells something, all that is known. What a line told is
 * known until the end of the next interval, unless it is told again.
 */
export class ConsoleListener {
  private readonly interval: number;
  private readonly invert: boolean;
  private records: ConsoleRecords | undefined;
  private before: ConsoleRecord | undefined;

  constructor(
    private readonly context: Pick<DeviceContext, 'name' | 'values'>,
    private readonly sink: ReadingSink,
  ) {
    this.interval = Number(context.values['interval'] ?? shortestInterval);
    this.invert = context.values['invert'] === true;
  }

  /**
   * Takes a message received at `at`, monotonic ms; one that holds several lines is taken apart.
   *
   * @param wall the time of day then, ms since 1970: records are due at its multiples of the interval
   */
  message(text: string, at: number, wall = at): void {
    const lines = text.split('\n');
    if (lines.length > 1 && lines.at(-1) === '') lines.pop();
    for (const line of lines) this.line(line, at, wall / 1000);
  }

  private line(line: string, at: number, now: number): void {
    this.records ??= new ConsoleRecords(this.interval, now);
    const { result, cut, due } = this.records.line(line, now);
    if (cut) this.sink.rejected('long line', `${line.length} characters`);
    if (result === 'unreadable') this.sink.rejected('unreadable', line.slice(0, shownCharacters));
    if (due !== undefined) this.before = due;
    if (result === 'noise' && due === undefined) return;
    const { told } = this.records;
    const all = due ?? (this.before === undefined ? told : mergeRecords(this.before, told));
    const frame = { device: this.context.name, at, period: this.interval * 1000, invert: this.invert };
    const values = due === undefined ? undefined : batteryPackRow(due);
    this.sink.reading({
      ...readingOf(all, frame),
      ...(values !== undefined && { record: { table: 'battery_pack', values } }),
    });
  }
}
