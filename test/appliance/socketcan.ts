import { evtvIds } from '../../src/devices/evtv/messages';
/**
 * The CAN source and sender on the real package and real interfaces: two controllers on one bus (can0, can1), a virtual
 * interface (vcan0), and the right to add and remove others. Run as root:
 *
 *   npx esbuild test/appliance/socketcan.ts --bundle --platform=node --external:socketcan --outfile=dist/socketcan-check.js
 *   node --expose-gc dist/socketcan-check.js
 *
 * Ends with 0 when all is as it should be.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readlinkSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { openSocketCan } from '../../src/io/can-channel';
import { CanSender } from '../../src/io/senders/can-sender';
import { SocketCanSource } from '../../src/io/sources/socketcan-source';
import { dataFrame } from '../../src/protocol/can-frame';
import { RecordingSink } from '../io/sources/recording-sink';

function shell(commands: string): void {
  execFileSync('sh', ['-ec', commands], { stdio: ['ignore', 'inherit', 'inherit'] });
}

async function hearing(interfaceName: string, check: (sink: RecordingSink) => Promise<void>): Promise<void> {
  const sink = new RecordingSink();
  const controller = new AbortController();
  const run = new SocketCanSource({ interfaceName, ids: evtvIds }).run(controller.signal, sink);
  try {
    await check(sink);
  } catch (error) {
    console.error(sink.statuses, sink.rejections, sink.frames);
    throw error;
  }
  const before = performance.now();
  controller.abort();
  await run;
  assert(performance.now() - before < 1000, 'stops promptly');
}

function says(sink: RecordingSink, pattern: RegExp): Promise<void> {
  return within(
    20_000,
    `says ${pattern.source}`,
    sink.until(() => pattern.test(sink.text ?? '')),
  );
}

async function within(ms: number, what: string, promise: Promise<void>): Promise<void> {
  await Promise.race([
    promise,
    wait(ms, undefined, { ref: false }).then(() => assert.fail(`not in time: ${what}`)),
  ]);
}

const upAgain = 'ip link set can0 up type can bitrate 500000';

const checks: Record<string, () => Promise<void>> = {
  'hears the frames of the battery, their look-alikes, and nothing else': () =>
    hearing('can0', async (sink) => {
      await says(sink, /^Listening on CAN can0$/);
      shell('for f in 150#DEFF9B01B3C82421 123#00 00000150#01 150#R 7FF#00 650#9B; do cansend can1 $f; done');
      await within(
        5000,
        'four frames',
        sink.until(({ frames }) => frames.some(({ id }) => id === 0x650)),
      );
      assert.deepEqual(
        sink.frames.map(({ id, data, extended, remote }) => [id, data.length, extended, remote]),
        [
          [0x150, 8, false, false],
          [0x150, 1, true, false],
          [0x150, 0, false, true],
          [0x650, 1, false, false],
        ],
      );
    }),

  'outlives an interface that goes down, and one that is down at the start': async () => {
    shell('ip link set can0 down');
    await hearing('can0', async (sink) => {
      for (let count = 1; count <= 2; count++) {
        await says(sink, /^CAN can0 is down: waiting for it$/);
        shell(upAgain);
        await says(sink, /^Listening/);
        shell('cansend can1 650#9B');
        await within(
          5000,
          'a frame',
          sink.until(({ frames }) => frames.length === count),
        );
        if (count === 1) shell('ip link set can0 down');
      }
    });
  },

  'finds an interface that appears, and again when it was taken away': () =>
    hearing('vcan7', async (sink) => {
      await says(sink, /^No CAN interface vcan7 \(is the hat enabled\?\): next try in 2 s$/);
      for (let count = 1; count <= 2; count++) {
        shell('ip link add dev vcan7 type vcan; ip link set vcan7 mtu 72; ip link set vcan7 up');
        await says(sink, /^Listening/);
        shell('cansend vcan7 150##1112233445566778899AABBCC; cansend vcan7 650#9B');
        await within(
          5000,
          'a frame',
          sink.until(({ frames }) => frames.length === count),
        );
        assert.equal(sink.rejections.at(-1)?.cause, 'wrong length');
        shell('ip link del vcan7');
        await says(sink, /^No CAN interface vcan7 \(is the hat enabled\?\): next try in 1 s$/);
      }
    }),

  'says that another interface is none for it': () =>
    hearing('lo', (sink) => says(sink, /^lo is not a CAN interface: next try in 1 s$/)),

  'hears ten thousand frames among as many others without a loss': () =>
    hearing('vcan0', async (sink) => {
      await says(sink, /^Listening/);
      const sender = await CanSender.open({ interfaceName: 'vcan0' });
      for (let i = 0; i < 20_000; i++) {
        sender.send(dataFrame(i % 2 === 0 ? 0x150 : 0x111, Uint8Array.of(i & 0xff, i >> 8)));
        if (i % 50 === 0) await wait(1);
      }
      await within(
        20_000,
        'all frames',
        sink.until(({ frames }) => frames.length === 10_000),
      );
      assert.deepEqual(sender.counts, { sent: 20_000, dropped: 0 });
      await sender.close();
    }),

  'drops and counts what nobody takes': async () => {
    const sender = await CanSender.open({ interfaceName: 'can1' });
    shell('ip link set can1 down');
    for (let i = 0; i < 5000; i++) sender.send(dataFrame(0x150, new Uint8Array(8)));
    assert(sender.counts.dropped > 0);
    assert.equal(sender.counts.sent + sender.counts.dropped, 5000);
    await sender.close();
    shell(upAgain.replace('can0', 'can1'));
  },

  'gives every socket back': async () => {
    const sockets = async (): Promise<number> => {
      for (let i = 0; i < 3; i++) {
        globalThis.gc?.();
        await wait(100);
      }
      return readdirSync('/proc/self/fd').filter((fd) => isSocket(`/proc/self/fd/${fd}`)).length;
    };
    const before = await sockets();
    for (let i = 0; i < 30; i++) await openAndClose();
    assert.equal(await sockets(), before);
  },
};

/** Its listener holds the channel, as careless ones do. */
async function openAndClose(): Promise<void> {
  const listener = { message: (): unknown => channel, stopped: (): unknown => channel };
  const channel = await openSocketCan({ interfaceName: 'vcan0', listener });
  channel.close();
}

function isSocket(link: string): boolean {
  try {
    return readlinkSync(link).startsWith('socket:');
  } catch {
    return false;
  }
}

async function main(): Promise<void> {
  for (const [name, check] of Object.entries(checks)) {
    await check();
    console.log(`ok: ${name}`);
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
