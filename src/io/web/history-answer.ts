import type { Bucket } from '../../model/history/bucket';
import { canBeKept } from '../../model/history/quantities';
import { startOf, tiers, type TierName } from '../../model/history/tiers';
import { momentText, parseMoment } from '../../protocol/time-range';
import type { PastDevice, WebHistory } from './web-parts';

/** Entries that may be asked for; an answer has at most one more, the one under way. */
export const mostPoints = 4000;
const usualPoints = 800;
/** Questions that may wait for the history's thread: the display asks it too. */
const mostWaiting = 12;

/** A series as it is sent: columns of equal length, oldest first, with gaps where nothing was heard. */
export interface HistoryAnswer {
  readonly device: string;
  readonly value: string;
  /** ms since 1970, as everything here. */
  readonly from: number;
  readonly to: number;
  readonly now: number;
  /** Both ends as the display's local date and time, such as `2026-11-29T18:30`. */
  readonly fromLocal: string;
  readonly toLocal: string;
  readonly start: readonly number[];
  /** ms that one entry stands for; older ones may stand for more. */
  readonly span: readonly number[];
  readonly mean: readonly number[];
  readonly min: readonly number[];
  readonly max: readonly number[];
  readonly last: readonly number[];
}

/** Why there is no answer: a status of HTTP and one sentence. */
export interface Refusal {
  readonly status: 400 | 404 | 503;
  readonly problem: string;
}

const refusal = (status: Refusal['status'], problem: string): Refusal => ({ status, problem });

/** Answers questions about the past, a few at a time. */
export class HistoryQuestions {
  private waiting = 0;

  /**
   * @param question what stands in the address: `device` (the first), `value`, `from` and `to` as parseMoment reads them
   * (`now-2d`, `now`), and either `points` (800) or `tier` by its name, such as `raw` or `2 min`: then all windows of that tier
   * that `from` and `to` lie in or between, as far as it has them, and nothing of another
   * @param now ms since 1970
   */
  async answer(
    history: WebHistory | undefined,
    question: Readonly<Record<string, string>>,
    now: number,
  ): Promise<HistoryAnswer | Refusal> {
    const read = readQuestion(history?.devices() ?? [], question, now);
    if ('problem' in read) return read;
    if (history === undefined) return refusal(404, 'No history is kept.');
    if (this.waiting >= mostWaiting) return refusal(503, 'Too many ask about the past at once; ask again.');
    this.waiting++;
    try {
      const { device, value, from, to, points, tier } = read;
      const query = { device: device.kept, quantity: value, from, to, points, ...(tier && { tier }) };
      const buckets = await history.reader.query(query);
      const local = { fromLocal: momentText(from), toLocal: momentText(to) };
      return {
        device: device.name,
        value,
        from,
        to,
        now,
        ...local,
        ...columns(buckets.slice(-mostPoints - 1)),
      };
    } finally {
      this.waiting--;
    }
  }
}

interface Question {
  readonly device: PastDevice;
  readonly value: string;
  readonly from: number;
  readonly to: number;
  readonly points: number;
  readonly tier?: TierName;
}

function readQuestion(
  devices: readonly PastDevice[],
  {
    device: wanted,
    value = '',
    from: begin = 'now-2d',
    to: end = 'now',
    points,
    tier,
  }: Readonly<Record<string, string>>,
  now: number,
): Question | Refusal {
  const device = wanted === undefined ? devices[0] : devices.find(({ name }) => name === wanted);
  if (device === undefined) {
    return refusal(404, wanted === undefined ? 'No history is kept.' : 'There is no device of this name.');
  }
  if (!canBeKept(device.kind, value)) {
    return refusal(404, 'There is no value of this name; /api/history/series lists them.');
  }
  const [from, to] = [parseMoment(begin, now), parseMoment(end, now)];
  if (from === undefined || to === undefined || to <= from) {
    return refusal(
      400,
      'from and to must be two moments, the earlier first, such as from=now-2d and to=now.',
    );
  }
  if (tier !== undefined) {
    const range = windowsOf(tier, from, to);
    return 'problem' in range ? range : { device, value, ...range };
  }
  const count = points === undefined ? usualPoints : Number(points);
  if (!Number.isInteger(count) || count < 1 || count > mostPoints) {
    return refusal(400, `points must be a whole number from 1 to ${mostPoints}.`);
  }
  return { device, value, from, to, points: count };
}

/** The whole windows of a tier: an entry for a part of one would look like one of a tier that there is not. */
function windowsOf(
  wanted: string,
  from: number,
  to: number,
): Required<Pick<Question, 'from' | 'to' | 'points' | 'tier'>> | Refusal {
  const tier = tiers.find(({ name }) => name === wanted);
  if (tier === undefined) {
    return refusal(400, `tier must be one of ${tiers.map(({ name }) => name).join(', ')}.`);
  }
  const { name, window } = tier;
  const [begin, end] = [startOf(from, window), startOf(to + window - 1, window)];
  const points = (end - begin) / window;
  if (points > mostPoints) return refusal(400, `That is ${points} entries; ${mostPoints} are the most.`);
  return { from: begin, to: end, points, tier: name };
}

function columns(
  buckets: readonly Bucket[],
): Pick<HistoryAnswer, 'start' | 'span' | 'mean' | 'min' | 'max' | 'last'> {
  const column = (of: (bucket: Bucket) => number): number[] => buckets.map(of);
  // What the history keeps of a mean has few digits; binary fractions would make it four times as long.
  const short = (value: number): number => Number(value.toPrecision(7));
  return {
    start: column(({ start }) => start),
    span: column(({ span }) => span),
    mean: column(({ mean }) => short(mean)),
    min: column(({ min }) => short(min)),
    max: column(({ max }) => short(max)),
    last: column(({ last }) => short(last)),
  };
}
