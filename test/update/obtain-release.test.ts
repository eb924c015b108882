import { createServer, type Server } from 'node:http';
import { mkdirSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { nothingFoundText } from '../../src/words/en';
import { NothingThere, obtainRelease, UpToDate, type Obtaining } from '../../src/update/obtain-release';
import { UserError } from '../../src/base/user-error';
import { folderOfEachTest } from '../temporary-folder';
import { archive, publicKey, stranger } from './keys';
import { refusal } from './trial-machine';
import { updateText } from '../../src/words/en';

const folder = folderOfEachTest();
const content = Buffer.from('payload');
let server: Server | undefined;
afterEach(() => server?.close());

/** A folder with archives of these versions. */
function stick(archives: Readonly<Record<string, Buffer>>): string {
  const path = join(folder(), 'stick');
  mkdirSync(path);
  for (const [name, bytes] of Object.entries(archives)) writeFileSync(join(path, name), bytes);
  return path;
}

async function serve(bytes: Buffer): Promise<string> {
  server = createServer((_, response) => response.end(bytes));
  await new Promise<void>((listening) => server?.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/x.pdr`;
}

const of = (version: string, changes = {}): Buffer => archive(content, { version, ...changes });
const nowhere = 'https://no-such-host.invalid/x';

function obtain(place: { stick?: string; url?: string }, changes: Partial<Obtaining> = {}): Promise<string> {
  return obtainRelease(
    { stick: place.stick, url: place.url ?? '' },
    {
      key: () => publicKey,
      wanted: { running: '1.0.0', arch: process.arch },
      file: join(folder(), 'payload'),
      free: () => Promise.resolve(1e12),
      tell: () => undefined,
      ...changes,
    },
  ).then(({ version }) => version);
}

test('S0.69: of several on the stick the newest that fits is taken, whatever the others are', async () => {
  const place = stick({
    'packdial-1.2.0-x.pdr': of('1.2.0'),
    'packdial-1.10.0-x.pdr': of('1.10.0'),
    'packdial-0.9.0-x.pdr': of('0.9.0'),
    'packdial-9.0.0-other.pdr': of('9.0.0', { arch: 'mips' }),
    'packdial-8.0.0-x.pdr': archive(content, { version: '8.0.0' }, stranger),
    'packdial-7.0.0-x.pdr': of('7.0.0').subarray(0, 50),
    'notes.txt': Buffer.from('hello'),
  });
  expect(await obtain({ stick: place })).toBe('1.10.0');
});

test('S0.69: without a stick, or with nothing newer on it, the update address is asked', async () => {
  const url = await serve(of('3.0.0'));
  expect(await obtain({ url })).toBe('3.0.0');
  (await import('node:fs')).rmSync(join(folder(), 'payload'));
  expect(await obtain({ url, stick: stick({ 'packdial-1.0.0.pdr': of('1.0.0') }) })).toBe('3.0.0');
});

test('a release on the stick spares the network', async () => {
  expect(await obtain({ stick: stick({ 'packdial-2.0.0.pdr': of('2.0.0') }), url: nowhere })).toBe('2.0.0');
});

test('S0.70: where there is nothing anywhere, that is told, with each place', async () => {
  const nothing = async (place: { stick?: string; url?: string }): Promise<string> => {
    const error: unknown = await obtain(place, {
      key: () => {
        throw new UserError('No key.');
      },
    }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(NothingThere);
    return nothingFoundText((error as NothingThere).found);
  };
  expect(await nothing({})).toBe('There is no stick and no update address is set');
  expect(await nothing({ stick: stick({ 'readme.txt': content }) })).toBe(
    'There is no release on the stick and no update address is set',
  );
});

test('S0.70: an address that is out of reach counts as nothing', async () => {
  const error: unknown = await obtain({ url: nowhere }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(NothingThere);
  expect(nothingFoundText((error as NothingThere).found)).toMatch(
    /^There is no stick, and no-such-host\.invalid can't be reached: ./,
  );
});

test('without a key what is there can not be checked, and that is told', async () => {
  const key = (): never => {
    throw new UserError('There is no key.');
  };
  expect(await refusal(obtain({ stick: stick({ 'packdial-2.0.0.pdr': of('2.0.0') }) }, { key }))).toBe(
    'There is no key.',
  );
  expect(await refusal(obtain({ url: await serve(of('2.0.0')) }, { key }))).toBe('There is no key.');
});

test('what runs already is no news', async () => {
  await expect(obtain({ url: await serve(of('1.0.0')) })).rejects.toBeInstanceOf(UpToDate);
  await expect(
    obtain({ stick: stick({ 'packdial-1.0.0.pdr': of('1.0.0'), 'packdial-0.5.0.pdr': of('0.5.0') }) }),
  ).rejects.toBeInstanceOf(UpToDate);
});

test.each<[string, Buffer, RegExp]>([
  [
    'tampered with',
    Buffer.concat([of('2.0.0').subarray(0, 150), Buffer.from('!'), of('2.0.0').subarray(151)]),
    /^packdial-a\.pdr is not signed by the maker/,
  ],
  [
    'for another processor',
    of('2.0.0', { arch: 'mips' }),
    /^packdial-a\.pdr is for another processor \(mips; /,
  ],
  ['older', of('0.9.0'), /^packdial-a\.pdr is older \(0\.9\.0\) than what runs \(1\.0\.0\)/],
  [
    'too new a step',
    of('9.0.0', { minimumVersion: '5.0.0' }),
    /^packdial-a\.pdr needs version 5\.0\.0 before it/,
  ],
])(
  'one that is %s is refused in a sentence, from the stick and the network alike',
  async (_, bytes, sentence) => {
    expect(await refusal(obtain({ stick: stick({ 'packdial-a.pdr': bytes }) }))).toMatch(sentence);
    const fromNetwork = new RegExp(sentence.source.replace('packdial-a\\.pdr', 'The release'));
    expect(await refusal(obtain({ url: await serve(bytes) }))).toMatch(fromNetwork);
  },
);

test('a damaged one is told of, though another on the stick is what runs', async () => {
  const place = stick({
    'packdial-1.0.0.pdr': of('1.0.0'),
    'packdial-2.0.0.pdr': of('2.0.0').subarray(0, 99),
  });
  expect(await refusal(obtain({ stick: place }))).toBe('packdial-2.0.0.pdr ends before its head does.');
});

test('too full a disk is told before anything is written', async () => {
  const place = stick({ 'packdial-2.0.0.pdr': of('2.0.0') });
  expect(await refusal(obtain({ stick: place }, { free: () => Promise.resolve(10_000_000) }))).toBe(
    'The disk is too full for an update: 68 MB are needed and 10 MB are free.',
  );
});

test('it is told how far it has come', async () => {
  const told: [string, number | undefined][] = [];
  await obtain(
    { stick: stick({ 'packdial-2.0.0.pdr': of('2.0.0') }) },
    { tell: (step, part) => told.push([updateText(step), part]) },
  );
  expect(told.at(-1)).toEqual(['Copying version 2.0.0: 1 MB of 1 MB', 1]);
});
