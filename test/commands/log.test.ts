import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseLogRow } from '../../src/protocol/powersafe-log';
import { temporaryFolder } from '../temporary-folder';
import { freePort, Packdial } from './packdial';
import { Sampling } from './samples';

const folder = temporaryFolder();

test('S0.71, S0.72: run keeps PowerSafe100.log, and what was in memory is written at its end', async () => {
  const port = String(await freePort());
  const log = { PACKDIAL_LOG: 'true' };
  const run = await Sampling.start(['run', '--headless', '--port', port, '--data-dir', folder], log);
  await run.says('Listening');
  const simulate = new Packdial(['simulate', '--port', port, '--modules', '1']);
  // It takes one a second, as the log does.
  await run.holds(4);
  for (const each of [simulate, run]) each.kill();
  for (const each of [simulate, run]) expect((await each.end()).code).toBe(0);
  const rows = readFileSync(join(folder, 'PowerSafe100.log'), 'latin1').split('\n');
  expect(rows.pop()).toBe('');
  const stamps = rows.map((line) => parseLogRow(line)?.stamp.getTime() ?? NaN);
  expect(stamps.length).toBeGreaterThanOrEqual(3);
  expect(stamps).toEqual(stamps.map((_, i) => stamps[0]! + i * 1000));
});
