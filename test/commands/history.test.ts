import Database from 'better-sqlite3';
import { existsSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../temporary-folder';
import { until } from '../until';
import { Packdial } from './packdial';
import { Sampling } from './samples';

const folder = temporaryFolder();

const simulated = (data: string, ...args: string[]) =>
  Sampling.start(['run', '--headless', '--source', 'simulate', '--data-dir', join(folder, data), ...args]);

/** The rows that wait to be put into the tiers, and the devices. */
function contents(data: string) {
  const database = new Database(join(folder, data, 'history.sqlite'), { readonly: true });
  const rows = database.prepare('SELECT count(*) FROM fresh').pluck().get() as number;
  const devices = database.prepare('SELECT DISTINCT device FROM series').pluck().all();
  const whole = database.pragma('integrity_check', { simple: true });
  database.close();
  return { rows, devices, whole };
}

test('S0.123: what was heard is in the database when packdial has ended, and marked when it was made up', async () => {
  const run = await simulated('kept');
  await run.holds(1);
  run.kill();
  const { code, stderr } = await run.end();
  expect([code, stderr.includes('History goes to')]).toEqual([0, true]);
  // Its log is in the database: nothing of it stays beside it.
  const files = readdirSync(join(folder, 'kept'));
  expect(files.filter((name) => name.startsWith('history'))).toEqual(['history.sqlite']);
  const { rows, devices, whole } = contents('kept');
  expect([devices, whole]).toEqual([['battery (not real)'], 'ok']);
  expect(rows).toBeGreaterThan(0);
});

test('S0.60, S0.123: --history false writes none', async () => {
  const run = await simulated('none', '--history', 'false');
  await until('a battery', async () => /^packdial_\w*voltage/m.test(await run.metrics()));
  expect(await run.metrics()).not.toContain('packdial_history');
  run.kill();
  expect((await run.end()).code).toBe(0);
  expect(existsSync(join(folder, 'none', 'history.sqlite'))).toBe(false);
});

test('a damaged database is set aside in one sentence, and the display goes on', async () => {
  const first = await simulated('damaged');
  await first.holds(1);
  first.kill();
  await first.end();
  const file = join(folder, 'damaged', 'history.sqlite');
  truncateSync(file, 100);
  writeFileSync(file, 'no database at all', { flag: 'r+' });
  const run = await simulated('damaged');
  await run.says(
    /warn: The history was damaged: it is kept as \S+history\.corrupt-\S+, and a new one is begun/,
  );
  await run.holds(1);
  run.kill();
  expect((await run.end()).code).toBe(0);
  expect(contents('damaged').rows).toBeGreaterThan(0);
});

test('without a folder to write to there is a display all the same', async () => {
  const framebuffer = join(folder, 'framebuffer');
  writeFileSync(framebuffer, Buffer.alloc(800 * 480 * 2));
  const run = new Packdial(
    [
      'run',
      '--framebuffer',
      framebuffer,
      '--touch',
      join(folder, 'no-touch'),
      '--backlight',
      join(folder, 'no-backlight'),
      '--source',
      'simulate',
      '--data-dir',
      '/proc/none',
    ],
    // Only the service goes on: a person is told to name another folder.
    { NOTIFY_SOCKET: join(folder, 'nobody') },
  );
  await run.says(
    /warn: No history is written: there is no folder for it; The data folder \/proc\/none can't be written/,
  );
  await run.says('Simulated pack');
  run.kill();
  expect((await run.end()).code).toBe(0);
});
