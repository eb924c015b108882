import { localOffset, localParts, localTime, momentsOf, sameLocalDay } from '../../base/local-time';
import { isPlausible } from '../../base/clock';
import { formatAge, formatClock, formatDay, formatExactClock, formatSpan } from '../format';
import type { TextStyle } from '../../render/text';
import type { TimeAxisProps } from '../../render/widgets/time-axis';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** ms between two labels, one of them. */
const steps = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 4, 7].map((count) => count * day),
];

/** A stretch of the past that ends now, and the plot it is shown in. */
export interface ShownSpan {
  /** ms. */
  readonly span: number;
  /** The time of day now. */
  readonly wall: Date;
  /** Of the plot, pixels. */
  readonly x: number;
  readonly width: number;
  /** What the labels between and at the ends are written in. */
  readonly style: TextStyle;
  readonly endStyle: TextStyle;
}

/**
 * The labels of a time axis: the time of day at the left edge and at round times in between. A machine that cannot know
 * the time gets ages instead.
 */
export function timeLabels(shown: ShownSpan): TimeAxisProps {
  const { span, wall, x, width, style, endStyle } = shown;
  const known = isPlausible(wall);
  const left = known ? edgeTime(new Date(wall.getTime() - span), span) : `${formatSpan(span / 1000)} ago`;
  const spacing = style.width('00:00') * 2.6;
  const step = steps.find((candidate) => (candidate / span) * width >= spacing) ?? span;
  const texts: string[] = [];
  const xs: number[] = [];
  const from = x + endStyle.width(left) + style.size;
  const to = x + width - endStyle.width('now') - style.size;
  for (const age of known ? roundAges(wall, step, span) : ages(step, span)) {
    const text = known ? labelOf(new Date(wall.getTime() - age), step) : ageText(age);
    const at = Math.round(x + width - (age / span) * width);
    const half = style.width(text) / 2;
    if (at - half < from || at + half > to) continue;
    texts.push(text);
    xs.push(at);
  }
  return { left, texts, xs };
}

/**
 * A moment of the past; an age where the time of day is not known.
 *
 * @param age ms
 * @param seconds whether they are worth telling
 */
export function momentText(age: number, wall: Date, seconds: boolean): string {
  if (!isPlausible(wall)) return `${formatAge(age)} ago`;
  const moment = new Date(wall.getTime() - age);
  const time = seconds ? formatExactClock(moment) : formatClock(moment);
  return sameLocalDay(moment, wall) ? time : `${formatDay(moment)} ${time}`;
}

function edgeTime(moment: Date, span: number): string {
  return span >= day ? `${formatDay(moment)} ${formatClock(moment)}` : formatClock(moment);
}

function labelOf(moment: Date, step: number): string {
  const { year, month, day: date } = localParts(moment);
  return step >= day || localTime(year, month, date) === moment.getTime()
    ? formatDay(moment)
    : formatClock(moment);
}

/**
 * ms since the round local times within the span. Each is found by its own offset: the clocks may have been changed within it,
 * an hour comes twice then or is left out, and a day whose midnight is left out begins when the clocks are changed.
 */
function roundAges(wall: Date, step: number, span: number): number[] {
  const now = wall.getTime();
  const from = now - span;
  // The change may be a round time itself: at one o'clock, say, where the day begins with it.
  const found = new Set<number>();
  const first = Math.floor((from + localOffset(from)) / step) - 1;
  const last = Math.ceil((now + localOffset(now)) / step) + 1;
  for (let count = first; count <= last; count++) {
    const reading = count * step;
    if (step < day) for (const at of momentsOf(reading)) found.add(at);
    if (reading % day === 0) found.add(dayStart(reading));
  }
  return [...found]
    .filter((at) => at > from && at <= now)
    .sort((a, b) => b - a)
    .map((at) => now - at);
}

function dayStart(reading: number): number {
  const shown = new Date(reading);
  return localTime(shown.getUTCFullYear(), shown.getUTCMonth(), shown.getUTCDate());
}

function ages(step: number, span: number): number[] {
  const found: number[] = [];
  for (let age = step; age < span; age += step) found.push(age);
  return found;
}

function ageText(age: number): string {
  if (age < hour) return `${Math.round(age / minute)} min`;
  return age < day ? `${age / hour} h` : `${age / day} d`;
}
