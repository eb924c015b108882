import { VictoriaServer } from '../system/databases/line-servers';
import { PostgresServer } from '../system/databases/postgres-server';
import { besideOne } from './beside-one';
import { ms, type Figure } from './measure';
import { latency } from './processes';
import { SerialSite } from './serial-site';

const [withoutPort, withPort] = [16_509, 16_510];

/** Six devices that are written into a PostgreSQL and a VictoriaMetrics of this machine, beside the same without a database. */
export async function databases(root: string, program: string, framebuffer: string): Promise<Figure[]> {
  const postgres = await PostgresServer.start();
  const victoria = await VictoriaServer.start();
  const site = new SerialSite(root, program, 2);
  try {
    const addresses = [await postgres.makeDatabase('bench'), `http://127.0.0.1:${victoria.port}/write`];
    const flags = addresses.flatMap((address) => ['--database', address]);
    await site.start([withoutPort, withPort]);
    const figure = await besideOne({
      name: 'six devices to PostgreSQL and VictoriaMetrics',
      one: 'no database',
      program,
      folder: site.folder,
      alone: site.flags(withoutPort, 0),
      among: [...site.flags(withPort, 1), ...flags],
      reach: '2 % of a core more, 20 MB more',
    });
    const [{ n } = { n: 0 }] = await postgres.query(
      'SELECT count(DISTINCT device) AS n FROM battery',
      'bench',
    );
    if (Number(n) < 6) throw new Error(`only ${String(n)} of 6 devices are in the database`);
    site.close();
    const [middle, late] = await latency(program, framebuffer, 150, flags);
    return [
      figure,
      {
        name: 'datagram sent to pixels, with both databases',
        value: `median ${ms(middle)}, 99 % ${ms(late)}`,
        yardstick: '',
        ratio: '',
        reach: '10 ms, 35 ms',
      },
    ];
  } finally {
    site.close();
    await Promise.all([postgres.close(), victoria.close()]);
  }
}
