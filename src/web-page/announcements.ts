/** ms between two announcements of live values: a screen reader that speaks every second says nothing. */
const interval = 60_000;

/** What a screen reader is told of values that change all the time: at most once a minute, and only what is new. */
export class Announcements {
  private saidAt = -Infinity;
  private said = '';

  /** @param now ms, monotonic @returns what is to be said now; `undefined` for nothing */
  next(words: string, now: number): string | undefined {
    if (words === this.said || now - this.saidAt < interval) return undefined;
    this.said = words;
    this.saidAt = now;
    return words;
  }
}

/** Tells apart an alarm that begins from one whose value has changed. */
export class NewAlarms {
  private known = new Set<string>();

  /** @param texts of all that stand @returns those of alarms that did not stand before */
  of(texts: readonly string[]): readonly string[] {
    const before = this.known;
    this.known = new Set(texts.map(withoutNumbers));
    return texts.filter((text) => !before.has(withoutNumbers(text)));
  }
}

/** Numbers with a decimal point or a unit are values; whole ones alone, as in “cell 7”, tell one alarm from another. */
function withoutNumbers(text: string): string {
  return text.replaceAll(/[-−+]?\d+(\.\d+| ?(?=[%°VAW]|kW|mV|s\b|min\b|h\b))/g, '#');
}
