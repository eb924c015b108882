import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { TemporaryFolder } from '../temporary-folder';
import { until } from '../until';
import { testReceiver, testSender } from './broker-bench';
import { Mosquitto } from './mosquitto';

const receivers = 200;
/** s that are measured. */
const measured = 10;

/** MB of memory of a process. */
function memory(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
}

function cpuSeconds(pid: number): number {
  const [, , , , , , , , , , , utime = '0', stime = '0'] = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/\(.*\)/, 'x')
    .split(' ')
    .slice(2);
  return (Number(utime) + Number(stime)) / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
}

test('S0.109, S0.112: a display farm of 200 receivers of one sender, 240 cells, on one broker', async () => {
  const folder = new TemporaryFolder();
  const broker = await Mosquitto.start({ folder: folder.path });
  const access = { url: `mqtt://127.0.0.1:${broker.port}` };
  const empty = memory(process.pid);
  const delays: number[] = [];
  const sender = testSender(access, 'Farm', { folder: folder.path, modules: 40 });
  const farm = Array.from({ length: receivers }, () =>
    testReceiver(access, 'Farm', undefined, () => delays.push(performance.now() - sender.sent.at)),
  );
  try {
    await until('all hear the battery', () => farm.every(({ intake }) => intake.counters.frames >= 2), 120);
    const heardBefore = farm.map(({ intake }) => intake.counters.frames);
    const sentBefore = sender.sender.counters.published;
    const cpu = cpuSeconds(broker.pid);
    const since = performance.now();
    // From the sender's putting a message together to a receiver's having taken it.
    delays.length = 0;
    await new Promise((resolve) => setTimeout(resolve, 1000 * measured));
    const seconds = (performance.now() - since) / 1000;
    const heard = farm.reduce(
      (sum, { intake }, i) => sum + intake.counters.frames - (heardBefore[i] ?? 0),
      0,
    );
    const sent = sender.sender.counters.published - sentBefore;
    delays.sort((a, b) => a - b);
    const percentile = (part: number): number =>
      Number((delays[Math.floor(part * (delays.length - 1))] ?? NaN).toFixed(1));
    const figures = {
      receivers,
      'sent per second': Number((sent / seconds).toFixed(2)),
      'heard per second': Math.round(heard / seconds),
      'lost': sent * receivers - heard,
      'delay p50 ms': percentile(0.5),
      'delay p99 ms': percentile(0.99),
      'broker MB': Math.round(memory(broker.pid)),
      'broker CPU %': Number(((100 * (cpuSeconds(broker.pid) - cpu)) / seconds).toFixed(1)),
      'a receiver MB': Number(((memory(process.pid) - empty) / receivers).toFixed(2)),
    }; // prettier-ignore
    console.log(figures);
    // A message under way at either end of the measurement is no loss.
    expect(Math.abs(figures.lost)).toBeLessThanOrEqual(2 * receivers);
    expect(farm.every(({ battery }) => battery.cells.count === 240)).toBe(true);
    expect(farm.every(({ intake }) => intake.counters.malformed === 0)).toBe(true);
  } finally {
    await Promise.all([sender, ...farm].map((part) => part.stop()));
    await broker.kill();
    folder.remove();
  }
}, 300_000);
