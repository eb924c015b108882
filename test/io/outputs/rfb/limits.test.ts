import { mostViewers } from '../../../../src/io/outputs/rfb/rfb-server';
import { rfbEncodings } from '../../../../src/protocol/rfb-server-messages';
import {
  clientCutText,
  keyEvent,
  pointerEvent,
  setEncodings,
  setPixelFormat,
} from '../../../protocol/rfb-client-bytes';
import { serverPixelFormat, writePixelFormat } from '../../../../src/protocol/rfb-pixel-format';
import { until } from '../../../until';
import { FakeTimers, settled } from '../../fake-timers';
import { Served } from './served';
import { Refused, type TestViewer } from './test-viewer';

/** What the server said to somebody that it did not let in. */
async function refusal(entering: Promise<unknown>): Promise<string> {
  return entering.then(
    () => 'was let in',
    (error: unknown) => {
      if (error instanceof Refused) return error.message;
      return (error as Error).message;
    },
  );
}

/** Reads what has come; from Node 26 on one call gives one chunk. */
function takeAll({ stream }: TestViewer): void {
  while (stream.read() !== null);
}

describe('S0.127: nobody comes in without a password', () => {
  test('without one that was set', async () => {
    const served = new Served(320, 200, { passwords: { control: '', view: '' } });
    expect(await refusal(served.viewer({ password: '' }))).toContain('no password');
    served.server.close();
  });

  test.each(['003.003', '003.007', '003.008'])('in version %s', async (version) => {
    const served = new Served();
    expect(await refusal(served.viewer({ version, password: 'wrong' }))).toBe(
      version === '003.008' ? 'The password is wrong.' : '',
    );
    served.now += 60_000;
    const viewer = await served.viewer({ version, password: 'opensesame' });
    expect(viewer.offered).toEqual([2]);
    expect(await refusal(served.viewer({ version, password: 'justlook' }))).toBe('was let in');
    served.server.close();
  });

  test.each([0, 1, 19, 16, 30, 255])(
    'by choosing the security type %d, which is not offered',
    async (security) => {
      const served = new Served();
      expect(await refusal(served.viewer({ security }))).toBe(`Security type ${security} was not offered.`);
      expect(served.server.viewers).toBe(0);
      served.server.close();
    },
  );

  test('with the one password that is set, where there is but one', async () => {
    const served = new Served(320, 200, { passwords: { control: '', view: 'justlook' } });
    for (const password of ['', '\0', 'undefined']) {
      expect(await refusal(served.viewer({ password }))).toBe('The password is wrong.');
      served.now += 60_000;
    }
    expect(await refusal(served.viewer({ password: 'justlook' }))).toBe('was let in');
    served.server.close();
  });

  test('but only where somebody else has made sure of who it is', async () => {
    const served = new Served(320, 200, { passwords: { control: '', view: '' } });
    const viewer = await served.viewer({}, { address: '::1', access: 'control' });
    expect(viewer.offered).toEqual([1]);
    viewer.send(pointerEvent(1, 5, 6));
    await until('the press', () => served.pointers.length === 1);
    const looking = await served.viewer({}, { address: '::1', access: 'view' });
    looking.send(pointerEvent(1, 5, 6));
    looking.request(false);
    await looking.update();
    expect(served.pointers).toHaveLength(1);
    expect(
      await refusal(served.viewer({ security: 19, password: '' }, { address: '::1', access: 'view' })),
    ).toContain('not offered');
    served.server.close();
  });
});

test('the password to look lets only look, and where both begin alike, neither lets touch', async () => {
  const served = new Served(320, 200, { passwords: { control: 'sunshine-1', view: 'sunshine-2' } });
  expect(served.server.passwords.alike).toBe(true);
  const viewer = await served.viewer({ password: 'sunshine-1' });
  viewer.send(pointerEvent(1, 5, 6));
  viewer.send(keyEvent(true, 0x61));
  viewer.request(false);
  await viewer.update();
  expect([served.pointers, served.keys]).toEqual([[], []]);
  expect(new Served().server.passwords.alike).toBe(false);
  served.server.close();
});

