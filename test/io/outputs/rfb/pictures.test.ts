import { allocatePixels, pixelTranslation } from '../../../../src/protocol/rfb-pixels';
import { rfbEncodings } from '../../../../src/protocol/rfb-server-messages';
import { usualFormat, usualFormats } from '../../../protocol/rfb-arbitraries';
import { until } from '../../../until';
import { Served } from './served';
import type { TestViewer } from './test-viewer';

const { raw, zrle, tight, cursor, extendedDesktopSize, fence, continuousUpdates } = rfbEncodings;

/** What a viewer of the server's own format shows, without what means nothing. */
const shown = (viewer: TestViewer): Uint32Array => viewer.pixels.map((pixel) => pixel & 0xff_ffff);

test.each([
  ['Raw', raw],
  ['ZRLE', zrle],
  ['Tight', tight],
])('S0.126: by %s a viewer shows the picture, and what changes of it', async (_, encoding) => {
  const served = new Served(700, 300);
  served.paintMuch({ x: 40, y: 30, width: 500, height: 200 });
  const viewer = await served.viewer();
  expect([viewer.width, viewer.height, viewer.name]).toEqual([700, 300, 'dial']);
  viewer.accept(encoding);
  viewer.request(false);
  await viewer.update();
  expect(shown(viewer)).toEqual(served.words());
  const { bytes } = viewer.heard;
  for (let i = 0; i < 20; i++) {
    served.paint(`hsl(${i * 20}, 80%, 50%)`, { x: i * 30, y: i * 11, width: 1 + i * 4, height: 70 });
    viewer.request(true);
    await viewer.update();
  }
  expect(shown(viewer)).toEqual(served.words());
  expect(viewer.heard.encodings).toEqual(new Set([encoding]));
  // What did not change was not sent again.
  if (encoding !== raw) expect(viewer.heard.bytes - bytes).toBeLessThan(8000);
  served.server.close();
});

test.each(Object.keys(usualFormats) as (keyof typeof usualFormats)[])(
  'all encodings give the same pixels of %s',
  async (name) => {
    const format = usualFormat(name);
    const served = new Served();
    served.paintMuch();
    served.paint('#c02010', { x: 3, y: 5, width: 80, height: 66 });
    const words = served.words();
    const wanted = allocatePixels(format, words.length);
    pixelTranslation(format)(words, 0, wanted, 0, words.length);
    const white = allocatePixels(format, 1);
    pixelTranslation(format)(Uint32Array.of(0xff_ffff), 0, white, 0, 1);
    // What is no colour may be anything.
    const mask = white[0]!;
    for (const encoding of [raw, zrle, tight]) {
      const viewer = await served.viewer();
      viewer.use(format);
      viewer.accept(encoding);
      viewer.request(false);
      await viewer.update();
      expect(viewer.pixels.map((pixel) => (pixel & mask) >>> 0)).toEqual(Uint32Array.from(wanted));
      viewer.stream.destroy();
      await until('none is left', () => served.server.viewers === 0);
    }
    served.server.close();
  },
);

test('what is converted for one viewer serves all of the same pixels, and goes with the last one', async () => {
  const served = new Served();
  const format = usualFormat('rgb565');
  const viewers = [await served.viewer(), await served.viewer(), await served.viewer()];
  for (const viewer of viewers.slice(0, 2)) viewer.use(format);
  for (const viewer of viewers) {
    viewer.request(false);
    await viewer.update();
  }
  const { shared } = served.server as unknown as { shared: { formats: number } | undefined };
  expect(shared?.formats).toBe(1);
  viewers[0]!.stream.destroy();
  await until('two are left', () => served.server.viewers === 2);
  expect(shared?.formats).toBe(1);
  viewers[1]!.stream.destroy();
  await until('one is left', () => served.server.viewers === 1);
  expect(shared?.formats).toBe(0);
  viewers[2]!.stream.destroy();
  await until('none is left', () => served.server.viewers === 0);
  expect((served.server as unknown as { shared: unknown }).shared).toBeUndefined();
});

test('nothing is sent that was not asked for, and many changes are one update', async () => {
  const served = new Served();
  const viewer = await served.viewer();
  viewer.accept(tight);
  viewer.request(false);
  await viewer.update();
  for (let i = 0; i < 100; i++)
    served.paint(i % 2 ? '#fff' : '#000', { x: 10, y: 10, width: 20, height: 20 });
  viewer.request(true);
  await viewer.update();
  expect(viewer.heard).toMatchObject({ updates: 2, rectangles: 9 });
  expect(viewer.stream.readableLength).toBe(0);
  served.server.close();
});

