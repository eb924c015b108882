import { BucketMaker, type Bucket } from '../../model/history/bucket';
import type { DeviceSample } from '../../model/history/device-sample';
import type { HistoryReader, PastValue } from '../../model/history/history-reader';
import { keptForm } from '../../model/history/quantities';
import type { HistoryQuery } from '../../model/history/query-plan';
import { tiers } from '../../model/history/tiers';
import type { RecordedSample, Recorder, RecorderStatus } from '../recorders/recorder';
import { systemTimers } from '../timers';
import { recentValues } from '../recorders/recent-values';

/** Single seconds of a device that are kept: an hour. */
const seconds = 3600;
/** Single seconds of which one is kept afterwards. */
const thinned = 60;
/** Of those, as many are kept as make a week. */
const mostThinned = 7 * 1440;

/** Samples of the past with their time of day, oldest first, by how many ms they are apart. */
export type MadePast = readonly {
  readonly spacing: number;
  readonly devices: ReadonlyMap<string, readonly RecordedSample[]>;
}[];

/**
 * The history of a demonstration: a past that is computed when somebody first asks, and what has come since. It is kept in
 * memory and written nowhere.
 */
export class MemoryHistory implements Recorder, HistoryReader {
  readonly status: RecorderStatus = {
    state: 'up',
    report: { code: 'history-made-up', values: {} },
    waiting: 0,
    dropped: 0,
  };
  private readonly live = new Map<
    string,
    { readonly thin: RecordedSample[]; readonly fine: RecordedSample[] }
  >();

  /** @param past never rejects */
  constructor(private readonly past: () => Promise<MadePast>) {}

  record(sample: RecordedSample): void {
    let kept = this.live.get(sample.device);
    if (kept === undefined) this.live.set(sample.device, (kept = { thin: [], fine: [] }));
    const { thin, fine } = kept;
    fine.push(sample);
    if (fine.length < seconds + thinned) return;
    const [first] = fine.splice(0, thinned);
    if (first !== undefined) thin.push(first);
    if (thin.length > mostThinned) thin.shift();
  }

  async query({ device, quantity, from, to, points, tier }: HistoryQuery): Promise<readonly Bucket[]> {
    const past = await this.past();
    // Several questions in a row must not keep pictures waiting.
    await new Promise<void>((resolve) => void systemTimers.after(0, resolve));
    const { thin = [], fine = [] } = this.live.get(device) ?? {};
    const stretches = [
      ...past.map(({ spacing, devices }) => ({ spacing, samples: devices.get(device) ?? [] })),
      { spacing: thinned * 1000, samples: thin },
      { spacing: 1000, samples: fine },
    ];
    const window = tiers.find(({ name }) => name === tier)?.window;
    const step = window ?? Math.ceil((to - from) / Math.max(1, points) / 1000) * 1000;
    const answer: Bucket[] = [];
    let maker: { readonly span: number; readonly made: BucketMaker } | undefined;
    for (const { spacing, samples } of stretches) {
      const own = samples.filter(({ at }) => at >= from && at < to);
      const [first] = own;
      if (first === undefined) continue;
      const span = Math.max(step, spacing);
      // One entry may be made of the end of one stretch and the beginning of the next.
      if (maker?.span !== span) {
        if (maker !== undefined) answer.push(...maker.made.finish());
        maker = { span, made: new BucketMaker(keptForm(first.kind, quantity).kind, span) };
      }
      maker.made.addSamples(valuesOf(own, quantity));
    }
    if (maker !== undefined) answer.push(...maker.made.finish());
    return answer;
  }

  recent(question: Parameters<HistoryReader['recent']>[0]): Promise<readonly PastValue[]> {
    return recentValues(question, (query) => this.query(query));
  }

  close(): Promise<void> {
    this.live.clear();
    return Promise.resolve();
  }
}

function valuesOf(
  samples: readonly RecordedSample[],
  quantity: string,
): { readonly times: number[]; readonly values: number[] } {
  const [times, values]: [number[], number[]] = [[], []];
  let [names, place]: [DeviceSample['names'] | undefined, number] = [undefined, -1];
  for (const sample of samples) {
    if (sample.names !== names) [names, place] = [sample.names, sample.names.indexOf(quantity)];
    const value = sample.values[place];
    if (value === undefined || !Number.isFinite(value)) continue;
    times.push(sample.at);
    values.push(value);
  }
  return { times, values };
}