test('wrong passwords are backed off by address: 1, 2, 4 … 60 s, also when the next one would be right', async () => {
  const served = new Served();
  for (const wait of [1, 2, 4, 8, 16, 32, 60, 60]) {
    expect(await refusal(served.viewer({ password: 'wrong' }))).toBe('The password is wrong.');
    served.now += wait * 1000 - 1;
    expect(await refusal(served.viewer())).toBe('Wrong passwords came from your address: try again in 1 s.');
    const other = await served.viewer({ password: 'opensesame' }, { address: '10.0.0.9' });
    other.stream.destroy();
    served.now += 1;
  }
  expect(await refusal(served.viewer())).toBe('was let in');
  served.server.close();
});

test('many who try at the same time get one try', async () => {
  const served = new Served();
  const viewers = [1, 2, 3, 4].map(() => served.connect());
  const ends = await Promise.all(viewers.map((viewer) => refusal(viewer.enter({ password: 'wrong' }))));
  expect(ends.filter((end) => end === 'The password is wrong.')).toHaveLength(1);
  expect(ends.filter((end) => end.includes('try again in'))).toHaveLength(3);
  served.server.close();
});

test('who knows only the password to look can’t guess the other one faster by it', async () => {
  const served = new Served();
  expect(await refusal(served.viewer({ password: 'guess1' }))).toBe('The password is wrong.');
  served.now += 1000;
  expect(await refusal(served.viewer({ password: 'justlook' }))).toBe('was let in');
  expect(await refusal(served.viewer({ password: 'guess2' }))).toBe('The password is wrong.');
  served.now += 1000;
  expect(await refusal(served.viewer({ password: 'justlook' }))).toContain('try again in 1 s');
  served.server.close();
});

test.each([
  ['nothing at all', []],
  ['half a version', ['RFB 003']],
  ['a version and no more', ['RFB 003.008\n']],
])('somebody who says %s is gone after 10 s', async (_, words) => {
  const timers = new FakeTimers();
  const served = new Served(320, 200, { timers });
  const viewer = served.connect();
  viewer.stream.resume();
  for (const word of words) viewer.stream.write(word);
  await timers.advance(9_999);
  expect(viewer.stream.readableEnded).toBe(false);
  await timers.advance(2);
  await until('it is sent away', () => viewer.stream.readableEnded);
  expect(served.said).toEqual(['VNC viewer at 192.168.1.20 is refused: took too long']);
  await timers.advance(2000);
  expect(timers.pending).toBe(0);
});

test('somebody who types the password has a minute, and 10 s after that to begin', async () => {
  const timers = new FakeTimers();
  const served = new Served(320, 200, { timers });
  const viewer = served.connect();
  viewer.stream.resume();
  viewer.stream.write('RFB 003.008\n\x02');
  await settled();
  await timers.advance(59_000);
  expect(viewer.stream.readableEnded).toBe(false);
  await timers.advance(1_001);
  await until('it is sent away', () => viewer.stream.readableEnded);
  const late = served.connect({ address: '::1', access: 'view' });
  late.stream.resume();
  late.stream.write('RFB 003.008\n\x01');
  await settled();
  await timers.advance(10_001);
  await until('it is sent away', () => late.stream.readableEnded);
  expect(served.server.viewers).toBe(0);
});

test.each([
  ['of eleven characters', 'RFB 003.008'],
  ['with other letters', 'RFC 003.008\n'],
  ['without digits', 'RFB 00x.008\n'],
  ['of another protocol', 'GET / HTTP/1'],
])('a version %s is none', async (_, version) => {
  const served = new Served();
  const viewer = served.connect();
  viewer.stream.resume();
  viewer.stream.end(version);
  await until('it is sent away', () => viewer.stream.readableEnded);
  expect(served.server.viewers).toBe(0);
});

