import type { AlarmLog } from '../../model/alarm-log';
import { isNotice, type AlarmReport } from '../../model/alarm-reports';

/** An alarm that has begun or is over: schema 1 of Alarm. */
export interface AlarmMessage {
  readonly schema: 1;
  readonly bmsId: string;
  /** The same in both messages of an alarm, and never that of another one; a message may arrive twice. */
  readonly id: string;
  readonly event: 'raised' | 'cleared';
  /** One sentence. */
  readonly text: string;
  /** When it happened, ISO 8601 in UTC; null while the sender does not know the time. */
  readonly timestamp: string | null;
}

/** Tells what has happened to the alarms of a device since it was asked last. Notices are not sent. */
export class AlarmFeed {
  private seen = -1;
  /** Alarms that were told as raised and not yet as cleared. */
  private readonly standing = new Set<number>();
  private latest = 0;

  /**
   * @param run unlike that of any other feed and any other run of the program: alarms are counted from 1 in each
   * @param inWords puts an alarm into a sentence
   */
  constructor(
    private readonly bmsId: string,
    private readonly run: string,
    private readonly inWords: (report: AlarmReport) => string,
  ) {}

  /** @param now monotonic ms @param wall the time of day, `undefined` where it is not known */
  take(log: AlarmLog, now: number, wall: Date | undefined): AlarmMessage[] {
    if (log.changes === this.seen) return [];
    this.seen = log.changes;
    const messages: AlarmMessage[] = [];
    for (const { number, report, risenAt, endedAt } of [...log.list].reverse()) {
      if (isNotice(report)) continue;
      const message = (event: AlarmMessage['event'], at: number): AlarmMessage => ({
        schema: 1,
        bmsId: this.bmsId,
        id: `${this.run}-${number}`,
        event,
        text: this.inWords(report),
        timestamp: wall === undefined ? null : new Date(wall.getTime() - (now - at)).toISOString(),
      });
      if (number > this.latest) {
        this.latest = number;
        this.standing.add(number);
        messages.push(message('raised', risenAt));
      }
      if (endedAt !== undefined && this.standing.delete(number)) messages.push(message('cleared', endedAt));
    }
    return messages;
  }
}
