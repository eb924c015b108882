import { join } from 'node:path';
import { freePort, freeTcpPort, Packdial } from '../../commands/packdial';
import { temporaryFolder } from '../../temporary-folder';
import { until } from '../../until';
import { FedBattery } from '../fed-battery';
import { PostgresServer } from './postgres-server';

const folder = temporaryFolder();

test('a display writes its battery into a database, says how that goes, and never tells the password', async () => {
  const server = await PostgresServer.start();
  const [port, web] = [await freePort(), await freeTcpPort()];
  const battery = new FedBattery(port);
  const url = await server.makeDatabase('boat');
  const display = new Packdial([
    ...[
      'run',
      '--headless',
      '--port',
      String(port),
      '--data-dir',
      join(folder, 'data'),
      '--web',
      'localhost',
    ],
    ...['--web-port', String(web), '--database', url, '--database-every', '1', '--log-level', 'debug'],
  ]);
  const place = `127.0.0.1:${server.port}/boat`;
  try {
    const metric = async (name: string): Promise<number> => {
      const answer = await fetch(`http://127.0.0.1:${web}/metrics`).catch(() => undefined);
      const line = new RegExp(`^packdial_database_${name}{database="${place}"} (\\d+)$`, 'm');
      return Number(line.exec((await answer?.text()) ?? '')?.[1] ?? NaN);
    };
    const rows = () =>
      server.query('SELECT device, voltage, power, state_of_charge FROM battery ORDER BY time', 'boat');
    await until('there are rows', async () => (await rows().catch(() => [])).length >= 3);
    expect((await rows()).at(-1)).toMatchObject({ voltage: 49.4, state_of_charge: 77.5 });
    const [cells] = await server.query('SELECT count(DISTINCT cell) AS n FROM cell', 'boat');
    expect(Number(cells?.['n'])).toBe(96);
    await until('it is up', async () => (await metric('up')) === 1);
    await server.kill();
    await until(
      'it is down, and rows wait',
      async () => (await metric('up')) === 0 && (await metric('waiting_rows')) > 1,
    );
    await server.run();
    await until('none waits', async () => (await metric('up')) === 1 && (await metric('waiting_rows')) === 0);
    const times = await server.query(
      'SELECT extract(epoch FROM time) AS at FROM battery ORDER BY time',
      'boat',
    );
    const seconds = times.map(({ at }) => Number(at));
    // No second is missing but for a late one.
    expect(seconds.every((at, i) => i === 0 || at - seconds[i - 1]! < 5)).toBe(true);
    const told = await fetch(`http://127.0.0.1:${web}/api/status`).then((answer) => answer.text());
    expect(`${told}${display.stdout}${display.stderr}`).not.toMatch(/p@ss|p%40ss/);
    expect(display.stderr).toContain(`Rows go to the database at ${place}`);
  } finally {
    battery.close();
    display.kill();
    expect(await display.end()).toMatchObject({ code: 0 });
    await server.close();
  }
});