test('S0.126: four look on, the fifth is told why it may not', async () => {
  const served = new Served();
  const viewers: TestViewer[] = [];
  for (let i = 0; i < mostViewers; i++)
    viewers.push(await served.viewer({ password: i % 2 ? 'justlook' : 'opensesame' }));
  expect(await refusal(served.viewer({ password: 'justlook' }))).toBe('4 viewers look on already.');
  expect(await refusal(served.viewer({}, { address: '::1', access: 'view' }))).toBe(
    '4 viewers look on already.',
  );
  viewers[2]!.stream.destroy();
  await until('one has left', () => served.server.viewers === 3);
  expect(await refusal(served.viewer({ password: 'justlook' }))).toBe('was let in');
  served.server.close();
});

test('who may touch takes the place of one that only looks, and of nobody else', async () => {
  const served = new Served();
  for (const [i, password] of ['opensesame', 'justlook', 'opensesame', 'justlook'].entries())
    await served.viewer({ password }, { address: `10.0.0.${i}` });
  const displaced = () => served.said.filter((text) => text.includes('gave its place to one that may touch'));
  expect(await refusal(served.viewer({ password: 'justlook' }))).toBe('4 viewers look on already.');
  expect(served.server.viewers).toBe(4);
  expect(await refusal(served.viewer({ password: 'opensesame' }))).toBe('was let in');
  await until('the first that looked is gone', () => displaced().length === 1);
  expect(await refusal(served.viewer({}, { address: '::1', access: 'control' }))).toBe('was let in');
  await until('the other is gone, too', () => displaced().length === 2);
  expect(displaced().map((text) => /10\.0\.0\.\d/.exec(text)?.[0])).toEqual(['10.0.0.1', '10.0.0.3']);
  expect(served.server.viewers).toBe(4);
  expect(await refusal(served.viewer())).toBe('4 viewers look on already.');
  served.server.close();
});

test('more than eight at the door, or four of one address, are sent away at once', async () => {
  const served = new Served();
  const all = Array.from({ length: 20 }, (_, i) => served.connect({ address: `10.0.0.${i >> 2}` }));
  for (const { stream } of all) stream.resume();
  const sentAway = () => all.filter(({ stream }) => stream.readableEnded).length;
  await until('twelve are sent away', () => sentAway() >= 12);
  await settled();
  expect(sentAway()).toBe(12);
  const ofOne = Array.from({ length: 5 }, () => served.connect({ address: '10.0.0.9' }));
  for (const { stream } of ofOne) stream.resume();
  await until('all five are sent away', () => ofOne.every(({ stream }) => stream.readableEnded));
  served.server.close();
  await until('all are gone', () => all.every(({ stream }) => stream.readableEnded));
});

test('a slow viewer gets one update at a time, keeps nobody waiting, and is gone after 10 s without progress', async () => {
  const timers = new FakeTimers();
  const served = new Served(320, 200, { timers });
  const slow = await served.viewer();
  const other = await served.viewer();
  slow.accept(rfbEncodings.raw);
  for (let i = 0; i < 10; i++) slow.request(false);
  for (let i = 0; i < 50; i++) {
    served.paintMuch({ x: i, y: i, width: 100, height: 100 });
    other.request(i > 0);
    await other.update();
  }
  expect(other.pixels.map((pixel) => pixel & 0xff_ffff)).toEqual(served.words());
  // One slice of the update is all that was given to the stream; the other 49 changes cost nothing.
  expect(slow.stream.readableLength).toBeLessThanOrEqual(65_536);
  await timers.advance(9_000);
  expect(served.server.viewers).toBe(2);
  await timers.advance(1_001);
  expect(served.server.viewers).toBe(1);
  expect(served.said.at(-1)).toBe('VNC viewer at 192.168.1.20 took nothing for 10 s');
  served.server.close();
});

