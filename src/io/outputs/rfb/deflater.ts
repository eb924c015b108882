import { constants, createDeflate } from 'node:zlib';

/** Half way between quick and small: flat colours and text lose little by it. */
const level = 2;

/**
 * One zlib stream of a viewer, which goes on from rectangle to rectangle. It works in a thread of its own; one thing at a time
 * is given to it.
 */
export class Deflater {
  private readonly stream = createDeflate({ level, flush: constants.Z_SYNC_FLUSH, chunkSize: 32_768 });
  private pieces: Buffer[] = [];
  private fail: ((error: Error) => void) | undefined;

  constructor() {
    this.stream.on('data', (piece: Buffer) => this.pieces.push(piece));
    this.stream.on('error', (error) => this.fail?.(error));
  }

  /**
   * What a viewer's zlib needs to get these bytes out again, up to a whole byte.
   *
   * @param data not to be changed before it resolves
   * @throws an Error when it is closed meanwhile
   */
  deflate(data: Buffer): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.fail = reject;
      this.stream.write(data, (error) => {
        if (error) {
          reject(error);
          return;
        }
        const { pieces } = this;
        this.pieces = [];
        resolve(pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces));
      });
    });
  }

  /** Gives its memory back. What is under way is rejected. */
  close(): void {
    this.fail?.(new Error('closed'));
    this.stream.destroy();
  }
}
