import { sign, verify, type KeyObject } from 'node:crypto';
import * as v from 'valibot';
import { versionPattern } from './release-version';

/**
 * The head of a release archive (docs/updates.md): three lines, after which comes a gzipped tar.
 *
 *     packdial-release 1
 *     <ed25519 signature of the first and the third line with their line ends, 64 bytes in base64>
 *     <manifest: one JSON object>
 */
const magic = 'packdial-release 1\n';
/** Characters of the signature's line with its end. */
const signatureLine = 89;
/** Bytes that the three lines together may have at most. */
export const longestHeader = 4096;

/** Bytes that nothing in a release comes near. */
const mebibyte = 1024 * 1024;
const largestPayload = 1024 * mebibyte;
const largestUnpacked = 4096 * mebibyte;

const wholeBytes = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most));
const version = () => v.pipe(v.string(), v.regex(versionPattern));

const manifestSchema = v.object({
  name: v.literal('packdial'),
  version: version(),
  /** Node's name of the processor (`process.arch`), such as `arm64`. */
  arch: v.pipe(v.string(), v.regex(/^[a-z0-9]{1,16}$/)),
  /** The oldest version that may be followed by this one. */
  minimumVersion: version(),
  /** Bytes of the payload. */
  size: wholeBytes(largestPayload),
  /** SHA-256 of the payload, in hexadecimal digits. */
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  /** Bytes that it takes on the disk when it is unpacked. */
  unpacked: wholeBytes(largestUnpacked),
});

/** What is in a release archive, as its maker has signed it. */
export type ReleaseManifest = v.InferOutput<typeof manifestSchema>;

/** What the first bytes of an archive came to. */
export type HeaderReading =
  | { readonly is: 'incomplete' }
  /** `reason` goes on after the archive's name, such as "is not signed …". */
  | { readonly is: 'refused'; readonly reason: string }
  /** `length`: bytes of the header; the payload begins there. */
  | { readonly is: 'read'; readonly manifest: ReleaseManifest; readonly length: number };

/**
 * Writes the head of an archive.
 *
 * @throws Error when the manifest is out of its limits or the key is no ed25519 private key
 */
export function writeReleaseHeader(manifest: ReleaseManifest, key: KeyObject): Buffer {
  const line = `${JSON.stringify(v.parse(manifestSchema, manifest))}\n`;
  const signature = sign(null, Buffer.from(magic + line), key).toString('base64');
  return Buffer.from(`${magic}${signature}\n${line}`);
}

/**
 * Reads the head of an archive from its first bytes. The manifest is not looked at before its signature was found right.
 *
 * @param bytes what is there so far; more than `longestHeader` never makes a difference
 * @param key the ed25519 public key that the release must be signed with
 */
export function readReleaseHeader(bytes: Buffer, key: KeyObject): HeaderReading {
  const start = bytes.subarray(0, magic.length).toString('latin1');
  if (!magic.startsWith(start)) {
    return refused(
      /^packdial-release \d/.test(start)
        ? 'is of a kind that this packdial is too old for'
        : 'is not a packdial release',
    );
  }
  const manifestAt = magic.length + signatureLine;
  const end = bytes.indexOf('\n', manifestAt);
  if (end < 0 || end >= longestHeader) {
    return bytes.length < longestHeader ? { is: 'incomplete' } : refused('has no readable head');
  }
  const text = bytes.subarray(magic.length, manifestAt - 1).toString('latin1');
  const signature = Buffer.from(text, 'base64');
  const line = bytes.subarray(manifestAt, end + 1);
  const signed = Buffer.concat([Buffer.from(magic), line]);
  // One signature has one spelling: base64 readers overlook much.
  const isCanonical = signature.toString('base64') === text && bytes[manifestAt - 1] === 0x0a;
  if (!isCanonical || signature.length !== 64 || !verify(null, signed, key, signature)) {
    return refused('is not signed by the maker whose key is installed here, or was changed since');
  }
  return parseManifest(line.toString('utf8'), end + 1);
}

function parseManifest(line: string, length: number): HeaderReading {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return refused('has a manifest that is not JSON');
  }
  const result = v.safeParse(manifestSchema, json);
  if (result.success) return { is: 'read', manifest: result.output, length };
  const [issue] = result.issues;
  return refused(`has a manifest whose ${v.getDotPath(issue) ?? 'content'} is out of its limits`);
}

function refused(reason: string): HeaderReading {
  return { is: 'refused', reason };
}
