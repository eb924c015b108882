import { LogCopy } from '../io/stick/log-copy';
import { logPath } from '../features/log/log-recording';
import { takeSystemZone } from '../io/system-zone';
import type { Settings } from '../settings/settings';
import { actionText } from '../words/en';
import { untilSignal } from './until-signal';

/**
 * Copies the log to the stick named BATTERY, as the button COPY LOG does. How it goes is told on standard error. Resolves
 * with the exit code: 1 when it did not work.
 *
 * @throws UserError when there is no folder for the log
 */
export async function copyLog(
  settings: Pick<Settings, 'dataDir' | 'mqtt' | 'source'>,
  say: (text: string) => void = (text) => void process.stderr.write(`packdial: ${text}\n`),
): Promise<number> {
  takeSystemZone();
  let told = '';
  const copy = new LogCopy({
    path: logPath(settings),
    onChange: (view) => {
      const text = actionText(view);
      if (text !== told) say(text);
      told = text;
    },
  });
  await untilSignal(async (signal) => {
    signal.addEventListener('abort', () => copy.cancel(), { once: true });
    copy.start();
    await copy.finished;
  });
  return copy.view.state === 'done' ? 0 : 1;
}
