import type { Duplex } from 'node:stream';
import { StreamReader } from '../../../../src/io/outputs/rfb/stream-reader';
import { serverPixelFormat, type RfbPixelFormat } from '../../../../src/protocol/rfb-pixel-format';
import { rfbEncodings } from '../../../../src/protocol/rfb-server-messages';
import { tightPixel } from '../../../../src/protocol/rfb-compact-pixels';
import { vncResponse } from '../../../../src/protocol/vnc-authentication';
import {
  enableContinuousUpdates,
  setEncodings,
  setPixelFormat,
  updateRequest,
} from '../../../protocol/rfb-client-bytes';
import { Bytes, decodeRaw, decodeTight, decodeZrle, Inflater } from '../../../protocol/rfb-decoders';

/** How a viewer comes in. */
export interface ViewerOptions {
  readonly version?: string;
  /** The security type that it takes; by default the last that is offered. */
  readonly security?: number;
  readonly password?: string;
}

/** What the server said instead of letting a viewer in. */
export class Refused extends Error {}

/** What the server says apart from pixels. */
export interface Heard {
  updates: number;
  rectangles: number;
  bytes: number;
  cursors: number;
  fences: { flags: number; payload: Buffer }[];
  endsOfContinuousUpdates: number;
  desktopSizes: { reason: number; status: number; width: number; height: number }[];
  encodings: Set<number>;
}

/** A VNC viewer for tests, which shows what it is sent in an array of pixels. */
export class TestViewer {
  width = 0;
  height = 0;
  name = '';
  /** Security types that were offered. */
  offered: number[] = [];
  /** Pixels as words of memory, line by line; for Tight's three bytes with nothing in the fourth. */
  pixels: Uint32Array = new Uint32Array(0);
  readonly heard: Heard = {
    updates: 0,
    rectangles: 0,
    bytes: 0,
    cursors: 0,
    fences: [],
    endsOfContinuousUpdates: 0,
    desktopSizes: [],
    encodings: new Set(),
  };
  /** Answers fences that want it. */
  answersFences = true;
  private format: RfbPixelFormat = serverPixelFormat;
  private readonly reader: StreamReader;
  private readonly zrle = new Inflater();
  private readonly tight = [new Inflater(), new Inflater(), new Inflater(), new Inflater()];

  constructor(readonly stream: Duplex) {
    this.reader = new StreamReader(stream);
    stream.on('error', () => undefined);
  }

  /** Comes in. @throws Refused with what the server said */
  async enter({ version = '003.008', security, password = '' }: ViewerOptions = {}): Promise<void> {
    check((await this.read(12)).toString() === 'RFB 003.008\n');
    this.stream.write(`RFB ${version}\n`);
    const old = version === '003.003';
    this.offered = old ? [await this.word()] : [...(await this.read(await this.byte()))];
    if (this.offered.length === 0 || this.offered[0] === 0) throw new Refused(await this.text());
    const chosen = security ?? this.offered.at(-1)!;
    if (!old) this.stream.write(Buffer.from([chosen]));
    if (chosen === 2) this.stream.write(vncResponse(await this.read(16), password));
    if (version === '003.008' || chosen !== 1) {
      if ((await this.word()) !== 0) throw new Refused(version === '003.008' ? await this.text() : '');
    }
    this.stream.write(Buffer.from([0]));
    const init = await this.read(20);
    this.width = init.readUInt16BE(0);
    this.height = init.readUInt16BE(2);
    this.name = await this.text();
    this.pixels = new Uint32Array(this.width * this.height);
  }

  send(bytes: Buffer): void {
    this.stream.write(bytes);
  }

  use(format: RfbPixelFormat): void {
    this.format = format;
    this.send(setPixelFormat(format));
  }

  accept(...encodings: readonly number[]): void {
    this.send(setEncodings(encodings));
  }

  request(incremental: boolean, x = 0, y = 0, width = this.width, height = this.height): void {
    this.send(updateRequest(incremental, x, y, width, height));
  }

  continuous(on: boolean): void {
    this.send(enableContinuousUpdates(on, this.width, this.height));
  }

  /** Reads up to the end of the next update. */
  async update(): Promise<void> {
    for (;;) if ((await this.message()) === 0) return;
  }

