import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { join } from 'node:path';
import { checkRoom, receiveRelease, whyUnwanted } from '../../src/update/receive-release';
import { folderOfEachTest } from '../temporary-folder';
import { archive, manifestFor, publicKey, stranger } from './keys';
import { refusal } from './trial-machine';

const folder = folderOfEachTest();
const content = Buffer.from('the payload of a release, '.repeat(400));

function receive(bytes: Buffer, chunk = 1000, accept: () => void = () => undefined): Promise<unknown> {
  const chunks = function* (): Generator<Buffer> {
    for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
  };
  return receiveRelease(Readable.from(chunks()), {
    name: 'packdial-2.0.0.pdr',
    key: publicKey,
    accept,
    progress: () => undefined,
    file: join(folder(), 'payload'),
  });
}

const left = (): boolean => existsSync(join(folder(), 'payload'));

test('a release comes in whole, in pieces of any size', async () => {
  for (const chunk of [1, 7, 300, 100_000]) {
    expect(await receive(archive(content), chunk)).toEqual(manifestFor(content));
    expect(readFileSync(join(folder(), 'payload')).equals(content)).toBe(true);
    (await import('node:fs')).rmSync(join(folder(), 'payload'));
  }
});

test('cut short at any place it is refused, and nothing of it is left', async () => {
  const whole = archive(content);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 1 }), async (length) => {
      expect(await refusal(receive(whole.subarray(0, length)))).toMatch(
        /^packdial-2\.0\.0\.pdr (ends before its head does|ends too early \(\d MB of \d MB\): copy it again)\.$/,
      );
      expect(left()).toBe(false);
    }),
    { numRuns: 60 },
  );
});

test('changed at any place it is refused, and nothing of it is left', async () => {
  const whole = archive(content);
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: whole.length - 1 }),
      fc.integer({ min: 1, max: 255 }),
      async (at, flip) => {
        const changed = Buffer.from(whole);
        changed[at] = changed[at]! ^ flip;
        expect(await refusal(receive(changed))).toMatch(/^packdial-2\.0\.0\.pdr (is|has) .*\.$/);
        expect(left()).toBe(false);
      },
    ),
    { numRuns: 100 },
  );
});

test('what comes after its end is refused', async () => {
  expect(await refusal(receive(Buffer.concat([archive(content), Buffer.from('x')])))).toBe(
    'packdial-2.0.0.pdr is longer than it should be.',
  );
  expect(left()).toBe(false);
});

test('signed by somebody else it is refused before a byte is written', async () => {
  const accept = jest.fn();
  expect(await refusal(receive(archive(content, {}, stranger), 500, accept))).toBe(
    'packdial-2.0.0.pdr is not signed by the maker whose key is installed here, or was changed since.',
  );
  expect(accept).not.toHaveBeenCalled();
});

test('a stick that is pulled out is told as such', async () => {
  const chunks = async function* (): AsyncGenerator<Buffer> {
    yield await Promise.resolve(archive(content).subarray(0, 2000));
    throw Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO' });
  };
  const received = receiveRelease(chunks(), {
    name: 'a.pdr',
    key: publicKey,
    accept: () => undefined,
    progress: () => undefined,
    file: join(folder(), 'payload'),
  });
  expect(await refusal(received)).toBe("a.pdr can't be read to its end (was the stick pulled out?).");
  expect(left()).toBe(false);
});

test('a disk that becomes full meanwhile is told as such', async () => {
  const received = receiveRelease(Readable.from([archive(content)]), {
    name: 'a.pdr',
    key: publicKey,
    accept: () => Promise.reject(Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' })),
    progress: () => undefined,
    file: join(folder(), 'payload'),
  });
  expect(await refusal(received)).toBe('The disk became full while a.pdr was received.');
});

const here = { running: '1.5.0', arch: 'arm64' };
test.each([
  [{ version: '1.4.9' }, {}, /^is older \(1\.4\.9\) than what runs \(1\.5\.0\); .*--force/],
  [{ version: '1.4.9' }, { force: true }, undefined],
  [{ version: '1.5.0' }, {}, undefined],
  [{ version: '1.10.0' }, {}, undefined],
  [{ arch: 'arm' }, {}, /^is for another processor \(arm; this one is arm64\)$/],
  [{ arch: 'arm' }, { force: true }, /processor/],
  [
    { version: '3.0.0', minimumVersion: '2.0.0' },
    {},
    /^needs version 2\.0\.0 before it \(1\.5\.0 runs\): install that first$/,
  ],
])('of a release with %o and %o the verdict is %p', (changes, how, verdict) => {
  const manifest = manifestFor(content, { version: '2.0.0', arch: 'arm64', ...changes });
  const why = whyUnwanted(manifest, { ...here, ...how });
  if (verdict === undefined) expect(why).toBeUndefined();
  else expect(why).toMatch(verdict);
});

test('room is needed for the archive, for what is in it, and for the log', () => {
  const manifest = manifestFor(content, { size: 50_000_000, unpacked: 150_000_000 });
  expect(() => checkRoom(manifest, 267_200_000)).not.toThrow();
  expect(() => checkRoom(manifest, 267_000_000)).toThrow(
    'The disk is too full for an update: 268 MB are needed and 267 MB are free.',
  );
});
