import Database from 'better-sqlite3';
import { existsSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../temporary-folder';
import { Packdial } from './packdial';

const folder = temporaryFolder();

const simulated = (data: string, ...args: string[]) =>
  new Packdial(['run', '--headless', '--source', 'simulate', '--data-dir', join(folder, data), ...args]);

const seconds = (number: number) => new Promise((resolve) => setTimeout(resolve, number * 1000));

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
  const run = simulated('kept');
  await run.says('Simulated pack');
  await seconds(2.5);
  run.kill();
  const { code, stderr } = await run.end();
  expect([code, stderr.includes('History goes to')]).toEqual([0, true]);
  // Its log is in the database: nothing of it stays beside it.
  expect(readdirSync(join(folder, 'kept')).sort()).toEqual(['history.sqlite', 'screen.png']);
  expect(contents('kept')).toEqual({ rows: 1, devices: ['battery (not real)'], whole: 'ok' });
});

test('S0.60, S0.123: --history false writes none', async () => {
  const run = simulated('none', '--history', 'false');
  await run.says('Simulated pack');
  await seconds(1.5);
  run.kill();
  expect((await run.end()).code).toBe(0);
  expect(existsSync(join(folder, 'none', 'history.sqlite'))).toBe(false);
});

test('a damaged database is set aside in one sentence, and the display goes on', async () => {
  const first = simulated('damaged');
  await first.says('Simulated pack');
  await seconds(1.5);
  first.kill();
  await first.end();
  const file = join(folder, 'damaged', 'history.sqlite');
  truncateSync(file, 100);
  writeFileSync(file, 'no database at all', { flag: 'r+' });
  const run = simulated('damaged');
  await run.says(
    /warn: The history was damaged: it is kept as \S+history\.corrupt-\S+, and a new one is begun/,
  );
  await seconds(1.5);
  run.kill();
  expect((await run.end()).code).toBe(0);
  expect(contents('damaged').rows).toBeGreaterThan(0);
});

test('without a folder to write to there is a display all the same', async () => {
  const framebuffer = join(folder, 'framebuffer');
  writeFileSync(framebuffer, Buffer.alloc(800 * 480 * 2));
  const run = new Packdial([
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
  ]);
  await run.says(
    /warn: No history is written: there is no folder for it; The data folder \/proc\/none can't be written/,
  );
  await run.says('Simulated pack');
  run.kill();
  expect((await run.end()).code).toBe(0);
});
