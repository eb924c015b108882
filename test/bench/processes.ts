import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { installationRoot } from '../../src/base/installation-root';
import { encodePack } from '../../src/devices/evtv/encode';
import { encodeDatagram } from '../../src/protocol/udp-frame';
import { packFramesOfSecond } from '../../src/simulation/pack-frames';
import { SimulatedPack } from '../../src/simulation/simulated-pack';
import { median, percentile } from './measure';
import { size } from './drawing';

const frameBytes = size.width * size.height * 2;
/** Clock ticks of /proc/PID/stat a second, the same on all Linux machines that Node runs on. */
const ticksPerSecond = 100;

/** An empty framebuffer file. */
export function blankFramebuffer(path: string): void {
  writeFileSync(path, '');
  truncateSync(path, frameBytes);
}

/**
 * What every started program finds: nothing of this machine's that costs one of them time, such as NODE_EXTRA_CA_CERTS, which
 * makes each Node read a file of certificates, or an owner's PACKDIAL_ variables.
 */
export const environment: Readonly<Record<string, string>> = {
  PATH: process.env['PATH'] ?? '',
  HOME: '/nonexistent',
};

/** A new folder on the checkout's disk: what lies in memory costs less than what a display has. */
export function freshFolder(): string {
  const parent = join(installationRoot(__dirname), 'dist-bench');
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(join(parent, 'data-'));
}

/** Starts packdial on a framebuffer file, with history and log as it is used, in a folder of its own that goes with it. */
export function startPackdial(
  program: string,
  framebuffer: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = environment,
): ChildProcess {
  const folder = freshFolder();
  const config = join(folder, 'settings.json');
  writeFileSync(config, '{}');
  const parts = [
    ...['--framebuffer', framebuffer, '--touch', '/dev/input/none', '--backlight', '/sys/none'],
    ...['--config', config, '--data-dir', folder],
  ];
  const child = spawn(program, ['run', ...parts, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env,
  });
  child.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return child;
}

/** The same, of a simulated day of 240 cells, sixty times as fast. */
export function startLivelyDay(program: string, framebuffer: string): ChildProcess {
  blankFramebuffer(framebuffer);
  return startPackdial(program, framebuffer, ['--source', 'simulate', '--speed', '60', '--modules', '40']);
}

/** s of processor time that a process has used. */
export function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** MB of memory that a process holds. */
export function residentMegabytes(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1000;
}

/** Ends a process in order; resolves with what it wrote to standard error. */
export async function end(child: ChildProcess, heard: () => string): Promise<string> {
  child.kill('SIGTERM');
  if (child.exitCode === null) await once(child, 'exit');
  return heard();
}

/** Collects what a process writes to standard error. */
export function listen(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return () => text;
}

/** Reads a framebuffer file again and again until it differs from `before`; ms since `since`. */
function untilChanged(path: string, before: Buffer, since: number, limit: number): number | undefined {
  for (;;) {
    const waited = performance.now() - since;
    if (!readFileSync(path).equals(before)) return waited;
    if (waited > limit) return undefined;
  }
}

/** ms from starting the process to its first whole picture, and of a Node that does nothing, in turn; medians. */
export async function startUp(program: string, framebuffer: string, runs: number): Promise<[number, number]> {
  const pictures: number[] = [];
  const bare: number[] = [];
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    spawnSync(process.execPath, ['-e', '0'], { env: environment });
    bare.push(performance.now() - start);
    blankFramebuffer(framebuffer);
    const empty = readFileSync(framebuffer);
    const started = performance.now();
    const child = startPackdial(program, framebuffer, ['--port', '16500']);
    const waited = untilChanged(framebuffer, empty, started, 5000);
    if (waited !== undefined) pictures.push(waited);
    await end(child, () => '');
  }
  return [median(pictures), median(bare)];
}

/** ms from sending a datagram to changed pixels in the framebuffer: median and 99th percentile. */
export async function latency(
  program: string,
  framebuffer: string,
  datagrams: number,
  more: readonly string[] = [],
): Promise<[number, number]> {
  const port = 16501;
  blankFramebuffer(framebuffer);
  const child = startPackdial(program, framebuffer, ['--port', String(port), ...more]);
  await sleep(1500);
  const socket = createSocket('udp4');
  const times: number[] = [];
  for (let i = 0; i < datagrams; i++) {
    const before = readFileSync(framebuffer);
    const packCurrent = i % 2 === 0 ? -100 - i : 100 + i;
    const frame = encodePack({
      packCurrent,
      packVoltage: 48,
      ampHours: -1,
      temperatureMax: 20,
      temperatureMin: 19,
    });
    const datagram = encodeDatagram(frame, 0);
    const sent = performance.now();
    await new Promise((resolve) => socket.send(datagram, port, '127.0.0.1', resolve));
    const waited = untilChanged(framebuffer, before, sent, 1000);
    if (waited !== undefined) times.push(waited);
    // Long enough for the gauge to come to rest, and never in step with the tick of a second.
    await sleep(330 + (i % 7) * 13);
  }
  socket.close();
  await end(child, () => '');
  return [median(times), percentile(times, 99)];
}

/** What a flood of frames does. */
export interface Flood {
  readonly sent: number;
  readonly heard: number;
  /** Part of one core. */
  readonly cpu: number;
}

/** Sends `rate` frames a second for `seconds` and asks packdial how many it heard. */
export async function flood(
  program: string,
  framebuffer: string,
  rate: number,
  seconds: number,
): Promise<Flood> {
  const port = 16502;
  blankFramebuffer(framebuffer);
  const child = startPackdial(program, framebuffer, ['--port', String(port)]);
  const errors = listen(child);
  await sleep(1500);
  const before = cpuSeconds(child.pid ?? 0);
  const sender = spawn(process.execPath, [
    process.argv[1] ?? '',
    'send',
    String(port),
    String(rate),
    String(seconds),
  ]);
  await once(sender, 'exit');
  await sleep(300);
  const cpu = (cpuSeconds(child.pid ?? 0) - before) / seconds;
  const text = await end(child, errors);
  return { sent: rate * seconds, heard: Number(/(\d+) frames heard/.exec(text)?.[1]), cpu };
}

/** All that a controller with 240 cells sends in some seconds: each kind of frame as often as it is. */
function mixOfFrames(): Uint8Array[] {
  const pack = new SimulatedPack({ modules: 40, seed: 1 });
  return Array.from({ length: 20 }, () => {
    pack.advance(60);
    return packFramesOfSecond(pack, { finePower: true });
  })
    .flat()
    .map((frame) => encodeDatagram(frame, 0));
}

/** The sending half of `flood`, in a process of its own: evenly paced by the millisecond. */
export async function send(port: number, rate: number, seconds: number, garbage: boolean): Promise<void> {
  const socket = createSocket('udp4');
  socket.connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const datagrams = mixOfFrames();
  const total = rate * seconds;
  const start = performance.now();
  let sent = 0;
  while (sent < total) {
    const due = Math.min(total, Math.floor(((performance.now() - start) / 1000) * rate));
    for (; sent < due; sent++) {
      const datagram = datagrams[sent % datagrams.length]!;
      socket.send(garbage ? datagram.subarray(0, sent % 24) : datagram);
    }
    await sleep(1);
  }
  await new Promise<void>((resolve) => socket.close(resolve));
}
