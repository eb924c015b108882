import fc from 'fast-check';
import { sign } from 'node:crypto';
import {
  longestHeader,
  readReleaseHeader,
  writeReleaseHeader,
  type ReleaseManifest,
} from '../../src/update/release-header';
import { compareVersions } from '../../src/update/release-version';
import { manifestFor, privateKey, publicKey, stranger } from './keys';

const number = fc.integer({ min: 0, max: 999_999 });
const version = fc.tuple(number, number, number).map((parts) => parts.join('.'));
const digits = fc.array(
  fc.integer({ min: 0, max: 15 }).map((n) => n.toString(16)),
  { minLength: 64, maxLength: 64 },
);
const manifests: fc.Arbitrary<ReleaseManifest> = fc.record({
  name: fc.constant('packdial' as const),
  version,
  arch: fc.constantFrom('x64', 'arm64', 'arm', 'riscv64'),
  minimumVersion: version,
  size: fc.integer({ min: 1, max: 2 ** 30 }),
  sha256: digits.map((all) => all.join('')),
  unpacked: fc.integer({ min: 1, max: 2 ** 32 }),
});

/** Signs whatever text, as a maker with a broken tool would. */
function signed(manifest: string, magic = 'packdial-release 1\n'): Buffer {
  const signature = sign(null, Buffer.from(`${magic}${manifest}\n`), privateKey).toString('base64');
  return Buffer.from(`${magic}${signature}\n${manifest}\n`);
}

test('what was written is read again, whatever follows it', () => {
  fc.assert(
    fc.property(manifests, fc.uint8Array({ maxLength: 8192 }), (manifest, payload) => {
      const header = writeReleaseHeader(manifest, privateKey);
      expect(readReleaseHeader(Buffer.concat([header, payload]), publicKey)).toEqual({
        is: 'read',
        manifest,
        length: header.length,
      });
    }),
  );
});

test('of a part of it nothing is believed: more is waited for', () => {
  const header = writeReleaseHeader(manifestFor(Buffer.from('x')), privateKey);
  for (let length = 0; length < header.length; length++) {
    expect(readReleaseHeader(header.subarray(0, length), publicKey)).toEqual({ is: 'incomplete' });
  }
});

test('every changed byte of it is noticed', () => {
  const header = writeReleaseHeader(manifestFor(Buffer.from('x')), privateKey);
  for (let at = 0; at < header.length; at++) {
    for (const flip of [0x01, 0x04, 0x20, 0x80]) {
      const changed = Buffer.from(header);
      changed[at] = changed[at]! ^ flip;
      // The line's end is gone: then whatever comes after it would belong to it.
      const reading = readReleaseHeader(Buffer.concat([changed, Buffer.alloc(longestHeader)]), publicKey);
      expect([at, flip, reading.is]).toEqual([at, flip, 'refused']);
    }
  }
});

test('a signature of another maker is refused', () => {
  const header = writeReleaseHeader(manifestFor(Buffer.from('x')), stranger);
  expect(readReleaseHeader(header, publicKey)).toEqual({
    is: 'refused',
    reason: expect.stringMatching(/not signed by the maker/) as string,
  });
});

test.each<[string, unknown]>([
  ['name', 'packdiam'],
  ['version', '1.0'],
  ['version', '1.0.0-rc1'],
  ['version', '01.0.0'],
  ['version', '../../etc'],
  ['version', 1],
  ['arch', ''],
  ['arch', 'x64/..'],
  ['minimumVersion', 'none'],
  ['minimumVersion', null],
  ['size', 0],
  ['size', -1],
  ['size', 1.5],
  ['size', '100'],
  ['size', 2 ** 31],
  ['sha256', 'abc'],
  ['sha256', 'G'.repeat(64)],
  ['unpacked', 0],
  ['unpacked', 1e300],
])('a well signed manifest with an absurd %s (%p) is refused by its name', (field, value) => {
  const manifest = { ...manifestFor(Buffer.from('x')), [field]: value };
  expect(readReleaseHeader(signed(JSON.stringify(manifest)), publicKey)).toEqual(
    expect.objectContaining({ is: 'refused', reason: `has a manifest whose ${field} is out of its limits` }),
  );
});

test('each field is needed, and what is not known yet does no harm', () => {
  const manifest = manifestFor(Buffer.from('x'));
  for (const field of Object.keys(manifest)) {
    const without = Object.fromEntries(Object.entries(manifest).filter(([name]) => name !== field));
    expect(readReleaseHeader(signed(JSON.stringify(without)), publicKey)).toMatchObject({
      is: 'refused',
      reason: expect.stringContaining(field) as string,
    });
  }
  expect(readReleaseHeader(signed(JSON.stringify({ ...manifest, colour: 'red' })), publicKey).is).toBe(
    'read',
  );
});

test.each([
  ['nonsense', 'has a manifest that is not JSON'],
  ['[]', 'has a manifest whose name is out of its limits'],
  ['null', 'has a manifest whose content is out of its limits'],
])('well signed nonsense (%s) is refused', (text, reason) => {
  expect(readReleaseHeader(signed(text), publicKey)).toMatchObject({ is: 'refused', reason });
});

test('no bytes at all make it throw, and none are believed', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 6000 }), fc.boolean(), (bytes, starts) => {
      const file = Buffer.concat([Buffer.from(starts ? 'packdial-release 1\n' : ''), bytes]);
      expect(readReleaseHeader(file, publicKey).is).not.toBe('read');
    }),
  );
});

test('an archive of a later kind says so', () => {
  expect(readReleaseHeader(signed('{}', 'packdial-release 2\n'), publicKey)).toEqual({
    is: 'refused',
    reason: 'is of a kind that this packdial is too old for',
  });
});

test('a header without an end is not read for ever', () => {
  const endless = Buffer.concat([Buffer.from('packdial-release 1\n'), Buffer.alloc(longestHeader, 0x41)]);
  expect(readReleaseHeader(endless, publicKey)).toEqual({ is: 'refused', reason: 'has no readable head' });
});

test('versions are compared by their numbers', () => {
  fc.assert(
    fc.property(fc.tuple(number, number, number), fc.tuple(number, number, number), (a, b) => {
      const order = a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
      expect(Math.sign(compareVersions(a.join('.'), b.join('.')))).toBe(Math.sign(order));
    }),
  );
  expect(compareVersions('0.10.0', '0.9.9')).toBeGreaterThan(0);
  expect(compareVersions('latest', '0.0.0')).toBeLessThan(0);
});
