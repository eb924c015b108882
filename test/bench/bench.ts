import { cpus } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { installationRoot } from '../../src/base/installation-root';
import { useOwnFonts } from '../../src/render/fonts';
import { against } from './against';
import { bluetoothSite, playBluez } from './bluetooth-devices';
import { coldHistory } from './cold-history';
import { databases } from './databases';
import { Contestants, writtenAt } from './drawing';
import { inTurn, median, ms, ratio, timesRatio, timesText, type Figure } from './measure';
import {
  blankFramebuffer,
  end,
  environment,
  flood,
  latency,
  residentMegabytes,
  send,
  startLivelyDay,
  startUp,
} from './processes';
import { keepFigures, table } from './kept-figures';
import { severalDevices } from './several-devices';
import { touch, touchUnderLoad } from './touch-under-load';
import { viewers, viewersMemory } from './viewers';
import { wholeRepaints } from './whole-repaints';

const root = installationRoot(__dirname);
const program = join(root, 'dist', 'packdial.js');
const framebuffer = '/dev/shm/packdial-bench.raw';
const naiveFramebuffer = '/dev/shm/packdial-bench-naive.raw';

async function drawing(modules: number): Promise<Figure[]> {
  const contestants = new Contestants(root, framebuffer, naiveFramebuffer, modules);
  const { pack, display } = contestants;
  const [little, naiveLittle] = await inTurn(
    400,
    () => {
      pack.changeALittle(contestants.tick());
      display.draw();
    },
    () => {
      pack.changeALittle(contestants.tick());
      contestants.drawNaive(contestants.now);
    },
  );
  const [everything, naiveEverything] = await inTurn(
    400,
    () => {
      pack.changeEverything(contestants.tick());
      display.draw();
    },
    () => {
      pack.changeEverything(contestants.tick());
      contestants.drawNaive(contestants.now);
    },
  );
  contestants.close();
  const cells = `${modules * 6} cells`;
  return [
    figure(
      `a number and six labels changed, ${cells}`,
      timesText(little),
      timesText(naiveLittle),
      timesRatio(little, naiveLittle),
      '1/40',
    ),
    figure(
      `everything changed, ${cells}`,
      timesText(everything),
      timesText(naiveEverything),
      timesRatio(everything, naiveEverything),
      '1/8',
    ),
  ];
}

async function nothing(): Promise<Figure> {
  const contestants = new Contestants(root, framebuffer, naiveFramebuffer, 16);
  contestants.display.draw();
  await sleep(20);
  const before = writtenAt(framebuffer);
  const times: number[] = [];
  let drawn = 0;
  for (let i = 0; i < 2000; i++) {
    const start = performance.now();
    if (contestants.display.draw()) drawn++;
    times.push(performance.now() - start);
  }
  const untouched = drawn === 0 && writtenAt(framebuffer) === before;
  contestants.close();
  const said = untouched
    ? `nothing drawn, no byte written, ${ms(median(times))} to see that`
    : `${drawn} drawn`;
  return figure('nothing changed', said, '', '', 'no drawing, no byte');
}

/** V8 compiles what it runs often while the first seconds pass, which a display that runs for years does once: s. */
const warmUp = 20;

/** Changes everything ten times a second for half a minute, first for packdial and then for the naive program. */
async function sustained(seconds: number): Promise<Figure> {
  const cpu: number[] = [];
  for (const naive of [false, true]) {
    const contestants = new Contestants(root, framebuffer, naiveFramebuffer, 16, () => performance.now());
    let start = process.cpuUsage();
    for (let i = -warmUp * 10; i < seconds * 10; i++) {
      if (i === 0) start = process.cpuUsage();
      contestants.pack.changeEverything(performance.now());
      if (naive) contestants.drawNaive(performance.now());
      else contestants.display.changed();
      await sleep(100);
    }
    const { user, system } = process.cpuUsage(start);
    cpu.push((user + system) / 1e6 / seconds);
    contestants.close();
  }
  const [ours = NaN, naive = NaN] = cpu;
  const percent = (part: number): string => `${(part * 100).toFixed(1)} %`;
  return figure(
    `CPU, everything changing 10 times a second, ${seconds} s`,
    percent(ours),
    percent(naive),
    ratio(ours, naive),
    '1/5, 2 % of a core',
  );
}

