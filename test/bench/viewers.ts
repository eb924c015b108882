// What VNC viewers cost: CPU of the display with 0, 1 and 4 of them, bytes and ms from a frame on the wire to a viewer's picture,
// and memory with 4 viewers over time.
//
//   node build.mjs test/bench/viewers.ts dist-bench/viewers.js && node dist-bench/viewers.js [minutes of memory]
import { spawn, type ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { encodeDatagram } from '../../src/protocol/udp-frame';
import { packFramesOfSecond } from '../../src/simulation/pack-frames';
import { SimulatedPack } from '../../src/simulation/simulated-pack';
import { TestViewer } from '../io/outputs/rfb/test-viewer';

const [vncPort, udpPort] = [5987, 6587];
/** s over which CPU is measured. */
const measured = 15;
const folder = mkdtempSync(join(tmpdir(), 'packdial-viewers-'));

/** A display with a simulated battery, sixty times as fast, or one that hears what is sent to it. */
async function display(values: object): Promise<ChildProcess> {
  const config = join(folder, 'settings.json');
  const common = {
    headless: true,
    dataDir: folder,
    history: false,
    log: false,
    remotePassword: 'opensesame',
  };
  writeFileSync(config, JSON.stringify({ ...common, vncPort, vncListen: '127.0.0.1', ...values }));
  const child = spawn(process.execPath, ['dist/packdial.js', 'run', '--config', config], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, MALLOC_ARENA_MAX: '1' },
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  while (!said.includes('VNC viewers can come in')) await pause(50);
  return child;
}

async function viewer(): Promise<TestViewer> {
  const socket = connect(vncPort, '127.0.0.1');
  socket.setNoDelay(true);
  await once(socket, 'connect');
  const made = new TestViewer(socket);
  await made.enter({ password: 'opensesame' });
  made.accept(7, -239);
  made.request(false);
  await made.update();
  return made;
}

/** Looks on until the display ends. */
async function lookOn(one: TestViewer): Promise<void> {
  for (;;) {
    one.request(true);
    await one.update();
  }
}

/** CPU time of a process so far, s. */
function cpuOf({ pid }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Memory of a process, kB. */
function memoryOf({ pid }: ChildProcess): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]);
}

async function end(child: ChildProcess): Promise<void> {
  child.kill();
  await once(child, 'exit');
}

async function cpu(): Promise<void> {
  let alone = 0;
  for (const count of [0, 1, 4]) {
    const child = await display({ source: 'simulate', speed: 60, framebuffer: join(folder, 'fb') });
    const viewers = await Promise.all(Array.from({ length: count }, viewer));
    for (const one of viewers) lookOn(one).catch(() => undefined);
    await pause(3000);
    const before = cpuOf(child);
    const bytes = viewers.map(({ heard }) => heard.bytes);
    const updates = viewers[0]?.heard.updates ?? 0;
    await pause(measured * 1000);
    const used = (cpuOf(child) - before) / measured;
    if (count === 0) alone = used;
    const rate =
      viewers.reduce((sum, { heard }, i) => sum + heard.bytes - (bytes[i] ?? 0), 0) / measured / 1000;
    const pictures = ((viewers[0]?.heard.updates ?? 0) - updates) / measured;
    console.log(
      `${count} viewers: ${(used * 100).toFixed(1)} % of a core, ${(used / alone).toFixed(2)} times that of none; ` +
        `${(rate / Math.max(1, count)).toFixed(1)} kB/s and ${pictures.toFixed(1)} updates/s each; ${memoryOf(child)} kB`,
    );
    await end(child);
  }
}

async function latency(): Promise<void> {
  const child = await display({ source: 'udp', port: udpPort });
  const one = await viewer();
  const socket = createSocket('udp4');
  const pack = new SimulatedPack({ modules: 16, seed: 1 });
  const times: number[] = [];
  const sizes: number[] = [];
  let arrived: (() => void) | undefined;
  void (async () => {
    for (;;) {
      one.request(true);
      await one.update();
      arrived?.();
    }
  })().catch(() => undefined);
  const first = one.heard.bytes;
  for (let i = 0; i < 40; i++) {
    pack.advance(60);
    await pause(700);
    const bytes = one.heard.bytes;
    const shown = new Promise<void>((resolve) => (arrived = resolve));
    const at = performance.now();
    for (const frame of packFramesOfSecond(pack, { finePower: false }))
      socket.send(encodeDatagram(frame, 0), udpPort, '127.0.0.1');
    await shown;
    times.push(performance.now() - at);
    arrived = undefined;
    await pause(300);
    sizes.push(one.heard.bytes - bytes);
  }
  const middle = (list: number[]): number => list.sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
  console.log(
    `a second of frames on the wire is in the viewer's picture after ${middle(times).toFixed(1)} ms (${times.at(-1)?.toFixed(1)} at the most); ` +
      `${middle(sizes)} bytes with the movement that follows; the whole picture ${first} bytes`,
  );
  socket.close();
  await end(child);
}

async function memory(minutes: number): Promise<void> {
  const child = await display({ source: 'simulate', speed: 60 });
  const viewers = await Promise.all(Array.from({ length: 4 }, viewer));
  for (const one of viewers) lookOn(one).catch(() => undefined);
  for (let minute = 0; minute <= minutes; minute++) {
    console.log(`4 viewers for ${minute} min: ${memoryOf(child)} kB, ${viewers[0]?.heard.updates} updates`);
    if (minute < minutes) await pause(60_000);
  }
  await end(child);
}

void (async () => {
  const minutes = Number(process.argv[2] ?? 2);
  await latency();
  await cpu();
  await memory(minutes);
  rmSync(folder, { recursive: true, force: true });
  process.exit();
})();
