import { createHash, createPrivateKey, type KeyObject } from 'node:crypto';
import { createReadStream, createWriteStream, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { writeReleaseHeader } from '../update/release-header';
import { UserError } from '../base/user-error';
import { version } from '../version';

/** What `packdial pack-release` was given. */
export interface PackReleaseFlags {
  /** A gzipped tar of a laid down release. */
  readonly payload: string;
  /** Bytes that it takes unpacked. */
  readonly unpacked: string;
  /** The oldest version that may be followed by this one. */
  readonly minimum: string;
  /** PEM file with an ed25519 private key. */
  readonly key: string;
  /** Folder for the archive. */
  readonly out: string;
}

/**
 * Makes a signed archive of this version for this processor, for setup/release. Resolves with the exit code.
 *
 * @throws UserError when the key is none that signs releases
 */
export async function packRelease({
  payload,
  unpacked,
  minimum,
  key,
  out,
}: PackReleaseFlags): Promise<number> {
  const privateKey = readPrivateKey(key);
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of createReadStream(payload) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    size += chunk.length;
  }
  const { arch } = process;
  const manifest = {
    name: 'packdial' as const,
    version,
    arch,
    minimumVersion: minimum,
    size,
    sha256: hash.digest('hex'),
    unpacked: Number(unpacked),
  };
  const file = join(out, `packdial-${version}-${arch}.pdr`);
  const written = createWriteStream(`${file}.new`);
  written.write(writeReleaseHeader(manifest, privateKey));
  await pipeline(createReadStream(payload), written);
  renameSync(`${file}.new`, file);
  process.stdout.write(`${file}\n`);
  return 0;
}

function readPrivateKey(path: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPrivateKey(readFileSync(path, 'utf8'));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UserError(
      `The private key ${path} can't be read (${code ?? message}); make release-key makes one.`,
    );
  }
  if (key.asymmetricKeyType !== 'ed25519') {
    throw new UserError(`The private key ${path} is not for ed25519; make release-key makes one.`);
  }
  return key;
}
