import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BrokerStore } from '../../src/io/mqtt/broker-store';
import { importFromStick } from '../../src/io/mqtt/stick-import';
import { StickError } from '../../src/io/stick/choose-stick';
import type { BrokerFilesReport } from '../../src/model/broker-files-reports';
import { stickFilesText } from '../../src/words/en';
import { temporaryFolder } from '../temporary-folder';
import { Authority, pem } from './certificates';

const folder = temporaryFolder();
const today = new Date('2026-06-12T10:00:00Z');
let authority: Authority;
let good: Record<string, string>;
let sticks = 0;

beforeAll(() => {
  authority = new Authority(folder, 'authority');
  const { cert, key } = authority.issue('display', { to: '20491231235959Z' });
  good = {
    'aws_url': 'abc-ats.iot.eu-west-1.amazonaws.com\n',
    'aws_cert.pem.crt': pem(cert),
    'aws_privkey.pem.key': pem(key),
  }; // prettier-ignore
});

/** A report with its words. */
function shown(report: BrokerFilesReport) {
  return { code: report.code, text: stickFilesText(report) };
}

/** What becomes of a stick with these files; `undefined` for one that is missing. */
async function brought(files: Record<string, string | undefined>, { wall = today, store = '' } = {}) {
  const stick = join(folder, `stick-${++sticks}`);
  mkdirSync(stick);
  for (const [name, text] of Object.entries(files))
    if (text !== undefined) writeFileSync(join(stick, name), text);
  return shown(
    await importFromStick(
      new BrokerStore(store === '' ? join(folder, `store-${sticks}`) : store),
      () => wall,
      () => Promise.resolve({ folder: stick, release: () => Promise.resolve(true) }),
    ),
  );
}

test('S0.115, S0.116: good files are taken once', async () => {
  const store = join(folder, 'store');
  const text = 'abc-ats.iot.eu-west-1.amazonaws.com, certificate valid until 2049-12-31';
  expect(await brought(good, { store })).toEqual({ code: 'files-taken', text: `The broker files were taken from the stick: ${text}` }); // prettier-ignore
  expect(await brought(good, { store })).toEqual({ code: 'files-known', text: `The broker files on the stick are known: ${text}` }); // prettier-ignore
  expect(await brought({ 'holiday.jpg': 'x' })).toEqual({ code: 'files-none', text: '' });
});

test.each([
  ['two lines', { aws_url: 'a.example\nb.example\n' }, 'aws_url has more than one line'],
  ['no host name', { aws_url: 'https://a.example/' }, 'aws_url holds no host name'],
  ['nothing in it', { aws_url: '\n' }, 'aws_url holds no host name'],
  ['too long a name', { aws_url: 'a'.repeat(300) }, 'aws_url on the stick has 300 bytes, and may have 255'],
  [
    'a file too large',
    { 'aws_cert.pem.crt': 'x'.repeat(70_000) },
    'aws_cert.pem.crt on the stick has 70000 bytes',
  ],
  ['no certificate', { 'aws_cert.pem.crt': 'hello' }, 'aws_cert.pem.crt is no certificate in PEM format'],
  ['no key', { 'aws_privkey.pem.key': 'hello' }, 'aws_privkey.pem.key is no private key in PEM format'],
  [
    'one missing',
    { 'aws_privkey.pem.key': undefined },
    'The stick lacks aws_privkey.pem.key: all three files',
  ],
])('files with a fault are refused in words: %s', async (_, files, words) => {
  expect((await brought({ ...good, ...files })).text).toContain(words);
});

test('a key of another certificate, one with a password, a link and a folder', async () => {
  const other = authority.issue('other');
  expect((await brought({ ...good, 'aws_privkey.pem.key': pem(other.key) })).text).toBe(
    'aws_privkey.pem.key is not the key of aws_cert.pem.crt: download both anew, together',
  );
  const locked = execFileSync('openssl', ['pkcs8', '-topk8', '-in', other.key, '-passout', 'pass:hush'], { encoding: 'utf8' }); // prettier-ignore
  expect((await brought({ ...good, 'aws_privkey.pem.key': locked })).text).toBe(
    'aws_privkey.pem.key is locked with a password: bring one without',
  );
  const stick = join(folder, 'links');
  mkdirSync(join(stick, 'aws_url'), { recursive: true });
  symlinkSync('/etc/passwd', join(stick, 'aws_cert.pem.crt'));
  const store = new BrokerStore(join(folder, 'none'));
  const open = () => Promise.resolve({ folder: stick, release: () => Promise.resolve(true) });
  const { code, text } = shown(await importFromStick(store, () => today, open));
  expect(['file-linked', 'file-no-file']).toContain(code);
  expect(text).toMatch(/on the stick is (a link, )?no file/);
});

test('the dates are looked at as far as it is known what day it is', async () => {
  const old = authority.issue('display', { to: '20210101000000Z' });
  const expired = { ...good, 'aws_cert.pem.crt': pem(old.cert), 'aws_privkey.pem.key': pem(old.key) };
  expect(await brought(expired)).toEqual({
    code: 'file-expired',
    text: 'aws_cert.pem.crt has expired on 2021-01-01 (it is 2026-06-12 here): make a new one',
  });
  const unset = new Date('1970-01-01T00:01:00Z');
  expect(await brought(expired, { wall: unset })).toMatchObject({
    code: 'files-taken',
    text: expect.stringContaining(
      "can't be said before this machine knows the time (its clock says 1970-01-01)",
    ) as string,
  });
  const young = authority.issue('display', { from: '20300101000000Z' });
  const early = { ...good, 'aws_cert.pem.crt': pem(young.cert), 'aws_privkey.pem.key': pem(young.key) };
  expect(await brought(early)).toMatchObject({
    code: 'files-taken',
    text: expect.stringContaining(
      "not valid before 2030-01-01, and this machine's clock says 2026-06-12",
    ) as string,
  });
});

test('two sticks, and no disk, are said in words', async () => {
  const two = () => Promise.reject(new StickError({ code: 'sticks-of-one-name', values: { count: 2 } }));
  const store = new BrokerStore('/proc/nowhere/broker');
  expect(stickFilesText(await importFromStick(store, () => today, two))).toBe(
    'Two sticks named BATTERY are plugged in: leave only one',
  );
  expect((await brought(good, { store: '/proc/nowhere/broker' })).text).toMatch(
    /^The broker files from the stick can't be kept: its folder is missing$/,
  );
});
