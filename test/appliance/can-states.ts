import { evtvIds } from '../../src/devices/evtv/messages';
/**
 * What the display says of a CAN bus in trouble, on the kernel's own CAN drivers: two controllers on one bus (can0, can1), and
 * the driver `slcan` (Linux 6.0 or newer) at a pseudo terminal, which lets this program play the adapter and so put a real
 * interface into any state. Also the command can-up on them. Run as root, with modules slcan and vcan and can-utils:
 *
 *   npx esbuild test/appliance/can-states.ts --bundle --platform=node --external:socketcan --external:koffi \
 *     --outfile=dist/can-states-check.js
 *   node dist/can-states-check.js
 *
 * Ends with 0 when all is as it should be.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { canUp } from '../../src/commands/can-up';
import { systemIp } from '../../src/io/can-setup';
import { readController } from '../../src/io/netlink';
import { systemInterfaces } from '../../src/io/sources/can-link';
import { SocketCanSource } from '../../src/io/sources/socketcan-source';
import { RecordingSink } from '../io/sources/recording-sink';
import { SlcanLine } from './slcan-line';

const said: string[] = [];

function up(name: string, bitrate: 250_000 | 500_000 = 500_000, restartMs = 100): Promise<number> {
  return canUp(
    { interface: name, bitrate, restartMs },
    {
      interfaces: systemInterfaces,
      controller: readController,
      ip: systemIp,
      say: (text) => said.push(text),
    },
  );
}

async function hearing(name: string, check: (sink: RecordingSink) => Promise<void>): Promise<void> {
  const sink = new RecordingSink();
  const stop = new AbortController();
  const run = new SocketCanSource({ interfaceName: name, ids: evtvIds }).run(stop.signal, sink);
  try {
    await check(sink);
  } catch (error) {
    console.error(sink.statuses, sink.rejections, await readController(name));
    throw error;
  }
  stop.abort();
  await run;
}

async function says(sink: RecordingSink, text: string, note?: string): Promise<void> {
  const said = sink.until(() => sink.text === text);
  await Promise.race([
    said,
    wait(30_000, undefined, { ref: false }).then(() => assert.fail(`not said: ${text}`)),
  ]);
  assert.equal(sink.statuses.at(-1)?.note, note);
}

function send(name: string, frame: string): void {
  execFileSync('cansend', [name, frame]);
}

const checks: Record<string, () => Promise<void>> = {
  'can-up sets the bit rate and the restart, and then leaves it alone': async () => {
    assert.equal(await up('can0', 250_000), 0);
    const before = await readController('can0');
    assert.deepEqual([before?.bitRate, before?.restartMs, before?.state], [250_000, 100, 'active']);
    assert.equal(await up('can0', 250_000), 0);
    assert.equal(await up('can0'), 0);
    assert.equal(await up('can1', 250_000, 0), 0);
    assert.equal(await up('can1'), 0);
    assert.equal((await readController('can0'))?.bitRate, 500_000);
    assert.deepEqual(said.splice(0), [
      'can0 is up at 250 kbit/s, and restarts 100 ms after going off the bus.',
      'can0 is up at 250 kbit/s already.',
      'can0 is up at 500 kbit/s, and restarts 100 ms after going off the bus.',
      'can1 is up at 250 kbit/s.',
      'can1 is up at 500 kbit/s, and restarts 100 ms after going off the bus.',
    ]);
  },

  'can-up takes a virtual interface, and refuses what is none': async () => {
    execFileSync('ip', ['link', 'add', 'dev', 'vcan8', 'type', 'vcan']);
    assert.equal(await up('vcan8'), 0);
    assert.deepEqual(said.splice(0), ['vcan8 is up.']);
    execFileSync('ip', ['link', 'del', 'dev', 'vcan8']);
    await assert.rejects(up('vcan8'), /^UserError: There is no interface vcan8/);
    await assert.rejects(up('lo'), /^UserError: lo is not a CAN interface/);
  },

  'silence is told from the traffic of others': () =>
    hearing('can0', async (sink) => {
      await says(sink, 'Listening on CAN can0');
      await says(sink, 'CAN can0 is up but silent for over 10 s: no frames at 500 kbit/s', 'silent');
      send('can1', '123#00');
      await says(sink, 'CAN can0 has traffic, but nothing of a battery', 'no battery');
      send('can1', '650#9B');
      await says(sink, 'Listening on CAN can0');
    }),

  'every state of a controller is told, and taken back': async () => {
    const adapter = new SlcanLine();
    const { name } = adapter;
    // This driver can't restart by itself, and says so.
    assert.equal(await up(name), 0, said.join());
    assert.match(said.splice(0)[0] ?? '', /is up at 500 kbit\/s; its driver refuses restart-ms/);
    const well = `Listening on CAN ${name}`;
    await hearing(name, async (sink) => {
      const back = async (): Promise<void> => {
        adapter.say('sa000000');
        // A battery is heard meanwhile, or it would soon be silent.
        const talk = setInterval(() => adapter.say('t65019B'), 1000);
        await says(sink, well).finally(() => clearInterval(talk));
      };
      await says(sink, well);
      adapter.say('sw097000');
      const warning = `CAN ${name} has many errors (error-warning): check wiring and terminators`;
      await says(sink, warning, 'errors');
      adapter.say('sp128000');
      const deaf = `CAN ${name} hears too many errors (error-passive): check bit rate, wiring and terminators`;
      await says(sink, deaf, 'passive');
      await back();
      adapter.say('sp000128');
      const alone = `CAN ${name}: nobody acknowledges (error-passive): check the other end, wiring and terminators`;
      await says(sink, alone, 'passive');
      await back();
      adapter.say('sb000256');
      const off = `CAN ${name} is off the bus: check wiring and bit rate; restart it with packdial can-up`;
      await says(sink, off, 'bus-off');
      assert.equal(await up(name), 0);
      await back();
      adapter.unplug();
      await says(sink, `No CAN interface ${name} (is the hat enabled?): next try in 1 s`, 'absent');
    });
  },

  'a controller that is in trouble from the start is seen to be': async () => {
    const adapter = new SlcanLine();
    assert.equal(await up(adapter.name), 0);
    adapter.say('sp128000');
    await wait(500);
    await hearing(adapter.name, (sink) =>
      // No error frame was heard that would say whose frames go wrong.
      says(
        sink,
        `CAN ${adapter.name} has too many errors (error-passive): check bit rate, wiring and terminators`,
        'passive',
      ),
    );
    adapter.unplug();
  },
};

async function main(): Promise<void> {
  for (const [name, check] of Object.entries(checks)) {
    await check();
    console.log(`ok: ${name}`);
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
