import type { KeptHistory } from '../model/history/kept-history';
import type { LogReport } from '../model/recorder-reports';
import type { RecorderState } from '../model/recorder-state';
import type { OwnNotice, UnreadNotices } from '../screens/config/own-notice';
import { noticeWords } from '../words/en';

/** Keeps in mind which notices were read. */
export class OwnNotices implements UnreadNotices {
  private readonly known = new Set<string>();

  /**
   * @param find all that stand or have happened, the most important first
   * @param changed told when one was read
   */
  constructor(
    private readonly find: () => readonly OwnNotice[],
    private readonly changed: () => void,
  ) {}

  /** One sentence for the main screen, with the number of others behind it; empty when there is nothing. */
  get short(): string {
    const [first, ...more] = this.find().filter(({ name, untilRead }) => !untilRead || !this.known.has(name));
    if (first === undefined) return '';
    const { short } = noticeWords(first.report);
    return more.length > 0 ? `${short} (+${more.length} more)` : short;
  }

  get unread(): OwnNotice | undefined {
    const all = this.find();
    // A trouble that comes again is to be read again.
    for (const name of this.known) if (!all.some((notice) => notice.name === name)) this.known.delete(name);
    return all.find(({ name }) => !this.known.has(name));
  }

  read({ name }: OwnNotice): void {
    this.known.add(name);
    this.changed();
  }
}

/** What is to be said of the log. */
export function logNotices({ state, report }: RecorderState<LogReport>): readonly OwnNotice[] {
  if (state !== 'down') return [];
  return [{ name: 'log', report: { code: 'log-not-written', values: report }, untilRead: false }];
}

/** What is to be said of the history: how it is, and what has happened to it since the start. */
export function historyNotices({
  status,
  notes,
}: Pick<KeptHistory, 'status' | 'notes'>): readonly OwnNotice[] {
  const happened = notes.map((event) => ({ name: JSON.stringify(event), report: event, untilRead: true }));
  if (status.state !== 'down') return happened;
  const { report, waiting } = status;
  const down: OwnNotice = {
    name: 'history',
    report: { code: 'history-not-written', values: { report, waiting } },
    untilRead: false,
  };
  return [down, ...happened];
}
