import { localParts } from '../base/local-time';
import { isPlausible } from '../base/clock';

/** When it is night, by local time; `from` may be later than `to`, for a night that crosses midnight. */
export interface NightHours {
  /** Minutes after midnight, 0..1439: the first minute of the night. */
  readonly from: number;
  /** Minutes after midnight, 0..1439: the first minute of the day. */
  readonly to: number;
}

/**
 * The hours of a setting such as `21:00-06:30`; `undefined` for `off`.
 *
 * @throws RangeError for anything else: the settings have been checked before
 */
export function parseNightHours(text: string): NightHours | undefined {
  if (text === 'off') return undefined;
  const parts = /^(\d\d):(\d\d)-(\d\d):(\d\d)$/.exec(text);
  if (parts === null) throw new RangeError(`night hours ${JSON.stringify(text)}`);
  const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = parts.slice(1).map(Number);
  return { from: fromHour * 60 + fromMinute, to: toHour * 60 + toMinute };
}

/**
 * Whether it is night. The clock on the wall decides, whatever it has done before: it may jump, and an hour may come
 * twice or not at all. While the machine cannot know the time it is day, for a bright screen can be read at night too.
 */
export function isNight(hours: NightHours | undefined, wall: Date): boolean {
  if (hours === undefined || !isPlausible(wall)) return false;
  const { hours: hour, minutes } = localParts(wall);
  const minute = hour * 60 + minutes;
  const { from, to } = hours;
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}
