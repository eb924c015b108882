import { systemFiles, type LogFileSystem, type LogHandle } from '../../../src/io/recorders/log-file-system';

/** What can go wrong on a disk. */
export interface Mishap {
  /** The call that fails. */
  readonly in: 'open' | 'read' | 'write' | 'truncate' | 'datasync' | 'room' | 'syncFolder';
  /** The error that it fails with, such as `ENOSPC`. */
  readonly code: string;
}

/** The real disk with faults: what is in `mishaps` fails until it is taken out; writes may be cut short. */
export class FailingFiles implements LogFileSystem {
  mishaps: Mishap[] = [];
  /** Most bytes that one write takes. */
  shortest = Infinity;
  /** Bytes that the disk still takes; then it is full, in the middle of a write too. */
  left = Infinity;
  /** What the disk says of its room. */
  size = 32e9;
  free = 26e9;
  /** Calls of fdatasync that went well. */
  syncs = 0;
  /** Files that are open. */
  opened = 0;

  async open(path: string): Promise<LogHandle> {
    this.fail('open');
    const handle = await systemFiles.open(path);
    this.opened++;
    return {
      stat: () => handle.stat(),
      read: async (...args) => {
        this.fail('read');
        return handle.read(...args);
      },
      write: async (buffer, offset, length, position) => {
        this.fail('write');
        const most = Math.min(length, this.shortest, this.left);
        if (most <= 0) throw failure('ENOSPC');
        this.left -= most;
        return handle.write(buffer, offset, most, position);
      },
      truncate: async (length) => {
        this.fail('truncate');
        await handle.truncate(length);
      },
      datasync: async () => {
        this.fail('datasync');
        this.syncs++;
        await handle.datasync();
      },
      close: () => {
        this.opened--;
        return handle.close();
      },
    };
  }

  room(): Promise<{ readonly size: number; readonly free: number }> {
    return Promise.resolve().then(() => {
      this.fail('room');
      return { size: this.size, free: this.free };
    });
  }

  async syncFolder(folder: string): Promise<void> {
    this.fail('syncFolder');
    await systemFiles.syncFolder(folder);
  }

  private fail(call: Mishap['in']): void {
    const mishap = this.mishaps.find((each) => each.in === call);
    if (mishap !== undefined) throw failure(mishap.code);
  }
}

function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}
