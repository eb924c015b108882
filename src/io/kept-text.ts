import { sameCoded } from '../model/coded';
import type { DiskTrouble, KeptTextReport } from '../model/recorder-reports';
import { diskTrouble } from './recorders/disk-trouble';
import type { TextStore } from './text-store';
import { within } from './within';

/** ms that the end of the program waits for the disk. */
const patience = 2000;

/** What is done with a text that an earlier run has kept. */
export interface KeptTextReader {
  /** Takes it in. Returns false when it is damaged: it is set aside then. */
  readonly take: (text: string) => boolean;
  /** It was read, or there is none that can be. */
  readonly done: () => void;
}

/**
 * A small text that outlives the program: read once, and from then on written where it has become another, one write after the
 * other. What goes wrong is told, and a disk that goes on failing in the same way is told once.
 */
export class KeptText {
  private state: 'new' | 'reading' | 'ready' = 'new';
  /** What the store is known to hold. */
  private stored = '';
  private writing: Promise<void> | undefined;
  private failed: DiskTrouble | undefined;

  /** @param store without one nothing is kept */
  constructor(
    private readonly store: TextStore | undefined,
    private readonly tell: (report: KeptTextReport) => void,
  ) {}

  /** Begins to read it when this is called first. Returns whether that is over. */
  isReady(reader: KeptTextReader): boolean {
    if (this.state === 'new') {
      this.state = 'reading';
      void this.read(reader);
    }
    return this.state === 'ready';
  }

  get isWriting(): boolean {
    return this.writing !== undefined;
  }

  /** True until a text was read or written. */
  get isNew(): boolean {
    return this.stored === '';
  }

  /**
   * Begins to write, unless it is what the store holds. Not to be called while it is written.
   *
   * @param written is called when that has succeeded
   * @returns whether a write has begun
   */
  write(content: string, written: () => void = () => undefined): boolean {
    if (this.store === undefined || content === this.stored) return false;
    this.writing = this.store
      .write(content)
      .then(
        () => {
          this.stored = content;
          this.failed = undefined;
          written();
        },
        (error: unknown) => {
          const trouble = diskTrouble(error);
          if (!sameCoded(trouble, this.failed)) this.tell({ code: 'text-not-written', values: { trouble } });
          this.failed = trouble;
        },
      )
      .then(() => {
        this.writing = undefined;
      });
    return true;
  }

  /** Writes what is new, as far as the disk takes it within two seconds. @param write begins the last write */
  async close(write: () => void): Promise<void> {
    const rest = async (): Promise<void> => {
      await this.writing;
      if (this.state !== 'ready') return;
      write();
      await this.writing;
    };
    await within(patience, rest());
  }

  private async read({ take, done }: KeptTextReader): Promise<void> {
    try {
      const text = await this.store?.read();
      if (text !== undefined) {
        if (take(text)) this.stored = text;
        else this.tell({ code: 'text-damaged', values: { aside: (await this.store?.setAside()) ?? '' } });
      }
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT') this.tell({ code: 'text-not-read', values: { trouble: diskTrouble(error) } });
    }
    this.state = 'ready';
    done();
  }
}