async function memory(minutes: number): Promise<Figure> {
  const child = startLivelyDay(program, framebuffer);
  const bare = await import('node:child_process').then(({ spawn }) =>
    spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)'], { env: environment }),
  );
  await sleep(minutes * 60_000);
  const [ours, idle] = [residentMegabytes(child.pid ?? 0), residentMegabytes(bare.pid ?? 0)];
  bare.kill();
  await end(child, () => '');
  const after = { 1: 'a minute', 60: 'an hour' }[minutes] ?? `${minutes} minutes`;
  return figure(
    `resident memory after ${after}`,
    `${ours.toFixed(0)} MB`,
    `${idle.toFixed(0)} MB (bare Node)`,
    ratio(ours, idle),
    '85 MB after an hour',
  );
}

function figure(name: string, value: string, yardstick: string, proportion: string, reach: string): Figure {
  return { name, value, yardstick, ratio: proportion, reach };
}

async function main(): Promise<void> {
  const minutes = Number(process.argv[2] ?? 1);
  useOwnFonts(root);
  blankFramebuffer(framebuffer);
  blankFramebuffer(naiveFramebuffer);
  const figures: Figure[] = [];
  const add = (more: readonly Figure[]): void => {
    for (const f of more)
      process.stderr.write(`${f.name}: ${f.value} | ${f.yardstick} | ${f.ratio} (aim: ${f.reach})\n`);
    figures.push(...more);
  };
  add(await drawing(16));
  add(await drawing(40));
  add(await wholeRepaints(root));
  add([await nothing()]);
  add([await sustained(30)]);
  const [start, bare] = await startUp(program, framebuffer, 15);
  add([
    figure(
      'start to first full picture',
      ms(start),
      `${ms(bare)} (node -e 0)`,
      `${(start / bare).toFixed(2)} times`,
      '2 times',
    ),
  ]);
  add([await memory(minutes)]);
  const [middle, late] = await latency(program, framebuffer, 150);
  add([
    figure(
      'datagram sent to pixels in the framebuffer',
      `median ${ms(middle)}, 99 % ${ms(late)}`,
      '',
      '',
      '10 ms, 35 ms',
    ),
  ]);
  const full = await flood(program, framebuffer, 8000, 10);
  add([
    figure(
      '8,000 frames a second over UDP, 10 s',
      `${full.sent - full.heard} of ${full.sent} lost, ${(full.cpu * 100).toFixed(1)} % of a core`,
      '',
      '',
      'none lost, 15 %',
    ),
  ]);
  const contestants = new Contestants(root, framebuffer, naiveFramebuffer, 16, () => performance.now());
  const finger = await touchUnderLoad(contestants, 20_000, 5);
  contestants.close();
  add([
    figure(
      'touch to pixels under 20,000 malformed datagrams a second',
      `slowest of 100: ${ms(finger.slowest)}`,
      '',
      '',
      '100 ms',
    ),
  ]);
  add([await severalDevices(root, program)]);
  add([await bluetoothSite(program)]);
  add(await databases(root, program, framebuffer));
  add([coldHistory()]);
  add(await viewers(program));
  const { model } = cpus()[0] ?? { model: 'unknown processors' };
  const rows = figures.map((f) => [f.name, f.value, f.yardstick, f.ratio, f.reach]);
  const measured = `Measured with Node ${process.version} on ${cpus().length} cores of ${model.trim()}.`;
  keepFigures(
    root,
    'figures',
    `${table(['what', 'packdial', 'yardstick', 'ratio', 'aim'], rows)}\n\n${measured}`,
  );
}

const [, , mode, ...rest] = process.argv;
const [a = 0, b = 0, c = 0] = rest.map(Number);
switch (mode) {
  case 'send':
  case 'garbage':
    void send(a, b, c, mode === 'garbage');
    break;
  case 'touch':
    void touch(a);
    break;
  case 'viewers':
    void viewersMemory(program, a);
    break;
  case 'memory':
    void memory(a).then(({ name, value, yardstick }) => console.log(`${name}: ${value} | ${yardstick}`));
    break;
  case 'bluez':
    void playBluez(rest[0] ?? '');
    break;
  case 'bluetooth':
    void bluetoothSite(program).then(({ name, value, yardstick, ratio: proportion }) =>
      console.log(`${name}: ${value} | ${yardstick} | ${proportion}`),
    );
    break;
  case 'several':
    void severalDevices(root, program).then(console.log);
    break;
  case 'databases':
    void databases(root, program, framebuffer).then(console.log);
    break;
  case 'against':
    void against(program, rest[0] ?? '', framebuffer).then(console.log);
    break;
  case undefined:
  default:
    void main();
}
