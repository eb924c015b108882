import type { HistoryAnswer } from '../io/web/history-answer';
import { byId, byIdOf, say } from './elements';

/** Where a range is entered by its two ends, as dates and times of the display. */
export class SpanEntry {
  private readonly from = byIdOf('from', HTMLInputElement);
  private readonly to = byIdOf('to', HTMLInputElement);

  /** @param entered told of both ends as they were entered, such as `2026-11-29T18:30` */
  constructor(private readonly entered: (from: string, to: string) => void) {
    byId('span').addEventListener('submit', (event) => {
      event.preventDefault();
      this.enter();
    });
  }

  /** Shows the ends of what is drawn, unless somebody is at it. */
  show({ from, fromLocal, toLocal }: Pick<HistoryAnswer, 'from' | 'fromLocal' | 'toLocal'>): void {
    if (byId('span').contains(document.activeElement)) return;
    [this.from.value, this.to.value] = [fromLocal, toLocal];
    // The charts are drawn in the time of who looks at them.
    byId('elsewhere').hidden = Math.abs(Date.parse(fromLocal) - from) < 60_000;
  }

  private enter(): void {
    const [from, to] = [this.from.value, this.to.value];
    const mistake =
      from === '' || to === ''
        ? 'Enter a date and a time for both ends.'
        : from >= to
          ? 'The end must be later than the beginning.'
          : '';
    say(byId('mistake'), mistake);
    byId('mistake').hidden = mistake === '';
    if (mistake === '') this.entered(from, to);
  }
}
