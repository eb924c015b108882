import { readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { replaceFile } from '../replace-file';
import { makePrivateFolder } from './private-folder';

/** A message that must arrive. */
export interface OutgoingMessage {
  readonly topic: string;
  readonly payload: string;
}

interface Waiting extends OutgoingMessage {
  /** Counts messages, and is its file's name. */
  readonly number: number;
  readonly bytes: number;
}

/** How much may wait. */
export interface OutboxLimits {
  readonly messages: number;
  readonly bytes: number;
}

const usualLimits: OutboxLimits = { messages: 1000, bytes: 5_000_000 };
const messageSchema = v.object({ topic: v.string(), payload: v.string() });
const namePattern = /^(\d{12})\.json$/;

/**
 * Messages that wait until a broker has acknowledged them, over days and restarts: each is a file of its own, written as a
 * whole. When there are too many, the oldest go. Nothing here throws or keeps its caller waiting; without a disk it is kept
 * in memory.
 */
export class Outbox {
  private lost = 0;
  private waiting: Waiting[] = [];
  private next = 1;
  private bytes = 0;
  /** What is to be done with the disk, one after the other. */
  private disk: Promise<void> = Promise.resolve();

  /** @param folder made if it is not there */
  constructor(
    private readonly folder: string,
    private readonly limits: OutboxLimits = usualLimits,
  ) {}

  /** Messages that found no room or were given up, and files that could not be read. */
  get dropped(): number {
    return this.lost;
  }

  /** Messages that wait. */
  get length(): number {
    return this.waiting.length;
  }

  /** Resolves when the disk has all that was added and removed. */
  get settled(): Promise<void> {
    return this.disk;
  }

  /** Brings back what was left by an earlier run. To be called once, before anything is added. */
  async open(): Promise<void> {
    const names = await readdir(this.folder).catch(() => []);
    const found: Waiting[] = [];
    for (const name of names.sort()) {
      const number = Number(namePattern.exec(name)?.[1] ?? NaN);
      const message = Number.isNaN(number) ? undefined : await this.read(name);
      if (message === undefined) {
        // What a power cut has left of one that was being written, or something that is not ours to send.
        if (!name.endsWith('.new')) this.lost++;
        await rm(join(this.folder, name), { force: true }).catch(() => undefined);
      } else found.push({ number, ...message, bytes: sizeOf(message) });
    }
    this.next = Math.max(0, ...found.map(({ number }) => number)) + 1;
    this.waiting = found;
    this.bytes = found.reduce((sum, { bytes }) => sum + bytes, 0);
    this.makeRoom();
  }

  /** Adds one; returns what it is called by `remove`. */
  add(message: OutgoingMessage): number {
    const number = this.next++;
    const bytes = sizeOf(message);
    this.waiting.push({ number, ...message, bytes });
    this.bytes += bytes;
    this.makeRoom();
    const { topic, payload } = message;
    this.onDisk(async () => {
      if (!this.waiting.some((each) => each.number === number)) return;
      await makePrivateFolder(this.folder);
      await replaceFile(this.file(number), JSON.stringify({ topic, payload }), { newMode: 0o600 });
    });
    return number;
  }

  /** The oldest that waits. */
  get first(): (OutgoingMessage & { readonly number: number }) | undefined {
    return this.waiting[0];
  }

  /** It has arrived, or is not wanted any more. */
  remove(number: number): void {
    const index = this.waiting.findIndex((each) => each.number === number);
    const [gone] = index < 0 ? [] : this.waiting.splice(index, 1);
    if (gone === undefined) return;
    this.bytes -= gone.bytes;
    this.onDisk(() => rm(this.file(number), { force: true }));
  }

  /** It can't arrive: it goes, and is counted as dropped. */
  giveUp(number: number): void {
    this.lost++;
    this.remove(number);
  }

  /** Removes all that waits. */
  clear(): void {
    for (const { number } of [...this.waiting]) this.remove(number);
  }

  private makeRoom(): void {
    for (;;) {
      const [oldest] = this.waiting;
      const tooMany = this.waiting.length > this.limits.messages || this.bytes > this.limits.bytes;
      if (oldest === undefined || !tooMany) return;
      this.giveUp(oldest.number);
    }
  }

  private async read(name: string): Promise<OutgoingMessage | undefined> {
    try {
      const parsed = v.safeParse(messageSchema, JSON.parse(await readFile(join(this.folder, name), 'utf8')));
      return parsed.success ? parsed.output : undefined;
    } catch {
      return undefined;
    }
  }

  private file(number: number): string {
    return join(this.folder, `${String(number).padStart(12, '0')}.json`);
  }

  private onDisk(work: () => Promise<void>): void {
    this.disk = this.disk.then(work).catch(() => undefined);
  }
}

function sizeOf({ topic, payload }: OutgoingMessage): number {
  return Buffer.byteLength(topic) + Buffer.byteLength(payload);
}
