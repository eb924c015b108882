import type { RfbPixelFormat } from '../../../protocol/rfb-pixel-format';
import { rectangleHeader, updateHeader } from '../../../protocol/rfb-server-messages';
import type { DamageRect } from '../output';
import { piecesOf } from './pieces';
import type { ProgressWriter } from './progress-writer';
import { createEncoder, type RectEncoder } from './rect-encoder';
import type { SharedPicture } from './shared-picture';

/** Bytes of small rectangles that are written together. */
const together = 16_384;

/** One update, in one format and one encoding, whatever the viewer says while it is under way. */
export interface Update {
  /** Whole rectangles of pseudo-encodings, which go first. */
  readonly extras: readonly Buffer[];
  /** Within the picture. */
  readonly rects: readonly DamageRect[];
  readonly format: RfbPixelFormat;
  /** One that `chosenEncoding` gives. */
  readonly encoding: number;
  /** A message that goes right behind it, or nothing. */
  readonly after: Buffer;
}

/** Encodes and writes updates for one viewer, one after the other, a piece at a time. */
export class UpdateWriter {
  /** Never thrown away before the end: the viewer's zlib goes on where it was, too. */
  private readonly encoders = new Map<number, RectEncoder>();

  constructor(
    private readonly picture: SharedPicture,
    private readonly writer: ProgressWriter,
  ) {}

  /** Resolves when the stream has passed it on. @throws Stalled, or any Error when the viewer is gone */
  async write({ extras, rects, format, encoding, after }: Update): Promise<void> {
    const pieces = piecesOf(rects);
    const formatted = this.picture.inFormat(format);
    const encoder = this.encoder(encoding);
    try {
      let parts: Buffer[] = [updateHeader(extras.length + pieces.length), ...extras];
      let waiting = 0;
      for (const piece of pieces) {
        // What has changed meanwhile may be in it already; it will come again with the next update.
        formatted.refresh();
        const bytes = await encoder.encode(formatted.block(piece), format);
        parts.push(rectangleHeader(piece, encoding), ...bytes);
        waiting += bytes.reduce((sum, { length }) => sum + length, 0);
        if (waiting < together) continue;
        await this.writer.write(Buffer.concat(parts));
        parts = [];
        waiting = 0;
      }
      await this.writer.write(Buffer.concat([...parts, after]));
    } finally {
      formatted.release();
    }
  }

  /** Lets go of what is deflating: `write` then throws. */
  close(): void {
    for (const encoder of this.encoders.values()) encoder.close();
  }

  private encoder(encoding: number): RectEncoder {
    let encoder = this.encoders.get(encoding);
    if (encoder === undefined) {
      encoder = createEncoder(encoding);
      this.encoders.set(encoding, encoder);
    }
    return encoder;
  }
}