test('a request is cut to the picture; one of nothing is none', async () => {
  const served = new Served();
  const viewer = await served.viewer();
  viewer.request(false, 300, 190, 65_535, 65_535);
  await viewer.update();
  expect(viewer.heard).toMatchObject({ updates: 1, rectangles: 1 });
  viewer.request(false, 320, 200, 5, 5);
  viewer.request(false, 65_535, 65_535, 65_535, 65_535);
  viewer.request(false, 0, 0, 0, 0);
  viewer.request(false, 0, 0, 1, 1);
  await viewer.update();
  expect(viewer.heard).toMatchObject({ updates: 2, rectangles: 2 });
  served.server.close();
});

test('cursor and size go before the pixels, and nobody changes the size of a panel', async () => {
  const served = new Served();
  const viewer = await served.viewer();
  viewer.accept(zrle, cursor, extendedDesktopSize);
  viewer.request(false);
  await viewer.update();
  expect(viewer.heard.cursors).toBe(1);
  expect(viewer.heard.desktopSizes).toEqual([{ reason: 0, status: 0, width: 320, height: 200 }]);
  const resize = Buffer.alloc(24);
  resize[0] = 251;
  resize.writeUInt16BE(640, 2);
  resize[6] = 1;
  viewer.send(resize);
  viewer.request(true);
  await viewer.update();
  expect(viewer.heard.desktopSizes.at(-1)).toEqual({ reason: 1, status: 1, width: 320, height: 200 });
  viewer.use(usualFormat('rgb565'));
  viewer.request(true);
  await viewer.update();
  expect(viewer.heard.cursors).toBe(2);
  served.server.close();
});

test('continuous updates come by themselves, each after the last was taken in, and end when that is asked for', async () => {
  const served = new Served();
  const viewer = await served.viewer();
  viewer.accept(tight, fence, continuousUpdates);
  expect([await viewer.message(), await viewer.message()].sort()).toEqual([150, 248]);
  viewer.continuous(true);
  await viewer.update();
  await viewer.message();
  viewer.answersFences = false;
  served.paint('#fff', { x: 0, y: 0, width: 9, height: 9 });
  await viewer.update();
  await viewer.message();
  expect(viewer.heard.fences.at(-1)?.payload).toHaveLength(1);
  const { updates } = viewer.heard;
  served.paint('#f00', { x: 0, y: 0, width: 9, height: 9 });
  for (let i = 0; i < 50; i++) await new Promise((resolve) => setImmediate(resolve));
  expect(viewer.stream.readableLength).toBe(0);
  viewer.send(Buffer.from('f80000000000000001' + '01', 'hex'));
  await viewer.update();
  expect(viewer.heard.updates).toBe(updates + 1);
  expect(shown(viewer)).toEqual(served.words());
  viewer.continuous(false);
  const ends = viewer.heard.endsOfContinuousUpdates;
  while (viewer.heard.endsOfContinuousUpdates === ends) await viewer.message();
  served.server.close();
});

test('a fence comes back with what it brought, after the update before it', async () => {
  const served = new Served();
  served.paintMuch();
  const viewer = await served.viewer();
  viewer.accept(raw);
  viewer.request(false);
  await until('the update begins', () => viewer.stream.readableLength > 0);
  viewer.send(Buffer.from('f800000080000003' + '03' + '0a0b0c', 'hex'));
  expect([await viewer.message(), await viewer.message()]).toEqual([0, 248]);
  expect(viewer.heard.fences).toEqual([{ flags: 3, payload: Buffer.from([10, 11, 12]) }]);
  served.server.close();
});

test('without viewers there is nothing to draw for, and the first one finds the picture up to date', async () => {
  const served = new Served();
  expect([served.server.dark, served.draws]).toEqual([true, 0]);
  const viewer = await served.viewer();
  expect([served.server.dark, served.draws]).toEqual([false, 1]);
  await served.viewer();
  expect(served.draws).toBe(1);
  viewer.stream.destroy();
  await until('one is left', () => served.server.viewers === 1);
  served.server.close();
  expect(served.server.dark).toBe(true);
});