test('a viewer that takes a little now and then stays', async () => {
  const timers = new FakeTimers();
  const served = new Served(320, 200, { timers });
  const slow = await served.viewer();
  slow.request(false);
  for (let i = 0; i < 8; i++) {
    await timers.advance(8_000);
    takeAll(slow);
    await settled();
  }
  expect(served.server.viewers).toBe(1);
  served.server.close();
});

test('a viewer of continuous updates that never says it has taken one in is gone after 10 s', async () => {
  const timers = new FakeTimers();
  const served = new Served(320, 200, { timers });
  const viewer = await served.viewer();
  viewer.answersFences = false;
  viewer.accept(rfbEncodings.raw, rfbEncodings.fence, rfbEncodings.continuousUpdates);
  viewer.continuous(true);
  await viewer.update();
  viewer.stream.resume();
  await settled();
  await timers.advance(10_001);
  expect(served.server.viewers).toBe(0);
});

test('a viewer of continuous updates to whom one takes longer than 10 s stays, if it takes some of it', async () => {
  const timers = new FakeTimers();
  const served = new Served(320, 200, { timers });
  const viewer = await served.viewer();
  viewer.accept(rfbEncodings.raw, rfbEncodings.fence, rfbEncodings.continuousUpdates);
  viewer.continuous(true);
  for (let i = 0; i < 4; i++) {
    await timers.advance(8_000);
    takeAll(viewer);
    await settled();
  }
  expect(served.server.viewers).toBe(1);
  served.server.close();
});

test('somebody who asks and asks, and reads nothing, is sent away', async () => {
  const served = new Served();
  const viewer = await served.viewer();
  for (let i = 0; i < 500; i++)
    viewer.stream.write(Buffer.from('f8000000800000014041424344'.padEnd(146, '0'), 'hex'));
  await until('it is gone', () => served.server.viewers === 0);
  expect(served.said.at(-1)).toBe('VNC viewer at 192.168.1.20 asks and does not read');
});

test.each([
  ['cut text without end', clientCutText(0xffff_ffff, Buffer.alloc(0)), '4294967295 bytes of cut text'],
  ['an unknown message', Buffer.from([7]), 'a message of type 7'],
  ['pixels by a colour map', badFormat(3, 0), 'pixels by a colour map'],
  ['pixels of 24 bits', badFormat(0, 24), '24 bits for a pixel'],
])('%s ends it', async (_, bytes, words) => {
  const served = new Served();
  const viewer = await served.viewer();
  viewer.send(bytes);
  await until('it is gone', () => served.server.viewers === 0);
  expect(served.said.at(-1)).toBe(`VNC viewer at 192.168.1.20 sent ${words}`);
});

function badFormat(at: number, value: number): Buffer {
  const bytes = writePixelFormat(serverPixelFormat);
  bytes[at] = value;
  return Buffer.concat([Buffer.alloc(4), bytes]);
}

test('a list of 65535 encodings, of which the first that is known is among the first 64, is no more than one of 64', async () => {
  const served = new Served();
  const viewer = await served.viewer();
  const many = Array.from({ length: 65_535 }, (_, i) => 1_000_000 + i);
  many[63] = rfbEncodings.zrle;
  many[10_000] = rfbEncodings.tight;
  viewer.send(setEncodings(many));
  viewer.request(false);
  await viewer.update();
  expect(viewer.heard.encodings).toEqual(new Set([rfbEncodings.zrle]));
  served.server.close();
});

test('formats that change all the time keep no more than one copy of the picture', async () => {
  const served = new Served();
  const viewer = await served.viewer();
  viewer.stream.resume();
  for (let shift = 0; shift < 24; shift++) {
    viewer.send(
      setPixelFormat({
        ...serverPixelFormat,
        red: { max: 255, shift },
        green: { max: 0, shift: 0 },
        blue: { max: 0, shift: 0 },
      }),
    );
    viewer.request(false);
    await settled();
  }
  const { shared } = served.server as unknown as { shared: { formats: number } };
  await until('one copy is left', () => shared.formats === 1);
  served.server.close();
});
