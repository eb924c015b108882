import { createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { presenceLimit, trustLimit } from '../../../src/io/controller/announcements';
import type { ControllerFault } from '../../../src/io/controller/controller-server';
import type { ItemResult } from '../../../src/model/controller/controller-link';
import { firstValues, SimulatedController } from '../../../src/simulation/simulated-controller';
import { controllerLinkContract } from '../../contracts/controller-link-contract';
import { controllerWarningText, saveStepText } from '../../../src/words/en';
import { until } from '../../until';
import { FakeTimers } from '../fake-timers';
import { LinkBench, ListeningController } from './controller-bench';

controllerLinkContract('a controller on the network', async () => {
  const there = await new ListeningController().open();
  const bench = new LinkBench();
  bench.confirmedAddress = `127.0.0.1:${there.port}`;
  return {
    link: bench.link,
    held: () => there.controller.values,
    announce: () => Promise.resolve(bench.hear(there.controller.announcement())),
    vanish: () => Promise.resolve(void (bench.now += presenceLimit)),
    logged: () => bench.logged,
    close: async () => {
      bench.link.close();
      await there.close();
    },
  };
});

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function pair(
  fault?: ControllerFault,
  patience?: ConstructorParameters<typeof LinkBench>[0],
): Promise<{ there: ListeningController; bench: LinkBench }> {
  const there = new ListeningController();
  there.fault = fault;
  await there.open();
  const bench = new LinkBench(patience);
  bench.confirmedAddress = `127.0.0.1:${there.port}`;
  bench.hear(there.controller.announcement());
  closing.push(() => there.close());
  return { there, bench };
}

/** A machine that answers every connection in a manner of its own. */
async function machine(
  serve: Parameters<typeof createServer>[1],
): Promise<{ server: Server; bench: LinkBench }> {
  const server = createServer({}, serve);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const bench = new LinkBench({ answer: 2000 });
  bench.confirmedAddress = `127.0.0.1:${port}`;
  bench.hear(new SimulatedController(firstValues, port).announcement());
  const sockets: Socket[] = [];
  server.on('connection', (socket) => sockets.push(socket));
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  return { server, bench };
}

describe('the address', () => {
  test('S0.55, S0.56: is the one that the announcements come from; nobody has to know it before', async () => {
    const { there, bench } = await pair();
    expect(bench.link.presence).toMatchObject({ announced: { address: `127.0.0.1:${there.port}` } });
    await bench.link.save({ HIVOLT: 4 });
    expect(there.controller.values.HIVOLT).toBe(4);
  });

  test('is confirmed at the first SAVE; until then, and after a no, nothing leaves', async () => {
    const { there, bench } = await pair();
    bench.confirmedAddress = undefined;
    const refused = bench.link.save({ WIFIPASS: 'correct horse' });
    await until('the question', () => bench.link.saving.state === 'confirm');
    expect(bench.link.saving).toMatchObject({ address: `127.0.0.1:${there.port}`, before: undefined });
    bench.link.confirm(false);
    expect((await refused).get('WIFIPASS')).toMatchObject({ state: 'refused' });
    expect([there.controller.values, bench.confirmedAddress]).toEqual([firstValues, undefined]);
    const sent = bench.link.save({ WIFIPASS: 'correct horse' });
    await until('the question', () => bench.link.saving.state === 'confirm');
    bench.link.confirm(true);
    expect((await sent).get('WIFIPASS')).toEqual({ state: 'acknowledged' });
    // It was remembered: no question any more.
    expect((await bench.link.save({ HIVOLT: 4 })).get('HIVOLT')).toEqual({ state: 'acknowledged' });
  });

  test('is not confirmed when nobody has answered for three minutes, and the next SAVE asks again', async () => {
    const there = await new ListeningController().open();
    closing.push(() => there.close());
    const timers = new FakeTimers();
    const bench = new LinkBench({}, timers);
    bench.hear(there.controller.announcement());
    const saving = bench.link.save({ WIFIPASS: 'correct horse' });
    await until('the question', () => bench.link.saving.state === 'confirm');
    await timers.advance(179_999);
    expect(bench.link.saving.state).toBe('confirm');
    await timers.advance(1);
    expect((await saving).get('WIFIPASS')).toEqual({
      state: 'refused',
      reason: { code: 'address-not-confirmed', values: {} },
    });
    expect([there.controller.values, bench.confirmedAddress, timers.pending]).toEqual([
      firstValues,
      undefined,
      0,
    ]);
    const asked = bench.link.save({ HIVOLT: 4 });
    await until('the question', () => bench.link.saving.state === 'confirm');
    bench.link.confirm(false);
    await asked;
  });

  test('is confirmed again when it changes', async () => {
    const { bench } = await pair();
    bench.confirmedAddress = '192.168.1.20:6501';
    const saving = bench.link.save({ HIVOLT: 4 });
    await until('the question', () => bench.link.saving.state === 'confirm');
    expect(bench.link.saving).toMatchObject({ before: '192.168.1.20:6501' });
    bench.link.confirm(true);
    expect((await saving).get('HIVOLT')).toEqual({ state: 'acknowledged' });
  });

  test('that changes while the question stands is not the one that was confirmed', async () => {
    const { there, bench } = await pair();
    bench.confirmedAddress = undefined;
    const saving = bench.link.save({ WIFIPASS: 'correct horse' });
    await until('the question', () => bench.link.saving.state === 'confirm');
    bench.now += presenceLimit;
    bench.hear(there.controller.announcement(), '127.0.0.2');
    bench.link.confirm(true);
    expect((await saving).get('WIFIPASS')).toMatchObject({ state: 'refused' });
    expect([there.controller.values, bench.confirmedAddress]).toEqual([firstValues, undefined]);
  });

  test('can’t be confirmed by who relays', async () => {
    const { bench } = await pair();
    expect((await bench.link.save({ HIVOLT: 4 }, 'relay')).get('HIVOLT')).toEqual({ state: 'acknowledged' });
    bench.confirmedAddress = undefined;
    const results = await bench.link.save({ HIVOLT: 4.1 }, 'relay');
    expect(results.get('HIVOLT')).toMatchObject({
      state: 'refused',
      reason: { code: 'address-unknown-to-relay', values: {} },
    });
  });

  test('S0.64: a second controller on the UDP port takes no place, is told of, and makes every SAVE ask', async () => {
    const { there, bench } = await pair();
    const other = new SimulatedController({ ...firstValues, BMSID: 'Other' }, 6501);
    bench.hear(other.announcement(), '192.168.1.99');
    expect(bench.link.presence).toMatchObject({ announced: { values: { BMSID: 'Simulated' } } });
    expect(controllerWarningText(bench.link.warning!)).toBe(
      `Two controllers send to this UDP port: 127.0.0.1:${there.port} and 192.168.1.99:6501. Give each a port of its own.`,
    );
    expect((await bench.link.save({ HIVOLT: 4 }, 'relay')).get('HIVOLT')).toMatchObject({ state: 'refused' });
    const saving = bench.link.save({ HIVOLT: 4 });
    await until('the question', () => bench.link.saving.state === 'confirm');
    bench.link.confirm(false);
    await saving;
    // When the first has been silent for long, the other is the one.
    bench.now += presenceLimit;
    bench.hear(other.announcement(), '192.168.1.99');
    expect(bench.link.presence).toMatchObject({ state: 'heard', announced: { values: { BMSID: 'Other' } } });
    expect(bench.link.warning).toBeUndefined();
    bench.hear(there.controller.announcement());
    expect(bench.link.presence).toMatchObject({ announced: { values: { BMSID: 'Other' } } });
  });
});

describe('what goes wrong', () => {
  const both = { HIVOLT: 4.1, LOVOLT: 3.1 } as const;
  const after = async (
    fault: ControllerFault,
    patience = {},
  ): Promise<{ first: ItemResult; there: ListeningController; bench: LinkBench }> => {
    const { there, bench } = await pair(fault, patience);
    const results = await bench.link.save(both);
    expect(results.size).toBe(2);
    return { first: results.get('HIVOLT')!, there, bench };
  };

  test('a controller that refuses says why', async () => {
    const { first, there } = await after('refuse');
    expect(first).toEqual({
      state: 'refused',
      reason: { code: 'said', values: { words: 'The controller is locked.' } },
    });
    expect(there.controller.values).toEqual(firstValues);
  });

  test('one that never answers is given up after three tries, and nothing is shown as saved', async () => {
    const { first, bench } = await after('silent', { answer: 30 });
    expect(first).toEqual({ state: 'no answer', reason: { code: 'no-answer', values: {} } });
    expect(bench.link.presence).toMatchObject({ announced: { values: { HIVOLT: 4.2 } } });
  });

  test('one that breaks off, one that is busy, one whose answers are damaged', async () => {
    expect((await after('drop')).first).toEqual({
      state: 'no answer',
      reason: { code: 'connection-broken-off', values: {} },
    });
    expect((await after('busy')).first).toEqual({
      state: 'no answer',
      reason: { code: 'said', values: { words: 'Another display is saving.' } },
    });
    expect((await after('damage')).first).toEqual({
      state: 'no answer',
      reason: { code: 'answer-damaged', values: {} },
    });
  });

  test('one that can’t keep it has refused it', async () => {
    const { first, there } = await after('full');
    expect(first).toEqual({
      state: 'refused',
      reason: { code: 'said', values: { words: "Its memory can't be written." } },
    });
    expect(there.controller.values).toEqual(firstValues);
  });

  test('one that keeps it and breaks off before it says so: it may be saved, and the next announcement shows', async () => {
    const { first, there, bench } = await after('forget');
    expect(first).toEqual({ state: 'no answer', reason: { code: 'in-doubt', values: {} } });
    // Sent three times, and the same three times.
    expect(there.kept).toBe(3);
    expect(bench.link.presence).toMatchObject({ announced: { values: { HIVOLT: 4.2 } } });
    bench.hear(there.controller.announcement());
    expect(bench.link.presence).toMatchObject({ announced: { values: both } });
  });

  test('one that is there again for the second try', async () => {
    const { there, bench } = await pair();
    await there.close();
    const saving = bench.link.save(both);
    await until(
      'the second try',
      () =>
        bench.link.saving.state === 'running' &&
        saveStepText(bench.link.saving.step).endsWith('; try 2 of 3'),
    );
    await there.open(there.port);
    expect((await saving).get('HIVOLT')).toEqual({ state: 'acknowledged' });
  });

  test('one that floods, says nonsense or sends without end is no danger', async () => {
    for (const nonsense of [
      Buffer.alloc(300_000, 'A'),
      Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'),
      Buffer.alloc(64),
    ]) {
      const { bench } = await machine((socket) => {
        socket.on('error', () => undefined);
        socket.write(nonsense);
      });
      expect((await bench.link.save(both)).get('HIVOLT')).toMatchObject({ state: 'no answer' });
    }
  });

  test('one that says a password again is not quoted', async () => {
    const { encodeLine } = await import('../../../src/protocol/controller-lines');
    const { bench } = await machine((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => {
        socket.write(encodeLine({ word: 'HELLO', text: '' }));
        socket.once('data', () => {
          socket.write(encodeLine({ word: 'NAK', text: 'WIFIPASS «correct horse» is too simple' }));
          socket.once('data', () => socket.end(encodeLine({ word: 'DONE', text: '0' })));
        });
      });
    });
    const results = await bench.link.save({ WIFIPASS: 'correct horse' });
    expect(results.get('WIFIPASS')).toEqual({
      state: 'refused',
      reason: { code: 'said', values: { words: '«(not shown)» is too simple' } },
    });
    expect(bench.logged).not.toContain('correct horse');
  });

  test('one that says a password again while it is busy is not quoted either', async () => {
    const { encodeLine } = await import('../../../src/protocol/controller-lines');
    const { bench } = await machine((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end(encodeLine({ word: 'BUSY', text: 'correct horse later' })));
    });
    const saving = bench.link.save({ WIFIPASS: 'correct horse' });
    await until('a try failed', () => JSON.stringify(bench.link.saving).includes('trying-again'));
    expect(JSON.stringify(bench.link.saving)).not.toContain('correct horse');
    expect((await saving).get('WIFIPASS')).toEqual({
      state: 'no answer',
      reason: { code: 'said', values: { words: '(not shown) later' } },
    });
  });

  test('one that acknowledges and goes on as before is told of, and what it announces is shown', async () => {
    const { there, bench } = await pair();
    const before = there.controller.announcement();
    await bench.link.save({ HIVOLT: 4.1 });
    bench.hear(before);
    expect(bench.link.presence).toMatchObject({ announced: { values: { HIVOLT: 4.1 } } });
    expect(bench.link.warning).toBeUndefined();
    bench.now += trustLimit;
    bench.hear(before);
    expect(bench.link.presence).toMatchObject({ announced: { values: { HIVOLT: 4.2 } } });
    expect(controllerWarningText(bench.link.warning!)).toBe(
      'The controller has taken a new High cut-off but goes on with the old.',
    );
  });

  test('the end of packdial ends a SAVE', async () => {
    const { bench } = await pair('silent');
    const saving = bench.link.save(both);
    await until('it is being saved', () => bench.link.saving.state === 'running');
    bench.link.close();
    expect((await saving).get('HIVOLT')).toMatchObject({ state: 'no answer' });
    const { bench: asking } = await pair();
    asking.confirmedAddress = undefined;
    const asked = asking.link.save(both);
    await until('the question', () => asking.link.saving.state === 'confirm');
    asking.link.close();
    expect((await asked).get('HIVOLT')).toMatchObject({ state: 'refused' });
  });
});

test('however many send announcements, little is held of them and the first is kept to', async () => {
  const { there, bench } = await pair();
  for (let sender = 0; sender < 2000; sender++) {
    const other = new SimulatedController({ ...firstValues, BMSID: `B${sender}` });
    bench.hear(other.announcement(), `10.0.${sender >> 8}.${sender & 255}`);
  }
  expect(bench.link.presence).toMatchObject({ announced: { values: { BMSID: 'Simulated' } } });
  // What the first goes on to say is still heard, although it says nothing new.
  bench.now += presenceLimit - 1;
  bench.hear(there.controller.announcement().slice(0, 1));
  bench.now += presenceLimit - 1;
  expect(bench.link.presence).toMatchObject({
    state: 'heard',
    announced: { values: { BMSID: 'Simulated' } },
  });
});
