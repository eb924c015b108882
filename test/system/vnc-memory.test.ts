import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freeTcpPort, Packdial } from '../commands/packdial';
import { lookingOnPassword, lookOn, tightViewer } from '../io/outputs/rfb/looking-on';
import { TemporaryFolder } from '../temporary-folder';

const folder = new TemporaryFolder();

/** ms from which on memory is compared: compiled code, buffers and pictures are there by then. */
const warmUp = 30_000;
const looked = 60_000;
/** Memory that the collector may just not have taken back, kB. */
const slack = 8192;

test('S0.126: four viewers of a display that never rests cost no memory that grows', async () => {
  const vncPort = await freeTcpPort();
  const settings = join(folder.path, 'settings.json');
  writeFileSync(
    settings,
    JSON.stringify({
      source: 'simulate',
      speed: 60,
      remotePassword: lookingOnPassword,
      vncPort,
      vncListen: '127.0.0.1',
    }),
  );
  const display = new Packdial(
    ['run', '--headless', '--config', settings, '--picture', join(folder.path, 'screen.png')],
    { MALLOC_ARENA_MAX: '1' },
  );
  try {
    await display.says('VNC viewers can come in');
    const viewers = await Promise.all(Array.from({ length: 4 }, () => tightViewer(vncPort)));
    for (const viewer of viewers) void lookOn(viewer);
    const memory = (): number =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${display.pid}/status`, 'latin1'))?.[1]);
    await pause(warmUp);
    const lowest = async (ms: number): Promise<number> => {
      const samples: number[] = [];
      for (const end = performance.now() + ms; performance.now() < end; await pause(500))
        samples.push(memory());
      return Math.min(...samples);
    };
    const before = await lowest(looked / 3);
    const seen = viewers.map(({ heard }) => heard.updates);
    await pause(looked / 3);
    const after = await lowest(looked / 3);
    // All of them were shown pictures meanwhile.
    viewers.forEach(({ heard }, i) => expect(heard.updates).toBeGreaterThan((seen[i] ?? 0) + 30));
    expect(after - before).toBeLessThan(slack);
  } finally {
    display.kill();
    await display.end();
    folder.remove();
  }
}, 400_000);
