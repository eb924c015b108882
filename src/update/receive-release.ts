import { createHash, type KeyObject } from 'node:crypto';
import { rmSync } from 'node:fs';
import { open, statfs, type FileHandle } from 'node:fs/promises';
import { UserError } from '../base/user-error';
import { longestHeader, readReleaseHeader, type ReleaseManifest } from './release-header';
import { compareVersions, type ReleaseVersion } from './release-version';
import { megabytes } from '../words/en/updates';

/** Bytes that stay free on the disk whatever is installed: the log and the history need them. */
const reserve = 64 * 1024 * 1024;

/** What an archive must be like to be installed here. */
export interface Wanted {
  /** The version that runs now. */
  readonly running: ReleaseVersion;
  /** Node's name of this processor. */
  readonly arch: string;
  /** Takes an older version too, and the one that runs. */
  readonly force?: boolean;
}

/**
 * Why a release is not to be installed here; undefined when it is. The sentence goes on after the archive's name.
 * A release of the version that runs is not refused here: that it is no news is for the caller to say.
 */
export function whyUnwanted(manifest: ReleaseManifest, { running, arch, force }: Wanted): string | undefined {
  const { version, minimumVersion } = manifest;
  if (manifest.arch !== arch) return `is for another processor (${manifest.arch}; this one is ${arch})`;
  if (force === true) return undefined;
  if (compareVersions(version, running) < 0) {
    return `is older (${version}) than what runs (${running}); sudo packdial install-update --force goes back`;
  }
  if (compareVersions(running, minimumVersion) < 0) {
    return `needs version ${minimumVersion} before it (${running} runs): install that first`;
  }
  return undefined;
}

/**
 * Says no when there is not enough room for a release beside the others.
 *
 * @param free bytes
 * @throws UserError
 */
export function checkRoom({ size, unpacked }: ReleaseManifest, free: number): void {
  const needed = size + unpacked + reserve;
  if (free < needed) {
    throw new UserError(
      `The disk is too full for an update: ${megabytes(needed)} are needed and ${megabytes(free)} are free.`,
    );
  }
}

/** Bytes free on the disk of a folder. */
export async function freeSpace(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** What is done with an archive as it arrives. */
export interface Receiving {
  /** What to call it in messages. */
  readonly name: string;
  readonly key: KeyObject;
  /**
   * Called once, with what is known to be signed, before anything is written.
   *
   * @throws UserError to have nothing of it
   */
  readonly accept: (manifest: ReleaseManifest) => Promise<void> | void;
  /** Told the bytes of the payload that are there. */
  readonly progress: (received: number, manifest: ReleaseManifest) => void;
  /** Where the payload goes; there must be no such file yet. */
  readonly file: string;
}

/**
 * Takes an archive in as it comes from the stick or the network: checks its head, then writes the payload to the disk and its
 * checksum with it. When this resolves the payload is whole, as it was signed, and on the disk.
 *
 * @throws UserError when it is not; nothing of it is left then
 */
export async function receiveRelease(
  chunks: AsyncIterable<Uint8Array>,
  { name, key, accept, progress, file }: Receiving,
): Promise<ReleaseManifest> {
  let head = Buffer.alloc(0);
  let payload: PayloadFile | undefined;
  try {
    for await (const chunk of chunks) {
      if (payload !== undefined) {
        await payload.write(chunk);
      } else {
        head = Buffer.concat([head, chunk]);
        const reading = readReleaseHeader(head, key);
        if (reading.is === 'refused') throw new UserError(`${name} ${reading.reason}.`);
        if (reading.is === 'incomplete') continue;
        await accept(reading.manifest);
        payload = await PayloadFile.create(name, file, reading.manifest);
        await payload.write(head.subarray(reading.length));
      }
      progress(payload.received, payload.manifest);
    }
    if (payload === undefined) throw new UserError(`${name} ends before its head does.`);
    await payload.finish();
    return payload.manifest;
  } catch (error) {
    await payload?.discard();
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC') throw new UserError(`The disk became full while ${name} was received.`);
    if (code === 'EIO') throw new UserError(`${name} can't be read to its end (was the stick pulled out?).`);
    throw error;
  }
}

/** Bytes enough of the beginning of an archive to read its head. */
export const headBytes = longestHeader;

class PayloadFile {
  private readonly hash = createHash('sha256');
  received = 0;

  private constructor(
    private readonly name: string,
    private readonly file: string,
    private readonly handle: FileHandle,
    readonly manifest: ReleaseManifest,
  ) {}

  static async create(name: string, file: string, manifest: ReleaseManifest): Promise<PayloadFile> {
    return new PayloadFile(name, file, await open(file, 'wx', 0o600), manifest);
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.received += chunk.length;
    if (this.received > this.manifest.size) throw new UserError(`${this.name} is longer than it should be.`);
    this.hash.update(chunk);
    await this.handle.writeFile(chunk);
  }

  async finish(): Promise<void> {
    const { size, sha256 } = this.manifest;
    if (this.received < size) {
      const there = `${megabytes(this.received)} of ${megabytes(size)}`;
      throw new UserError(`${this.name} ends too early (${there}): copy it again.`);
    }
    if (this.hash.digest('hex') !== sha256) {
      throw new UserError(`${this.name} is damaged or was changed (its checksum is wrong): copy it again.`);
    }
    await this.handle.sync();
    await this.handle.close();
  }

  async discard(): Promise<void> {
    await this.handle.close().catch(() => undefined);
    rmSync(this.file, { force: true });
  }
}
