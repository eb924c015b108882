import type { HistoryKeeper } from './history-keeper';
import type { RecorderState } from './model/recorder-state';
import type { OwnNotice, UnreadNotices } from './screens/config/own-notice';

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

/**
 * What is to be said of the log and of the history.
 *
 * @param log how the log is; `undefined` where none is kept, as is `history`
 */
export function recorderNotices(
  log: RecorderState | undefined,
  history: Pick<HistoryKeeper, 'status' | 'notes'> | undefined,
): readonly OwnNotice[] {
  const notices: OwnNotice[] = [];
  if (log?.state === 'down') {
    const { short = 'Not logging', text } = log;
    notices.push({ name: 'log', short, title: 'The log is not written', text, untilRead: false });
  }
  if (history?.status.state === 'down') {
    const { text, waiting } = history.status;
    notices.push({
      name: 'history',
      short: text,
      title: 'The history is not written',
      text: waiting > 0 ? `${text}. What comes meanwhile waits in memory, an hour of it.` : `${text}.`,
      untilRead: false,
    });
  }
  for (const { short, text } of history?.notes ?? [])
    notices.push({ name: text, short, title: short, text: `${text}.`, untilRead: true });
  return notices;
}
