import type { ByteLink } from '../../src/devices/device-type';
import { linkText } from '../../src/words/en';
import { until } from '../until';

/** A link with its other side at hand. */
export interface ByteLinkBench {
  readonly link: ByteLink;
  /** What the other side says once `speak` is called, in one or several pieces. */
  readonly said: Uint8Array;
  /** Lets the other side say it; absent where it begins by itself with the first listener. */
  speak?(): Promise<void>;
  /** What the other side has received. */
  received(): Uint8Array;
  /** Ends the link from the other side. */
  lose(): Promise<void>;
  /** Puts all away. */
  close(): Promise<void>;
}

/** What a conversation may expect of every link that carries bytes. */
export function byteLinkContract(name: string, makeBench: () => Promise<ByteLinkBench>): void {
  describe(`${name} as a link of bytes`, () => {
    let bench: ByteLinkBench;

    beforeEach(async () => {
      bench = await makeBench();
    });

    afterEach(() => bench.close());

    async function hear(): Promise<Uint8Array[]> {
      const pieces: Uint8Array[] = [];
      bench.link.receive((piece) => pieces.push(piece));
      await bench.speak?.();
      await until('all that was said', () => Buffer.concat(pieces).length >= bench.said.length);
      return pieces;
    }

    it('hands on every byte in its order, in pieces that stay as they are', async () => {
      expect(Buffer.concat(await hear())).toEqual(Buffer.from(bench.said));
    });

    it('sends every byte in its order', async () => {
      await bench.link.write(Uint8Array.of(0xdd, 0xa5, 0x03));
      await bench.link.write(Uint8Array.of(0x00, 0xff, 0xfd, 0x77));
      await until('what was sent', () => bench.received().length >= 7);
      expect(Buffer.from(bench.received()).toString('hex')).toBe('dda50300fffd77');
    });

    it('leaves a listener alone that does not listen any more', async () => {
      const heard: Uint8Array[] = [];
      const stop = bench.link.receive((piece) => heard.push(piece));
      stop();
      await hear();
      expect(heard).toEqual([]);
    });

    it('says why when it is lost, and takes nothing any more', async () => {
      await bench.lose();
      expect(linkText(await bench.link.closed)).toMatch(/^\S.*[^.\s]$/);
      await expect(bench.link.write(Uint8Array.of(1))).rejects.toThrow();
    });
  });
}
