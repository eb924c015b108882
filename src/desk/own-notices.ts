import type { KeptHistory } from '../model/history/kept-history';
import type { RecorderState } from '../model/recorder-state';
import type { OwnNotice, UnreadNotices } from '../screens/config/own-notice';

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
    return more.length > 0 ? `${first.short} (+${more.length} more)` : first.short;
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
export function logNotices({ state, text, short = 'Not logging' }: RecorderState): readonly OwnNotice[] {
  if (state !== 'down') return [];
  return [{ name: 'log', short, title: 'The log is not written', text, untilRead: false }];
}

/** What is to be said of the history: how it is, and what has happened to it since the start. */
export function historyNotices({
  status,
  notes,
}: Pick<KeptHistory, 'status' | 'notes'>): readonly OwnNotice[] {
  const happened = notes.map(({ short, text }) => ({
    name: text,
    short,
    title: short,
    text: `${text}.`,
    untilRead: true,
  }));
  if (status.state !== 'down') return happened;
  const { text, waiting } = status;
  const down: OwnNotice = {
    name: 'history',
    short: text,
    title: 'The history is not written',
    text: waiting > 0 ? `${text}. What comes meanwhile waits in memory, an hour of it.` : `${text}.`,
    untilRead: false,
  };
  return [down, ...happened];
}
