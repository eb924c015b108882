import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FramebufferOutput } from '../../../src/io/outputs/framebuffer-output';
import { pixelFormats } from '../../../src/io/outputs/pixel-format';
import { RfbServer } from '../../../src/io/outputs/rfb/rfb-server';
import { outputContract } from '../../contracts/output-contract';
import { until } from '../../until';
import { duplexPair } from './rfb/duplex-pair';
import { TestViewer } from './rfb/test-viewer';
import { makeFramebuffer, visiblePixels } from './temporary-framebuffer';

outputContract('the framebuffer', () => {
  const folder = mkdtempSync(join(tmpdir(), 'packdial-'));
  const path = join(folder, 'fb');
  const geometry = {
    width: 60,
    height: 40,
    stride: 256,
    offsetX: 0,
    offsetY: 0,
    format: pixelFormats.XRGB8888,
  };
  makeFramebuffer(path, geometry);
  return Promise.resolve({
    output: FramebufferOutput.open({ path, rotate: 0, geometry }),
    shown: () =>
      Promise.resolve(visiblePixels(path, geometry).flatMap((row) => row.map((pixel) => pixel & 0xff_ffff))),
    remove: () => rmSync(folder, { recursive: true }),
  });
});

outputContract('the VNC server', async (picture) => {
  const nothing = (): void => undefined;
  const server = new RfbServer({
    clock: { monotonic: () => 0 },
    picture,
    name: 'dial',
    passwords: { control: 'opensesame', view: '' },
    draw: nothing,
    say: nothing,
    pointer: nothing,
    key: nothing,
  });
  const [theirs, ours] = duplexPair();
  server.serve(ours, { address: '::1', access: 'view' });
  const viewer = new TestViewer(theirs);
  await viewer.enter();
  await until('the viewer looks on', () => server.viewers === 1);
  viewer.accept(7);
  return {
    output: server,
    // A request that is not incremental is always answered.
    shown: async () => {
      viewer.request(false);
      await viewer.update();
      return [...viewer.pixels].map((pixel) => pixel & 0xff_ffff);
    },
    remove: () => void theirs.destroy(),
  };
});
