import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createHash } from 'node:crypto';
import { writeReleaseHeader, type ReleaseManifest } from '../../src/update/release-header';

/** A pair of keys that is made anew in each run. */
export const { privateKey, publicKey } = generateKeyPairSync('ed25519');
export const stranger = generateKeyPairSync('ed25519').privateKey;

/** A manifest that fits a payload, with what a test wants otherwise. */
export function manifestFor(payload: Buffer, changes: Partial<ReleaseManifest> = {}): ReleaseManifest {
  return {
    name: 'packdial',
    version: '2.0.0',
    arch: process.arch,
    minimumVersion: '0.1.0',
    size: payload.length,
    sha256: createHash('sha256').update(payload).digest('hex'),
    unpacked: Math.max(1, payload.length * 3),
    ...changes,
  };
}

/** A whole archive. */
export function archive(
  payload: Buffer,
  changes: Partial<ReleaseManifest> = {},
  key: KeyObject = privateKey,
): Buffer {
  return Buffer.concat([writeReleaseHeader(manifestFor(payload, changes), key), payload]);
}
