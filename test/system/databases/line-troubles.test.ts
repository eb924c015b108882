import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseRecorder } from '../../../src/io/databases/database-recorder';
import { DatabaseThread } from '../../../src/io/databases/database-thread';
import { tagValue } from '../../../src/protocol/line-protocol';
import { aggregatedText } from '../../../src/protocol/mean-min-max';
import { databaseText } from '../../../src/words/en';
import { bundled, sampleAt } from '../../io/recorders/temporary-history';
import { temporaryFolder } from '../../temporary-folder';
import { until } from '../../until';
import { InfluxServer, VictoriaServer } from './line-servers';

const workerFile = bundled('src/io/databases/database-worker.ts');
const top = temporaryFolder();
const start = Date.UTC(2026, 5, 1, 12);
const hostile = ["it's", '"quoted"', 'a,b=c d', 'x=1 2', '`x`\n\r\t\\', '🔋 battery', 'end\\', '#no comment'];

function record(url: string, file = join(mkdtempSync(join(top, 'spool-')), 'spool.sqlite')) {
  const recorder = new DatabaseRecorder({
    url,
    file,
    place: 'here',
    limits: {},
    thread: new DatabaseThread(workerFile),
    longestDelay: 30,
  });
  const isSent = (): Promise<void> =>
    until(
      'all is sent',
      () => recorder.status.waiting === 0 && recorder.status.report.code === 'database-written',
    );
  const says = (text: RegExp): Promise<void> =>
    until(`it says ${text}`, () => text.test(databaseText(recorder.status.report)));
  return { recorder, isSent, says };
}

/** The name that a device of this name has there: escapes are gone. */
const nameOf = (device: string): string => tagValue(device).replaceAll(/\\([,= ])/g, '$1');

test('InfluxDB 1 tells a wrong password and a missing database, and keeps hostile names', async () => {
  const server = await InfluxServer.start();
  try {
    const url = await server.makeDatabase('boat');
    const file = join(mkdtempSync(join(top, 'spool-')), 'spool.sqlite');
    const wrong = record(url.replace('p%40ss', 'wrong'), file);
    for (const [i, device] of hostile.entries())
      wrong.recorder.record(sampleAt(start + i * 1000, { power: i, cell1: 3.3 }, device));
    await wrong.says(/does not accept the user boat with this password$/);
    await wrong.recorder.close();
    const missing = record(`http://admin:admin@127.0.0.1:${server.port}/write?db=nowhere`, file);
    await missing.says(/has an error \(database not found: \\?"nowhere\\?"\)$/);
    await missing.recorder.close();
    const right = record(url, file);
    await right.isSent();
    expect(right.recorder.status.refused).toBe(0);
    await right.recorder.close();
    const rows = await server.query('SELECT power, device FROM battery', 'boat');
    expect(rows.map(([, power, device]) => [power, device])).toEqual(
      hostile.map((device, i) => [i, nameOf(device)]),
    );
    const shaped = record(`${url}&shape=mean_min_max`);
    hostile.forEach((device, i) => {
      const mean = { total_voltage_x100: 1320 + i, 'cell_voltage#00_x1000': 3300 };
      const last = { hardware_version: device, cycles: i };
      const text = aggregatedText({ tags: { category: 'Battery', device }, mean, last, Bor: { alarm: i } });
      shaped.recorder.keep({ at: start + i * 1000, device, text });
    });
    await shaped.isSent();
    expect(shaped.recorder.status.refused).toBe(0);
    await shaped.recorder.close();
    for (const measurement of ['mean', 'min', 'max']) {
      const of = `SELECT total_voltage_x100, "cell_voltage#00_x1000", device FROM "${measurement}"`;
      expect((await server.query(of, 'boat')).map((row) => row.slice(1))).toEqual(
        hostile.map((device, i) => [1320 + i, 3300, nameOf(device)]),
      );
    }
    expect((await server.query('SELECT cycles, category FROM "last"', 'boat')).at(-1)?.slice(1)).toEqual([
      hostile.length - 1,
      'Battery',
    ]);
    // Whole numbers, as the original writes them: others would be refused beside its own.
    expect(await server.query('SHOW FIELD KEYS FROM "Bor"', 'boat')).toEqual([['alarm', 'integer']]);
  } finally {
    await server.close();
  }
});

test('VictoriaMetrics keeps hostile names', async () => {
  const server = await VictoriaServer.start();
  try {
    const { recorder, isSent } = record(`http://127.0.0.1:${server.port}/write`);
    for (const [i, device] of hostile.entries())
      recorder.record(sampleAt(start + i * 1000, { power: i, cell1: 3.3 }, device));
    await isSent();
    await recorder.close();
    for (const [i, device] of hostile.entries()) {
      expect(await server.values('battery_power', nameOf(device))).toEqual([
        { at: start + i * 1000, value: i },
      ]);
      expect(await server.values('cell_voltage', nameOf(device))).toEqual([
        { at: start + i * 1000, value: 3.3 },
      ]);
    }
  } finally {
    await server.close();
  }
});
