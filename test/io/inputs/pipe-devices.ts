import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { join } from 'node:path';
import { systemIoctl } from '../../../src/io/ioctl';
import { TemporaryFolder } from '../../temporary-folder';
import { until } from '../../until';

/** ioctl FIONREAD of asm-generic/ioctls.h: how many bytes can be read. */
const FIONREAD = 0x541b;

/** A folder of devices for which pipes stand in: they can be waited for and read in the same way. */
export class PipeDevices {
  /** What reads them, until `stop` is aborted. */
  running: Promise<void> = Promise.resolve();
  readonly stop = new AbortController();
  private readonly folder = new TemporaryFolder();
  private readonly writers = new Set<number>();

  get path(): string {
    return this.folder.path;
  }

  /** Plugs a device in. Returns where its records are written. */
  plug(name: string): number {
    const path = join(this.path, name);
    execFileSync('mkfifo', [path]);
    const fd = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
    this.writers.add(fd);
    return fd;
  }

  /** The device ends on its own. */
  end(fd: number): void {
    this.writers.delete(fd);
    closeSync(fd);
  }

  /** Waits until all that was written is read. */
  async read(fd: number): Promise<void> {
    const waiting = Buffer.alloc(4);
    await until('all is read', () => {
      systemIoctl().withBuffer(fd, FIONREAD, waiting);
      return waiting.readInt32LE(0) === 0;
    });
  }

  async close(): Promise<void> {
    this.stop.abort();
    await this.running;
    for (const fd of this.writers) closeSync(fd);
    this.folder.remove();
  }
}

/** What an input has told. */
export class Told {
  readonly texts: string[] = [];

  /** Waits until this was told, and forgets all that was told so far. */
  async heard(text: string): Promise<string[]> {
    await until(`to be told: ${text}`, () => this.texts.includes(text)).catch((error: unknown) => {
      throw new Error(`told only: ${this.texts.join('; ')}`, { cause: error });
    });
    return this.texts.splice(0);
  }
}
