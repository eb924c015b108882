import type { LiveStatus } from '../io/web/web-parts';
import { askSession, goToLogin } from './session';

/** ms without an event after which the connection is taken for broken: one comes each second. */
const silence = 5000;
const retry = 2000;

/**
 * Listens to the live values, and goes on by itself after any break.
 *
 * @param told called with each status @param lost called when there are none any more, with a few words
 */
export function listen(told: (live: LiveStatus) => void, lost: (words: string) => void): void {
  let source: EventSource | undefined;
  let timer: number | undefined;
  const again = (ms: number, words: string): void => {
    source?.close();
    clearTimeout(timer);
    lost(words);
    timer = window.setTimeout(() => void open(), ms);
  };
  const watch = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(() => again(0, 'No answer from packdial'), silence);
  };
  const open = async (): Promise<void> => {
    clearTimeout(timer);
    const session = await askSession();
    if (session === undefined) return again(retry, 'No answer from packdial');
    if (session.access === 'none') return goToLogin();
    source = new EventSource('/api/events');
    watch();
    source.onmessage = ({ data }: MessageEvent<string>) => {
      watch();
      const live = JSON.parse(data) as LiveStatus | null;
      if (live !== null) told(live);
    };
    source.onerror = () => again(retry, 'No answer from packdial');
  };
  // A phone that was asleep has lost everything and knows nothing of it.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && source?.readyState !== EventSource.OPEN)
      again(0, 'Connecting');
  });
  void open();
}
