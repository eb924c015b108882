import { cpSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, freeTcpPort, Packdial } from '../commands/packdial';
import { TemporaryFolder } from '../temporary-folder';
import { until } from '../until';
import { bareLink } from './broker-bench';
import { FedBattery } from './fed-battery';
import { Mosquitto } from './mosquitto';

/** What a display of version 0.1.0 has left; test/fixtures/SOURCES.md tells how it was made. */
const left = join(__dirname, '../fixtures/version-0.1.0');
/** Within the minute that it ran. */
const thatMinute = { from: Date.UTC(2026, 10, 28, 17, 46), to: Date.UTC(2026, 10, 28, 17, 49) };

const folder = new TemporaryFolder();
const data = join(folder.path, 'data');
const logFile = join(data, 'PowerSafe100.log');
const asOwner = { authorization: `Basic ${Buffer.from('any:just looking').toString('base64')}` };

let broker: Mosquitto;
let battery: FedBattery;
let listener: ReturnType<typeof bareLink>;
let display: Packdial;
let address: string;
/** Every message at the broker. */
const heard: { topic: string; payload: string }[] = [];

async function ask(path: string, headers: Record<string, string> = asOwner): Promise<unknown> {
  const answer = await fetch(`${address}${path}`, { headers });
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

beforeAll(async () => {
  cpSync(left, folder.path, { recursive: true });
  renameSync(join(data, 'PowerSafe100.txt'), logFile);
  const [udp, web] = [await freePort(), await freeTcpPort()];
  broker = await Mosquitto.start({ folder: folder.path });
  const url = `mqtt://127.0.0.1:${broker.port}`;
  listener = bareLink(
    { url },
    {
      up: (session) => void session.subscribe(['EVTV/#']),
      message: ({ topic, payload }) => heard.push({ topic, payload: payload.toString() }),
    },
  );
  battery = new FedBattery(udp);
  address = `http://localhost:${web}`;
  // Where it listens and whom it calls is this machine's; all else is what the file says.
  display = new Packdial(
    [
      ...['run', '--headless', '--config', join(folder.path, 'settings.json'), '--data-dir', data],
      ...['--port', String(udp), '--web-port', String(web), '--mqtt-url', url],
    ],
    { PACKDIAL_LOG: '', PACKDIAL_HISTORY: '', PACKDIAL_WEB: '' },
  );
  await until('the battery on the page', async () => {
    const answer = await fetch(`${address}/api/status`, { headers: asOwner }).catch(() => undefined);
    return answer?.status === 200 && ((await answer.json()) as { soc: unknown }).soc !== null;
  });
});

afterAll(async () => {
  display.kill();
  await display.end();
  battery.close();
  await listener.stop();
  await broker.kill();
  folder.remove();
});

test('the settings mean what they meant', async () => {
  expect(await ask('/api/status')).toMatchObject({ source: 'evtv-udp', modules: 16 });
  expect(display.stderr).not.toMatch(/^(warn|error):/m);
});

test('the history goes on in the same series, with what it had', async () => {
  const past = async (value: string, { from, to }: { from: number; to: number }) =>
    (await ask(`/api/history?value=${value}&from=${from}&to=${to}&tier=raw`)) as {
      start: number[];
      mean: (number | null)[];
    };
  for (const value of ['power', 'stateOfCharge', 'cell1', 'cell96', 'voltage']) {
    const old = await past(value, thatMinute);
    expect([value, old.mean.filter((mean) => mean !== null).length >= 55]).toEqual([value, true]);
  }
  const begun = Date.now() - 30_000;
  await until('new values in the old series', async () => {
    const fresh = await past('cell96', { from: begun, to: Date.now() + 1000 });
    return fresh.mean.some((mean) => mean !== null);
  });
  const { devices } = (await ask('/api/history/series')) as { devices: { name: string }[] };
  expect(devices.map(({ name }) => name)).toEqual(['battery']);
});

test('the log is written on behind its old lines', async () => {
  const old = readFileSync(join(left, 'data/PowerSafe100.txt'), 'utf8');
  await until('a new line', () => Promise.resolve(readFileSync(logFile, 'utf8').length > old.length));
  const now = readFileSync(logFile, 'utf8');
  expect(now.startsWith(old)).toBe(true);
  expect(now.slice(old.length).split('\n')[0]).toMatch(/^[0-9/]{10} [0-9:]{8} ,([0-9.-]*,){5}\d*.?$/);
});

test('old alarms stay in the list, with the words and the time that they had', async () => {
  const kept = (): string => readFileSync(join(data, 'alarms.json'), 'utf8');
  const old = kept();
  // A hot terminal is a new alarm: the list is written again.
  battery.hottest = 75;
  await until('a new alarm in the list', () => Promise.resolve(kept() !== old));
  for (const text of ['State of charge at 60 %, below 99 %', 'Cells differ by 33 mV, above 20 mV'])
    expect(kept()).toContain(text);
  expect(kept().match(/2026-11-28T17:46:41\.420Z/g)).toHaveLength(2);
  expect(display.stderr).not.toContain('damaged');
});

test('topics are what they were, and what waited for the broker arrives', async () => {
  const [waiting] = ['000000000001', '000000000002'].map(
    (name) =>
      JSON.parse(readFileSync(join(left, `data/mqtt/outbox/${name}.json`), 'utf8')) as {
        topic: string;
        payload: string;
      },
  );
  await until('the alarm that waited', () =>
    Promise.resolve(
      heard.some(({ topic, payload }) => topic === waiting?.topic && payload === waiting.payload),
    ),
  );
  await until('the status', () =>
    Promise.resolve(heard.some(({ topic }) => topic === 'EVTV/boat/CompleteStatus')),
  );
  expect(heard.filter(({ topic }) => !topic.startsWith('EVTV/boat/'))).toEqual([]);
});

// The last: after a wrong password this address has to wait.
test('the passwords open what they opened, and nothing else does', async () => {
  expect((await fetch(`${address}/api/status`)).status).toBe(401);
  const login = async (password: string): Promise<number> =>
    (
      await fetch(`${address}/api/status`, {
        headers: { authorization: `Basic ${Buffer.from(`any:${password}`).toString('base64')}` },
      })
    ).status;
  expect(await login('open sesame')).toBe(200);
  expect(await login('just looking')).toBe(200);
  expect(await login('open says me')).toBe(401);
});
