import { createCanvas, type Canvas } from 'canvas';
import type { KeyEvent } from '../../../../src/io/inputs/key-event';
import type { PointerEvent } from '../../../../src/io/inputs/pointer-event';
import type { DamageRect } from '../../../../src/io/outputs/output';
import type { RfbPeer } from '../../../../src/io/outputs/rfb/rfb-peer';
import { RfbServer, type RfbServerParts } from '../../../../src/io/outputs/rfb/rfb-server';
import { duplexPair } from './duplex-pair';
import { TestViewer, type ViewerOptions } from './test-viewer';

/** A server with a picture to paint on, and everything that it was told. */
export class Served {
  now = 0;
  readonly picture: Canvas;
  readonly server: RfbServer;
  readonly said: string[] = [];
  readonly pointers: PointerEvent[] = [];
  readonly keys: KeyEvent[] = [];
  draws = 0;

  constructor(
    readonly width = 320,
    readonly height = 200,
    parts: Partial<RfbServerParts> = {},
  ) {
    this.picture = createCanvas(width, height);
    this.picture.getContext('2d', { alpha: false });
    this.paint('#203040', { x: 0, y: 0, width, height });
    this.server = new RfbServer({
      clock: { monotonic: () => this.now },
      picture: this.picture,
      name: 'dial',
      passwords: { control: 'opensesame', view: 'justlook' },
      draw: () => {
        this.draws++;
      },
      say: (text) => this.said.push(text),
      pointer: (event) => this.pointers.push(event),
      key: (event) => this.keys.push(event),
      ...parts,
    });
  }

  /** Forgets what it was told, so that a test that goes on for long keeps no more than the server does. */
  forget(): void {
    for (const list of [this.said, this.pointers, this.keys]) list.length = 0;
  }

  /** Paints a rectangle and presents it. */
  paint(colour: string, rect: DamageRect): void {
    const context = this.picture.getContext('2d');
    context.fillStyle = colour;
    context.fillRect(rect.x, rect.y, rect.width, rect.height);
    (this.server as RfbServer | undefined)?.present(this.picture, [rect]);
  }

  /** Paints something that no palette holds. */
  paintMuch(rect: DamageRect = { x: 0, y: 0, width: this.width, height: this.height }): void {
    const context = this.picture.getContext('2d');
    const { x, y, width, height } = rect;
    const gradient = context.createLinearGradient(x, y, x + width, y + height);
    for (let i = 0; i <= 8; i++) gradient.addColorStop(i / 8, `hsl(${i * 45}, 90%, 50%)`);
    context.fillStyle = gradient;
    context.fillRect(x, y, width, height);
    this.server.present(this.picture, [rect]);
  }

  /** A viewer that is not let in yet. */
  connect(peer: RfbPeer = { address: '192.168.1.20' }): TestViewer {
    const [theirs, ours] = duplexPair();
    this.server.serve(ours, peer);
    return new TestViewer(theirs);
  }

  /** A viewer that was let in. */
  async viewer(options: ViewerOptions = { password: 'opensesame' }, peer?: RfbPeer): Promise<TestViewer> {
    const viewer = this.connect(peer);
    await viewer.enter(options);
    return viewer;
  }

  /** The picture as words of 0x00RRGGBB. */
  words(): Uint32Array {
    const { data } = this.picture.getContext('2d').getImageData(0, 0, this.width, this.height);
    return Uint32Array.from({ length: this.width * this.height }, (_, i) => {
      return (data[4 * i]! << 16) | (data[4 * i + 1]! << 8) | data[4 * i + 2]!;
    });
  }
}
