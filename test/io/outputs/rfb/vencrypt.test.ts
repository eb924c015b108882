import { join } from 'node:path';
import fc from 'fast-check';
import { ownCertificate } from '../../../../src/io/outputs/rfb/own-certificate';
import { again, fuzzTimeout } from '../../../fuzz-runs';
import { FakeTimers, settled } from '../../fake-timers';
import { temporaryFolder } from '../../../temporary-folder';
import { until } from '../../../until';
import { ServedOverTcp, veNCryptTypes, VeNCryptViewer, word } from './vencrypt-viewer';

const folder = temporaryFolder();

const certificate = () => ownCertificate(join(folder, 'identity.pem'), () => undefined);

let served: ServedOverTcp;
let port: number;
async function serve(parts: ConstructorParameters<typeof ServedOverTcp>[2] = {}): Promise<void> {
  served = new ServedOverTcp(32, 32, parts);
  port = await served.open();
}

/** Whoever was there is gone without a trace, and the next one comes in. */
async function goesOn(): Promise<void> {
  const { sessions, arriving } = served.server as unknown as Record<string, { size: number }>;
  await until('the lists are empty', () => sessions!.size === 0 && arriving!.size === 0);
  while ((await served.connections()) > 0) await settled();
  const good = await VeNCryptViewer.to(port);
  await good.enter('opensesame');
  expect(served.server.viewers).toBe(1);
  good.socket.destroy();
  await until('nobody looks on', () => served.server.viewers === 0);
}

/** What the server has said in its log about those that it refused, without their addresses. */
const refusals = (): readonly string[] =>
  served.said.flatMap((text) => /is refused: (.*)$/.exec(text)?.slice(1) ?? []);

afterEach(() => served.close());

test('a viewer of VeNCrypt comes in encrypted, with a certificate or without', async () => {
  await serve({ certificate });
  for (const [type, by] of [
    [veNCryptTypes.tlsVnc, 'TLS'],
    [veNCryptTypes.x509Vnc, 'TLS with a certificate'],
  ] as const) {
    const viewer = await VeNCryptViewer.to(port);
    await viewer.enter('opensesame', type);
    expect(served.said.at(-1)).toMatch(new RegExp(`looks on and may touch \\(${by}\\)$`));
    viewer.socket.destroy();
  }
  const wrong = await VeNCryptViewer.to(port);
  await expect(wrong.enter('wrong')).rejects.toThrow('the password is wrong');
  wrong.socket.destroy();
  await goesOn();
});

test.each([
  [0, 0],
  [0, 1],
  [0, 3],
  [1, 2],
  [2, 0],
  [255, 255],
])('version %d.%d of VeNCrypt is none', async (major, minor) => {
  await serve();
  const viewer = await VeNCryptViewer.to(port);
  await viewer.chooses();
  viewer.write(major, minor);
  expect([...(await viewer.rest())]).toEqual([255]);
  expect(refusals()).toEqual([`wants VeNCrypt ${major}.${minor}`]);
  await goesOn();
});

// 256, 257, 259 to 262: Plain, TLSNone, TLSPlain, X509None, X509Vnc and X509Plain, and 263 to 264 those of SASL.
test.each([0, 1, 2, 19, 256, 257, 259, 260, 261, 262, 263, 264, 0x0201_0000, 0xffff_ffff])(
  'type %d was not offered without a certificate',
  async (type) => {
    await serve();
    const viewer = await VeNCryptViewer.to(port);
    expect(await viewer.types()).toEqual([258]);
    viewer.write(word(type));
    expect([...(await viewer.rest())]).toEqual([0]);
    expect(refusals()).toEqual([`wants VeNCrypt's type ${type}, which was not offered`]);
    await goesOn();
  },
);

test.each([256, 257, 259, 260, 262])('type %d was not offered with a certificate either', async (type) => {
  await serve({ certificate });
  const viewer = await VeNCryptViewer.to(port);
  expect(await viewer.types()).toEqual([261, 258]);
  viewer.write(word(type));
  expect([...(await viewer.rest())]).toEqual([0]);
  await goesOn();
});

