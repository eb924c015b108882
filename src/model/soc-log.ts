/** Seconds a bar on each of the ten scales, shortest first (S0.37, S0.38). */
export const socLogScales = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512] as const;

/** Bars that are kept on every scale: the widest picture's, and more than the 702 of an 800 pixel wide one. */
export const socLogLength = 2048;

/** ms between two samples up to which nothing is missing between them: a timer of a second is now and then late. */
const nextSample = 1500;

/** A state of charge that was kept somewhere else. */
export interface PastSample {
  /** ms before now, 0 or more. */
  readonly age: number;
  /** %. */
  readonly value: number;
}

/**
 * The state of charge of the past on ten scales at once, all of them fed every second whichever is looked at. A bar is one
 * sample, the first of its seconds, and does not change afterwards; where there was no data there is a gap. About 80 kB,
 * however long it runs. Times are monotonic ms and may be negative: the past may be older than the clock.
 */
export class SocLog {
  private readonly scales = socLogScales.map((seconds) => new Ring(seconds * 1000));
  private latest: number | undefined;

  /**
   * To be called about once a second.
   *
   * @param now monotonic ms, not before the samples so far
   * @param soc %, or `undefined` while it is not known or not fresh
   */
  sample(now: number, soc: number | undefined): void {
    if (soc === undefined || !Number.isFinite(soc)) {
      this.latest = undefined;
      return;
    }
    const from = this.latest !== undefined && now - this.latest <= nextSample ? this.latest : now;
    for (const scale of this.scales) scale.fill(from, now, soc);
    this.latest = now;
  }

  /**
   * Fills in what was logged before this process started, where nothing is known yet. What is no finite number or of no
   * possible age is left out. A day of seconds takes some tens of ms: to be given in parts, oldest first, where that is
   * too long.
   *
   * @param samples in any order; samples that follow each other regularly stand for the time between them too
   */
  restore(samples: readonly PastSample[], now: number): void {
    const known = samples.filter(({ age, value }) => age >= 0 && age < Infinity && Number.isFinite(value));
    if (known.some(({ age }, i) => age > (known[i - 1]?.age ?? Infinity)))
      known.sort((a, b) => b.age - a.age);
    const from = new Float64Array(known.length);
    const to = new Float64Array(known.length);
    known.forEach(({ age }, i) => {
      from[i] = now - age;
      to[i] = now - Math.max(0, age - reach(known, i));
    });
    for (const scale of this.scales) {
      scale.moveTo(now);
      scale.fillAll(from, to, known);
    }
  }

  /**
   * The latest `count` bars of a scale in %, oldest first, the last one of the seconds under way; `undefined` is a gap.
   *
   * @param scale index into `socLogScales`
   * @param count 0 to `socLogLength`
   */
  bars(scale: number, now: number, count: number): (number | undefined)[] {
    return this.scales[scale]?.latest(now, count) ?? [];
  }

  /** ms since the first second of a bar; `back` counts bars from the last one, 0. */
  barAge(scale: number, now: number, back: number): number {
    const step = (socLogScales[scale] ?? 1) * 1000;
    return now - (Math.floor(now / step) - back) * step;
  }

  /** ms since the oldest bar that is kept; 0 when there is none. */
  extent(now: number): number {
    return this.scales.at(-1)?.extent(now) ?? 0;
  }
}

/** ms after a sample that it stands for: until the next one, if they come as regularly as those before and after. */
function reach(samples: readonly PastSample[], i: number): number {
  const gap = (j: number): number => (samples[j]?.age ?? Infinity) - (samples[j + 1]?.age ?? -Infinity);
  const own = gap(i);
  const usual = Math.min(gap(i - 1), gap(i + 1));
  // The last millisecond is the next sample's.
  return Number.isFinite(usual) && own <= usual * 1.5 ? Math.max(0, own - 1) : 0;
}

/** One scale: a value a step, the latest `socLogLength` of them. */
class Ring {
  private readonly values = new Float32Array(socLogLength).fill(NaN);
  private newest: number | undefined;

  /** @param step ms */
  constructor(private readonly step: number) {}

  /** Forgets what has become too old at `now`. */
  moveTo(now: number): void {
    const slot = Math.floor(now / this.step);
    const from = Math.max(slot - socLogLength + 1, (this.newest ?? slot - socLogLength) + 1);
    for (let emptied = from; emptied <= slot; emptied++) this.values[placeOf(emptied)] = NaN;
    if (this.newest === undefined || slot > this.newest) this.newest = slot;
  }

  /** Sets the steps from one time to another where they are empty. */
  fill(from: number, to: number, value: number): void {
    const last = Math.floor(to / this.step);
    if (this.newest === undefined || last > this.newest) this.moveTo(to);
    const oldest = (this.newest ?? last) - socLogLength + 1;
    for (let slot = Math.max(oldest, Math.floor(from / this.step)); slot <= last; slot++) {
      const place = placeOf(slot);
      if (Number.isNaN(this.values[place])) this.values[place] = value;
    }
  }

  /** The same for many, oldest first. */
  fillAll(from: Float64Array, to: Float64Array, samples: readonly PastSample[]): void {
    const oldest = ((this.newest ?? 0) - socLogLength + 1) * this.step;
    let done = -Infinity;
    for (let i = 0; i < samples.length; i++) {
      const [start, end] = [from[i] ?? 0, to[i] ?? 0];
      // Most samples fall into the step of the one before.
      if (end < oldest || end < done) continue;
      this.fill(start, end, samples[i]?.value ?? NaN);
      done = (Math.floor(end / this.step) + 1) * this.step;
    }
  }

  latest(now: number, count: number): (number | undefined)[] {
    const last = Math.floor(now / this.step);
    const bars: (number | undefined)[] = [];
    for (let slot = last - count + 1; slot <= last; slot++) bars.push(this.at(slot));
    return bars;
  }

  extent(now: number): number {
    if (this.newest === undefined) return 0;
    for (let slot = this.newest - socLogLength + 1; slot <= this.newest; slot++)
      if (this.at(slot) !== undefined) return now - slot * this.step;
    return 0;
  }

  private at(slot: number): number | undefined {
    if (this.newest === undefined || slot > this.newest || slot <= this.newest - socLogLength)
      return undefined;
    const value = this.values[placeOf(slot)];
    return value === undefined || Number.isNaN(value) ? undefined : value;
  }
}

function placeOf(slot: number): number {
  return ((slot % socLogLength) + socLogLength) % socLogLength;
}
