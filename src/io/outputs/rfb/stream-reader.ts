import type { Readable } from 'node:stream';

/** Reads exactly as many bytes from a stream as are wanted, and leaves the others in it. */
export class StreamReader {
  constructor(private readonly stream: Readable) {}

  /** True when bytes have come that nobody has asked for. */
  get ahead(): boolean {
    return this.stream.readableLength > 0;
  }

  /** @param count 1 to some hundreds. @throws an Error when the stream ends before */
  exactly(count: number): Promise<Buffer> {
    const { stream } = this;
    return new Promise((resolve, reject) => {
      const done = (): void => {
        stream.off('readable', look);
        stream.off('end', ended);
        stream.off('close', ended);
      };
      const look = (): void => {
        const bytes = stream.read(count) as Buffer | null;
        // At its end a stream gives what it still has.
        if (bytes === null || bytes.length < count) return;
        done();
        resolve(bytes);
      };
      const ended = (): void => {
        done();
        reject(new Error('gone'));
      };
      if (stream.destroyed || stream.readableEnded) {
        reject(new Error('gone'));
        return;
      }
      stream.on('readable', look);
      stream.on('end', ended);
      stream.on('close', ended);
      look();
    });
  }
}