  /** Reads one message and returns its type. */
  async message(): Promise<number> {
    const type = await this.byte();
    if (type === 0) {
      const count = (await this.read(3)).readUInt16BE(1);
      for (let i = 0; i < count; i++) await this.rectangle();
      this.heard.updates++;
    } else if (type === 248) {
      const head = await this.read(8);
      const flags = head.readUInt32BE(3);
      const payload = head[7] === 0 ? Buffer.alloc(0) : await this.read(head[7]!);
      this.heard.fences.push({ flags, payload });
      if (this.answersFences && flags >= 0x8000_0000) {
        const answer = Buffer.alloc(9);
        answer[0] = 248;
        answer.writeUInt32BE(flags & 7, 4);
        answer[8] = payload.length;
        this.send(Buffer.concat([answer, payload]));
      }
    } else if (type === 150) this.heard.endsOfContinuousUpdates++;
    else throw new Error(`a message of type ${type}`);
    return type;
  }

  private async rectangle(): Promise<void> {
    const head = await this.read(12);
    const [x, y, width, height] = [0, 2, 4, 6].map((at) => head.readUInt16BE(at)) as [
      number,
      number,
      number,
      number,
    ];
    const encoding = head.readInt32BE(8);
    this.heard.encodings.add(encoding);
    if (encoding === rfbEncodings.cursor) {
      await this.read(width * height * (this.format.bitsPerPixel / 8) + Math.ceil(width / 8) * height);
      this.heard.cursors++;
      return;
    }
    if (encoding === rfbEncodings.extendedDesktopSize) {
      const [screens = 0] = await this.read(4);
      await this.read(16 * screens);
      this.heard.desktopSizes.push({ reason: x, status: y, width, height });
      return;
    }
    this.heard.rectangles++;
    check(x + width <= this.width);
    check(y + height <= this.height);
    const pixels = await this.decoded(encoding, width, height);
    check(pixels.length === width * height);
    pixels.forEach((pixel, i) => {
      this.pixels[(y + Math.floor(i / width)) * this.width + x + (i % width)] = pixel;
    });
  }

  private async decoded(encoding: number, width: number, height: number): Promise<number[]> {
    const { format } = this;
    switch (encoding) {
      case rfbEncodings.raw:
        return decodeRaw(
          new Bytes(await this.read((width * height * format.bitsPerPixel) / 8)),
          width,
          height,
          format,
        );
      case rfbEncodings.zrle: {
        const tiles = await this.zrle.next(await this.read(await this.word()));
        return decodeZrle(new Bytes(tiles), width, height, format);
      }
      case rfbEncodings.tight: {
        const { head, data } = await this.tightParts(width, height);
        return decodeTight(new Bytes(head), width, height, format, () => data);
      }
      default:
        throw new Error(`encoding ${encoding} was not asked for`);
    }
  }

  /** What `decodeTight` wants, with the data inflated. */
  private async tightParts(width: number, height: number): Promise<{ head: Buffer; data: Buffer }> {
    const pixel = tightPixel(this.format)!.length;
    const control = await this.byte();
    const nothing = Buffer.alloc(0);
    if (control === 0x80)
      return { head: Buffer.concat([Buffer.from([control]), await this.read(pixel)]), data: nothing };
    const head: Buffer[] = [Buffer.from([control])];
    let colours = 0;
    if ((control & 0x40) !== 0) {
      const filter = await this.read(2);
      colours = filter[1]! + 1;
      head.push(filter, await this.read(colours * pixel));
    }
    const length =
      colours === 0 ? width * height * pixel : colours === 2 ? Math.ceil(width / 8) * height : width * height;
    if (length < 12) return { head: Buffer.concat([...head, await this.read(length)]), data: nothing };
    let size = 0;
    for (let i = 0; i < 3; i++) {
      const byte = await this.byte();
      size |= (i === 2 ? byte : byte & 0x7f) << (7 * i);
      if ((byte & 0x80) === 0) break;
    }
    const data = await this.tight[(control >> 4) & 3]!.next(await this.read(size));
    check(data.length === length);
    return { head: Buffer.concat([...head, Buffer.from([0])]), data };
  }

  private async read(count: number): Promise<Buffer> {
    if (count === 0) return Buffer.alloc(0);
    this.heard.bytes += count;
    return this.reader.exactly(count);
  }

  private async byte(): Promise<number> {
    return (await this.read(1))[0]!;
  }

  private async word(): Promise<number> {
    return (await this.read(4)).readUInt32BE();
  }

  private async text(): Promise<string> {
    return (await this.read(await this.word())).toString();
  }
}

/** Nothing of jest is in here: the measurements use it too. */
function check(right: boolean): void {
  if (!right) throw new Error('the server says what it may not say');
}
