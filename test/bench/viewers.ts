import { spawn, type ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { encodeDatagram } from '../../src/protocol/udp-frame';
import { packFramesOfSecond } from '../../src/simulation/pack-frames';
import { SimulatedPack } from '../../src/simulation/simulated-pack';
import { lookingOnPassword, lookOn, tightViewer } from '../io/outputs/rfb/looking-on';
import { median, ms, type Figure } from './measure';
import { cpuSeconds, end, environment, freshFolder, listen, residentMegabytes } from './processes';

const [vncPort, udpPort] = [16_587, 16_504];
/** s over which CPU is measured, after so many of warming up. */
const [measured, warmUp] = [15, 5];

/** A display that viewers may look at, for as long as `look` takes. */
async function withDisplay<T>(
  program: string,
  values: object,
  look: (display: ChildProcess) => Promise<T>,
): Promise<T> {
  const folder = freshFolder();
  const config = join(folder, 'settings.json');
  const common = { headless: true, dataDir: folder, history: false, log: false, vncListen: '127.0.0.1' };
  writeFileSync(config, JSON.stringify({ ...common, vncPort, remotePassword: lookingOnPassword, ...values }));
  const display = spawn(program, ['run', '--config', config], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: environment,
  });
  const said = listen(display);
  try {
    while (!said().includes('VNC viewers can come in')) await pause(50);
    return await look(display);
  } finally {
    await end(display, said);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A simulated day sixty times as fast, in which something moves all the time. */
const lively = { source: 'simulate', speed: 60 };

/** Part of a core that the display takes with so many viewers, and what one of them is sent: kB and pictures a second. */
function load(program: string, count: number): Promise<{ cpu: number; kilobytes: number; pictures: number }> {
  return withDisplay(program, lively, async ({ pid = 0 }) => {
    const viewers = await Promise.all(Array.from({ length: count }, () => tightViewer(vncPort)));
    for (const viewer of viewers) void lookOn(viewer);
    await pause(warmUp * 1000);
    const before = cpuSeconds(pid);
    const [first] = viewers;
    const [bytes = 0, updates = 0] = [first?.heard.bytes, first?.heard.updates];
    await pause(measured * 1000);
    return {
      cpu: (cpuSeconds(pid) - before) / measured,
      kilobytes: ((first?.heard.bytes ?? 0) - bytes) / measured / 1000,
      pictures: ((first?.heard.updates ?? 0) - updates) / measured,
    };
  });
}

/** A second of a battery's frames on the wire, forty times: ms until a viewer's picture has them, bytes that it was sent. */
function fromTheWire(program: string): Promise<{ times: number[]; bytes: number[]; whole: number }> {
  return withDisplay(program, { source: 'udp', port: udpPort }, async () => {
    const viewer = await tightViewer(vncPort);
    const whole = viewer.heard.bytes;
    const socket = createSocket('udp4');
    const pack = new SimulatedPack({ modules: 16, seed: 1 });
    const [times, bytes]: [number[], number[]] = [[], []];
    let arrived: (() => void) | undefined;
    void lookOn(viewer, () => arrived?.());
    for (let i = 0; i < 40; i++) {
      pack.advance(60);
      await pause(700);
      const before = viewer.heard.bytes;
      const shown = new Promise<void>((resolve) => (arrived = resolve));
      const sent = performance.now();
      for (const frame of packFramesOfSecond(pack, { finePower: false }))
        socket.send(encodeDatagram(frame, 0), udpPort, '127.0.0.1');
      await shown;
      times.push(performance.now() - sent);
      arrived = undefined;
      // The movement that follows.
      await pause(300);
      bytes.push(viewer.heard.bytes - before);
    }
    socket.close();
    return { times, bytes, whole };
  });
}

/** What VNC viewers cost: ms and bytes from frames on the wire to a viewer's picture, and CPU with none, 1 and 4 of them. */
export async function viewers(program: string): Promise<Figure[]> {
  const wire = await fromTheWire(program);
  const kilobytes = (value: number): string => `${(value / 1000).toFixed(0)} kB`;
  const figures: Figure[] = [
    {
      name: 'frames on the wire to a VNC viewer’s picture',
      value: `median ${ms(median(wire.times))}`,
      yardstick: '',
      ratio: '',
      reach: '',
    },
    {
      name: 'bytes to a viewer for a minute’s change, with its movement',
      value: kilobytes(median(wire.bytes)),
      yardstick: `${kilobytes(wire.whole)} (whole picture)`,
      ratio: `1/${(wire.whole / median(wire.bytes)).toFixed(0)}`,
      reach: '',
    },
  ];
  const none = await load(program, 0);
  for (const count of [1, 4]) {
    const { cpu, kilobytes: rate, pictures } = await load(program, count);
    const percent = (part: number): string => `${(part * 100).toFixed(1)} %`;
    figures.push({
      name: `CPU with ${count === 1 ? 'a viewer' : `${count} viewers`} of a day 60 times as fast`,
      value: `${percent(cpu)}, each is sent ${rate.toFixed(0)} kB/s, ${pictures.toFixed(0)} pictures/s`,
      yardstick: `${percent(none.cpu)} (no viewer)`,
      ratio: `${(cpu / none.cpu).toFixed(1)} times`,
      reach: count === 1 ? '10 %' : '',
    });
  }
  return figures;
}

/** Prints the memory of a display with 4 viewers, each minute. */
export async function viewersMemory(program: string, minutes: number): Promise<void> {
  await withDisplay(program, lively, async ({ pid = 0 }) => {
    const four = await Promise.all(Array.from({ length: 4 }, () => tightViewer(vncPort)));
    for (const viewer of four) void lookOn(viewer);
    for (let minute = 0; minute <= minutes; minute++) {
      const pictures = four.map(({ heard }) => heard.updates).join(', ');
      process.stdout.write(`${minute} min: ${residentMegabytes(pid).toFixed(1)} MB, pictures ${pictures}\n`);
      if (minute < minutes) await pause(60_000);
    }
  });
}