test.each([
  ['one byte', Buffer.from([0])],
  ['a challenge’s answer and the wish to begin', Buffer.alloc(17, 1)],
  ['the beginning of TLS', Buffer.from('160301', 'hex')],
])('%s right behind the choice would be taken for encrypted, and is not taken', async (_, early) => {
  await serve({ certificate });
  for (const type of [veNCryptTypes.tlsVnc, veNCryptTypes.x509Vnc]) {
    const viewer = await VeNCryptViewer.to(port);
    await viewer.types();
    viewer.write(word(type), early);
    // Not even told that TLS may begin.
    expect([...(await viewer.rest())]).toEqual([]);
  }
  expect(refusals()).toEqual(['does not wait for its turn', 'does not wait for its turn']);
  await goesOn();
});

test.each([
  ['zeros', Buffer.alloc(64)],
  ['text', Buffer.from('GET / HTTP/1.1\r\nHost: dial\r\n\r\n')],
  ['what VNC’s authentication would be without TLS', Buffer.alloc(17, 1)],
  ['a hello with nothing in it', Buffer.from('1603010004010000fffe', 'hex')],
  ['a warning', Buffer.from('15030100020100', 'hex')],
  ['much', Buffer.alloc(300_000, 'A')],
])('%s instead of TLS’s hello', async (_, garbage) => {
  await serve();
  const viewer = await VeNCryptViewer.to(port);
  await viewer.ready();
  viewer.write(garbage);
  viewer.socket.end();
  await viewer.rest();
  expect(served.said.filter((text) => text.includes('looks on'))).toEqual([]);
  await goesOn();
});

test.each([
  ['before its version of VeNCrypt', (viewer: VeNCryptViewer) => viewer.chooses()],
  ['before its choice', (viewer: VeNCryptViewer) => viewer.types()],
  ['before TLS', (viewer: VeNCryptViewer) => viewer.ready()],
  [
    'in the middle of TLS’s hello',
    async (viewer: VeNCryptViewer) => {
      await viewer.ready();
      viewer.write(Buffer.from('16030100c8010000c40303', 'hex'));
    },
  ],
])('who stalls %s is gone after 10 s', async (_, steps) => {
  const timers = new FakeTimers();
  await serve({ timers });
  const viewer = await VeNCryptViewer.to(port);
  await steps(viewer);
  await settled();
  await timers.advance(9_999);
  expect(refusals()).toEqual([]);
  await timers.advance(2);
  await viewer.rest();
  await until('it is refused', () => refusals().length > 0);
  expect(refusals()).toEqual(['took too long']);
  // What is left is only the end of a stream that has ended.
  await timers.advance(2_000);
  await goesOn();
  await timers.advance(2_000);
  expect(timers.pending).toBe(0);
});

test('a connection that breaks off after any number of bytes leaves nobody behind', async () => {
  await serve();
  for (let bytes = 0; ; bytes++) {
    const viewer = await VeNCryptViewer.to(await served.wireOf(port, bytes));
    const entered = await viewer.enter('opensesame').then(
      () => true,
      () => false,
    );
    viewer.socket.destroy();
    if (entered) {
      // Version, security type, VeNCrypt's version and type, and then TLS.
      expect(bytes).toBeGreaterThan(12 + 1 + 2 + 4 + 100);
      break;
    }
  }
  expect(served.said.filter((text) => text.includes('looks on'))).toHaveLength(1);
  await goesOn();
});

test(
  'whatever is said within VeNCrypt, nobody comes in and nothing is thrown',
  async () => {
    await serve({ certificate });
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
      fc.constantFrom(Buffer.from([0, 2]), word(258), word(261), Buffer.from('160301', 'hex')),
    );
    await again(() =>
      fc.assert(
        fc.asyncProperty(fc.array(piece, { maxLength: 6 }), fc.boolean(), async (pieces, orderly) => {
          const viewer = await VeNCryptViewer.to(port);
          await viewer.chooses();
          if (orderly) viewer.write(0, 2);
          for (const bytes of pieces) {
            viewer.write(bytes);
            await settled();
          }
          viewer.socket.destroy();
          expect(served.server.viewers).toBe(0);
        }),
        { numRuns: 150 },
      ),
    );
    await goesOn();
  },
  fuzzTimeout,
);
