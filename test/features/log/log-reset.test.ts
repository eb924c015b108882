import { evtvReading } from '../../../src/devices/evtv/readings';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resetLog } from '../../../src/commands/reset-log';
import { logPath, recordLog } from '../../../src/features/log/log-recording';
import { eraseLog } from '../../../src/features/log/log-reset';
import type { Log } from '../../../src/logging/log';
import { Site } from '../../../src/model/site';
import { resolveSettings } from '../../../src/settings/resolve-settings';
import { type Settings } from '../../../src/settings/settings';
import { UserError } from '../../../src/base/user-error';
import { SimulatedTime } from '../../soak/simulated-time';
import { temporaryFolder } from '../../temporary-folder';
import { until } from '../../until';
import { actionText, logText } from '../../../src/words/en';

const root = temporaryFolder();

let next = 0;
function inFolder(settings: Partial<Settings> = {}): { settings: Settings; path: string } {
  const all = { ...resolveSettings([]), dataDir: join(root, String(next++)), ...settings };
  return { settings: all, path: logPath(all) };
}

/** A log that is kept of a battery that has said something. */
function keeping(settings: Settings) {
  const site = new Site();
  const said: string[] = [];
  const ended: number[] = [];
  const say = (text: string): void => void said.push(text);
  const log: Log = { error: say, warn: say, info: say, debug: say, open: () => Promise.resolve() };
  const clock = new SimulatedTime();
  clock.setWall(new Date('2026-06-12T10:00:00Z'));
  const { battery } = site.battery('battery');
  battery.apply(evtvReading({ message: '0x650', stateOfCharge: 50 }, 0));
  const parts = { clock, battery, log, end: () => void ended.push(1), changed: () => undefined };
  return { recording: recordLog(settings, { ...parts, timers: clock }), clock, said, ended };
}

test('S0.71: the log is PowerSafe100.log in the data folder', async () => {
  const { settings, path } = inFolder();
  expect(path).toBe(join(settings.dataDir, 'PowerSafe100.log'));
  const { recording, clock } = keeping(settings);
  expect(recording.path).toBe(path);
  await clock.pass(1100);
  await recording.close();
  expect(readFileSync(path, 'latin1')).toBe('06/12/2026 12:00:01 ,50.0,,,,,\n');
});

test('what never happened is kept apart from what did', () => {
  expect(inFolder({ source: 'simulate' }).path).toMatch(/\/PowerSafe100-simulated\.log$/);
  expect(inFolder({ source: 'replay' }).path).toMatch(/\/PowerSafe100-replayed\.log$/);
  for (const source of ['udp', 'can', 'slcan'] as const) {
    expect(inFolder({ source }).path).toMatch(/\/PowerSafe100\.log$/);
  }
});

test('S0.66: RESET LOG erases the log with what is still in memory, and asks for the end; the next start has an empty one', async () => {
  const { settings, path } = inFolder();
  writeFileSync(path, 'a year of lines\n');
  const { recording, clock, ended } = keeping(settings);
  await clock.pass(1100);
  expect(await recording.reset()).toBeUndefined();
  await recording.close();
  expect([existsSync(path), ended]).toEqual([false, [1]]);
  const again = keeping(settings);
  await again.recording.copy.finished;
  await until('a new log', () => existsSync(path));
  expect(readFileSync(path, 'latin1')).toBe('');
  await again.recording.close();
});

test('S0.66: a log that can not be erased is told, and goes on', async () => {
  const { settings, path } = inFolder();
  mkdirSync(path);
  const { recording, clock, ended } = keeping(settings);
  expect(actionText({ report: await recording.reset() })).toMatch(/^The log can't be erased: /);
  expect(ended).toEqual([]);
  rmSync(path, { recursive: true });
  await clock.pass(1100);
  await recording.close();
  expect(readFileSync(path, 'latin1')).not.toBe('');
});

test('a log without a folder is told and keeps nothing from working', async () => {
  writeFileSync(join(root, 'file'), '');
  const settings = { ...resolveSettings([]), dataDir: join(root, 'file', 'data') };
  const { recording, said } = keeping(settings);
  expect(recording.state.state).toBe('down');
  expect(said[0]).toMatch(
    /^There is no log: The data folder .* can't be written: a part of the path is a file/,
  );
  expect(actionText({ report: await recording.reset() })).toBe(logText(recording.state.report));
  await recording.close();
});

test('S0.66: packdial reset-log stops the service before it erases, and starts it after', async () => {
  const { settings, path } = inFolder();
  writeFileSync(path, 'lines\n');
  const [asked, said]: [string[], string[]] = [[], []];
  const service = (...args: readonly string[]): Promise<boolean> => {
    asked.push(`${args.join(' ')} ${existsSync(path) ? 'before' : 'after'}`);
    return Promise.resolve(true);
  };
  expect(await resetLog(settings, (text) => said.push(text), service)).toBe(0);
  expect(asked).toEqual([
    '--quiet is-active packdial.service before',
    'stop packdial.service before',
    'start --no-block packdial.service after',
  ]);
  expect(said).toEqual([`${path} is erased; the display starts anew.`]);
});

test('packdial reset-log without a service, without rights, and without a log', async () => {
  const { settings, path } = inFolder();
  const none = (): Promise<boolean> => Promise.resolve(false);
  await expect(resetLog(settings, () => undefined, none)).rejects.toThrow(UserError);
  writeFileSync(path, 'lines\n');
  const noRights = (word: string): Promise<boolean> => Promise.resolve(word !== 'stop');
  await expect(resetLog(settings, () => undefined, noRights)).rejects.toThrow(/put sudo before the command/);
  expect(existsSync(path)).toBe(true);
  const said: string[] = [];
  expect(await resetLog(settings, (text) => said.push(text), none)).toBe(0);
  expect([existsSync(path), said]).toEqual([false, [`${path} is erased.`]]);
});

test('erasing a log that is not there is no mistake', async () => {
  const { path } = inFolder();
  expect(await eraseLog(path)).toBeUndefined();
});
