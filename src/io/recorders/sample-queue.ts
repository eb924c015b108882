import type { RecordedSample } from './recorder';

/** Samples on their way, each with a number from 1 on, so that one that was sent twice can be told. */
export class SampleQueue {
  /** Samples that found no room. */
  dropped = 0;
  private readonly samples: RecordedSample[] = [];
  private firstNumber = 1;

  /** @param limit of samples; beyond it the oldest is dropped */
  constructor(private readonly limit: number) {}

  /** Samples that wait, with those that are under way. */
  get length(): number {
    return this.samples.length;
  }

  /** @param sent how many of the oldest are with somebody and must stay */
  add(sample: RecordedSample, sent: number): void {
    this.samples.push(sample);
    if (this.samples.length <= this.limit) return;
    this.samples.splice(sent, 1);
    this.dropped++;
    // The numbers before the gap are taken by those that were sent.
    if (sent === 0) this.firstNumber++;
  }

  /** The oldest, at most `most`, and the number of the first of them. */
  oldest(most: number): { readonly first: number; readonly samples: readonly RecordedSample[] } {
    return { first: this.firstNumber, samples: this.samples.slice(0, most) };
  }

  /** These many of the oldest have arrived. */
  arrived(count: number): void {
    this.samples.splice(0, count);
    this.firstNumber += count;
  }
}
