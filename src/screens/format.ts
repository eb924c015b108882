import { localParts, sameLocalDay } from '../base/local-time';
import { isPlausible } from '../base/clock';
import { batteryQuantities, screenUnit } from '../model/quantities';
import { isRough } from '../model/rough-time';

/** What stands for a value that is not known: never a zero, never nothing. */
export const missing = '—';

const minus = '−';

/** Fixed decimals with a true minus sign; a number that rounds to zero has no sign. */
export function fixed(value: number, decimals: number): string {
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? minus + text : text;
}

/** The same with a plus sign in front of what is above zero. */
export function signed(value: number, decimals: number): string {
  const text = fixed(value, decimals);
  return value > 0 && Number(text) !== 0 ? `+${text}` : text;
}

/**
 * A, with its sign. Whole amperes from a coarse source; one decimal below 100 A from a fine one.
 * @param value A, + charging
 */
export function formatCurrent(value: number | undefined, fine: boolean): string {
  if (value === undefined) return missing;
  return signed(value, fine && Math.abs(value) < 99.95 ? batteryQuantities.current.glance : 0);
}

/** % with its half steps; a full battery is `100`, and only a full one. */
export function formatPercent(value: number | undefined): string {
  if (value === undefined) return missing;
  return value === 100 ? '100' : fixed(value, batteryQuantities.stateOfCharge.glance);
}

/** A number and the unit that it is written in. */
export interface Measured {
  readonly text: string;
  readonly unit: string;
}

/** W with its sign, whole below ten thousand and as kW from there on. */
export function formatWatts(value: number | undefined): Measured {
  const { unit, large } = batteryQuantities.power;
  if (value === undefined || large === undefined || Math.abs(value) < 9999.5)
    return { text: formatOr(value, 0), unit };
  const kilowatts = value / large.per;
  return { text: fixed(kilowatts, Math.abs(kilowatts) < 99.995 ? 2 : 0), unit: large.unit };
}

/** `decimals` decimals, or the sign for unknown. */
export function formatOr(value: number | undefined, decimals: number): string {
  return value === undefined ? missing : fixed(value, decimals);
}

/** How long ago, in the largest unit that fits: `12 s`, `3 min`, `2 h`, `4 d`. @param age ms */
export function formatAge(age: number): string {
  const seconds = Math.floor(age / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}

/** How long a stretch of time is, in words: `11.7 min`, `6.2 h`, `4.2 days`. @param seconds more than 0 */
export function formatSpan(seconds: number): string {
  if (seconds < 3600) return `${(seconds / 60).toFixed(1)} min`;
  if (seconds < 48 * 3600) return `${(seconds / 3600).toFixed(1)} h`;
  return `${(seconds / 86_400).toFixed(1)} days`;
}

/** How long something takes, to the minute below ten hours: `45 min`, `3 h 20 min`, `26 h`. @param seconds 0 or more */
export function formatTimeLeft(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  if (minutes >= 600) return `${Math.round(minutes / 60)} h`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** The same of the time until a battery is full, marked where it is a rough one. @param soc % */
export function formatTimeToFull(seconds: number, soc: number | undefined): string {
  return `${isRough(soc) ? '≈ ' : ''}${formatTimeLeft(seconds)}`;
}

/** kWh: two decimals below 100, one above, none from 10000. @param energy kWh, 0 or more */
export function formatEnergy(energy: number): string {
  return energy.toFixed(energy < 99.995 ? 2 : energy < 9999.95 ? 1 : 0);
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** Day and month of the local calendar, such as `8 Jun`. */
export function formatDay(wall: Date): string {
  const { day, month } = localParts(wall);
  return `${day} ${months[month] ?? ''}`;
}

/** The month, such as `Jun`. */
export function formatMonth(wall: Date): string {
  return months[localParts(wall).month] ?? '';
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** Hours and minutes of the local day, or dashes while the machine cannot know the time. */
export function formatClock(wall: Date): string {
  if (!isPlausible(wall)) return '--:--';
  const { hours, minutes } = localParts(wall);
  return `${twoDigits(hours)}:${twoDigits(minutes)}`;
}

/** The same with seconds. */
export function formatExactClock(wall: Date): string {
  return `${formatClock(wall)}:${twoDigits(localParts(wall).seconds)}`;
}

/** That with the date in front when it is not the day of `wall`. */
export function formatMoment(moment: Date, wall: Date): string {
  const time = formatExactClock(moment);
  if (sameLocalDay(moment, wall)) return time;
  const { year, month, day } = localParts(moment);
  return `${year}-${twoDigits(month + 1)}-${twoDigits(day)} ${time}`;
}

/**
 * kW with two decimals below 10 and one above. The number of decimals changes back only below 9, so that a power around
 * 10 kW does not make the number jump.
 */
export class KilowattFormat {
  private large = false;

  /** @param power W, shown without its sign */
  format(power: number | undefined): string {
    if (power === undefined) return missing;
    const { per, decimals } = screenUnit('power');
    const kilowatts = Math.abs(power) / per;
    if (kilowatts >= 9.995) this.large = true;
    else if (kilowatts < 9) this.large = false;
    return kilowatts.toFixed(this.large ? decimals - 1 : decimals);
  }
}
