import { readFile } from 'node:fs/promises';
import { writingFailureWords } from '../../base/failure-words';
import { replaceFile } from '../replace-file';

/** The controller that the owner has said to be theirs. */
export interface ConfirmedAddress {
  /** As it was announced, or `undefined` when none was confirmed ever. Never rejects. */
  read(): Promise<string | undefined>;
  /** Remembers it, on the disk if that is possible. Never rejects. */
  remember(address: string): Promise<void>;
}

/** Remembers the address in a file of its own. Where the disk does not take it, it is remembered until the end only. */
export class ConfirmedAddressFile implements ConfirmedAddress {
  private known: string | undefined;

  /** @param path asked when it is needed first, for that may make a folder; may throw */
  constructor(
    private readonly path: () => string,
    private readonly warn: (text: string) => void,
  ) {}

  async read(): Promise<string | undefined> {
    if (this.known !== undefined) return this.known;
    try {
      const content: unknown = JSON.parse(await readFile(this.path(), 'utf8'));
      const address =
        typeof content === 'object' && content !== null && 'confirmed' in content && content.confirmed;
      if (typeof address === 'string' && address.length < 100) this.known = address;
    } catch {
      // Missing or damaged: the owner is asked, which is the safe thing.
    }
    return this.known;
  }

  async remember(address: string): Promise<void> {
    this.known = address;
    try {
      await replaceFile(this.path(), `${JSON.stringify({ confirmed: address })}\n`);
    } catch (error) {
      this.warn(
        `The controller's address can't be remembered (${writingFailureWords(error)}); it is asked for again after the next start`,
      );
    }
  }
}
