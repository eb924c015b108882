import { evtvDecoder } from '../../src/devices/evtv/decoder';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { UdpSource } from '../../src/io/sources/udp-source';
import { FrameIntake } from '../../src/io/sources/frame-intake';
import { systemClock } from '../../src/base/clock';
import type { Contestants } from './drawing';
import { percentile } from './measure';

/** What the flood did to a finger. */
export interface TouchUnderLoad {
  /** ms from the touch being there to be read to its mark in the framebuffer: the worst of a hundred. */
  readonly slowest: number;
  readonly datagramsHeard: number;
  readonly datagramsSent: number;
}

/**
 * Touches the screen while `rate` malformed datagrams a second come in. The touch arrives through a pipe from another process,
 * as the kernel's input events do, stamped with the time it was made.
 */
export async function touchUnderLoad(
  contestants: Contestants,
  rate: number,
  seconds: number,
): Promise<TouchUnderLoad> {
  const stop = new AbortController();
  const source = new UdpSource({ port: 16503 });
  const intake = new FrameIntake(systemClock, evtvDecoder(), {
    reading: () => undefined,
    status: () => undefined,
  });
  const running = source.run(stop.signal, intake);
  await sleep(200);
  const self = process.argv[1] ?? '';
  const fingers = spawn(process.execPath, [self, 'touch', String(seconds)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const sender = spawn(process.execPath, [self, 'garbage', '16503', String(rate), String(seconds)]);
  const times: number[] = [];
  let down = false;
  fingers.stdout.on('data', (chunk: Buffer) => {
    const touchedAt = Number(chunk.toString().trim().split('\n').at(-1));
    down = !down;
    contestants.display.pointer({ type: down ? 'press' : 'release', x: 160, y: 400 + (down ? 0 : 79) });
    // Measured to the written pixels, however the display paces itself.
    const wait = (): void => {
      if (!contestants.display.draw()) setImmediate(wait);
      else times.push(Number(process.hrtime.bigint() / 1000n) / 1000 - touchedAt);
    };
    wait();
  });
  await Promise.all([once(fingers, 'exit'), once(sender, 'exit')]);
  await sleep(200);
  stop.abort();
  await running;
  return {
    slowest: percentile(times, 100),
    datagramsHeard: intake.counters.malformed,
    datagramsSent: rate * seconds,
  };
}

/** The finger: says every 50 ms when it touched. */
export async function touch(seconds: number): Promise<void> {
  for (let i = 0; i < seconds * 20; i++) {
    process.stdout.write(`${Number(process.hrtime.bigint() / 1000n) / 1000}\n`);
    await sleep(50);
  }
}
