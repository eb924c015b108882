import type { AlarmEntry } from '../../model/alarm-log';
import { momentText } from '../detail/time-labels';

/** One alarm as a line of the list. */
export interface AlarmRow {
  /** When it rose: a time of day, or how long ago where that is not known. */
  readonly when: string;
  readonly what: string;
  /** How it stands, in a word or two: never by its colour alone. */
  readonly state: string;
  readonly tone: 'standing' | 'seen' | 'over';
}

/**
 * @param now monotonic ms
 * @param wall the time of day now
 */
export function alarmRow(entry: AlarmEntry, now: number, wall: Date): AlarmRow {
  const moment = (time: number): string => momentText(Math.max(0, now - time), wall, false);
  const row = { when: moment(entry.risenAt), what: entry.text };
  if (entry.endedAt !== undefined) return { ...row, state: `over ${moment(entry.endedAt)}`, tone: 'over' };
  if (entry.leftStanding === true) return { ...row, state: 'end not known', tone: 'over' };
  if (entry.acknowledgedAt !== undefined)
    return { ...row, state: `seen ${moment(entry.acknowledgedAt)}`, tone: 'seen' };
  return { ...row, state: 'NOW', tone: 'standing' };
}
