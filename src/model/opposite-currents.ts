/** What one group of values said of the current last. */
interface ToldCurrent {
  /** A. */
  readonly amperes: number;
  /** Monotonic ms. */
  readonly at: number;
}

/** A above which a current has a sign that means something. */
const smallest = 2;
/** ms for which two currents must be opposite, or of the same sign again, before that counts. */
const steadyFor = 10_000;
/** ms after which a current says nothing about another one. */
const youngerThan = 5000;

/**
 * Whether two groups of a battery's values tell opposite currents, as two messages of a controller do when one is read by
 * the wrong sign. Both must be younger than 5 s and larger than 2 A for ten seconds; then it stands until they have had the
 * same sign for as long, for at night there is no current to tell by.
 */
export class OppositeCurrents {
  private readonly told = new Map<string, ToldCurrent>();
  private stands = false;
  /** Since when they have been other than `stands` says. */
  private otherSince: number | undefined;

  /** @param group what told it @param amperes of it @param at monotonic ms @returns true where the answer has changed */
  note(group: string, amperes: number, at: number): boolean {
    this.told.set(group, { amperes, at });
    if (this.told.size < 2) return false;
    const opposite = this.opposite(at);
    if (opposite === undefined || opposite === this.stands) {
      this.otherSince = undefined;
      return false;
    }
    this.otherSince ??= at;
    if (at - this.otherSince < steadyFor) return false;
    this.stands = opposite;
    this.otherSince = undefined;
    return true;
  }

  /** A by group, the latest of each, where they are opposite and still told; `undefined` else. */
  between(now: number): ReadonlyMap<string, number> | undefined {
    if (!this.stands) return undefined;
    const recent = [...this.told].filter(([, { at }]) => now - at < youngerThan);
    return recent.length < 2 ? undefined : new Map(recent.map(([group, { amperes }]) => [group, amperes]));
  }

  /** `undefined` where they don't tell. */
  private opposite(now: number): boolean | undefined {
    let [into, out] = [0, 0];
    for (const { amperes, at } of this.told.values()) {
      if (now - at >= youngerThan || Math.abs(amperes) <= smallest) continue;
      if (amperes > 0) into++;
      else out++;
    }
    return into + out < 2 ? undefined : into > 0 && out > 0;
  }
}
