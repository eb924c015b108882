import type { AlarmEntry } from '../../model/alarm-log';
import { isNotice } from '../../model/alarm-reports';
import type { DeviceAlarms } from '../../model/site';
import { alarmText, type AlarmWording } from '../../words/en';
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
 * @param wording the owner's units, and the device where there are several
 */
export function alarmRow(entry: AlarmEntry, now: number, wall: Date, wording: AlarmWording): AlarmRow {
  const moment = (time: number): string => momentText(Math.max(0, now - time), wall, false);
  const over = entry.endedAt !== undefined || entry.leftStanding === true;
  const row = { when: moment(entry.risenAt), what: alarmText(entry.report, { ...wording, over }) };
  if (entry.endedAt !== undefined) return { ...row, state: `over ${moment(entry.endedAt)}`, tone: 'over' };
  if (entry.leftStanding === true) return { ...row, state: 'end not known', tone: 'over' };
  if (entry.acknowledgedAt !== undefined)
    return { ...row, state: `seen ${moment(entry.acknowledgedAt)}`, tone: 'seen' };
  return isNotice(entry.report)
    ? { ...row, state: 'now', tone: 'seen' }
    : { ...row, state: 'NOW', tone: 'standing' };
}

/** An alarm with the device that it comes from. */
export interface ListedAlarm {
  readonly device: string;
  readonly entry: AlarmEntry;
}

/** The alarms of several devices in one list, the one that rose last first. */
export function listedAlarms(devices: Iterable<DeviceAlarms>): readonly ListedAlarm[] {
  const lists = Array.from(devices, ({ alarmsOf, alarms }) =>
    alarms.log.list.map((entry) => ({ device: alarmsOf, entry })),
  );
  const [only = [], ...others] = lists;
  // One device's are in order: two that rose in the same second stay as they are.
  return others.length === 0 ? only : lists.flat().sort((a, b) => b.entry.risenAt - a.entry.risenAt);
}
