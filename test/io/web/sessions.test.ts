import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { readSessions, SessionFile } from '../../../src/io/web/session-file';
import { Sessions, type KeptSession } from '../../../src/io/web/sessions';
import { temporaryFolder } from '../../temporary-folder';

const passwords = { control: 'Sesame123', view: 'LookOnly1' };
const day = 86_400_000;

test('a login opens what its password opens, and nothing else does', () => {
  const sessions = new Sessions(passwords);
  const control = sessions.open('control', 0);
  const view = sessions.open('view', 0);
  expect(sessions.access(control, 1)).toBe('control');
  expect(sessions.access(view, 1)).toBe('view');
  expect(control).toMatch(/^[\w-]{43}$/);
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\w-]{43}$/)), (token) => {
      expect(sessions.access(token, 1)).toBe('none');
    }),
  );
  expect(sessions.access(undefined, 1)).toBe('none');
});

test('it ends after thirty days, and with a logout', () => {
  const sessions = new Sessions(passwords);
  const [a, b] = [sessions.open('control', 0), sessions.open('control', 0)];
  expect(sessions.access(a, 30 * day - 1)).toBe('control');
  expect(sessions.access(a, 30 * day)).toBe('none');
  sessions.close(b);
  expect(sessions.access(b, 1)).toBe('none');
  expect(sessions.access(a, 1)).toBe('control');
});

test.each(['view', 'control'] as const)('there are 32 for %s at the most; the oldest goes', (access) => {
  const sessions = new Sessions(passwords);
  const tokens = Array.from({ length: 33 }, () => sessions.open(access, 0));
  expect(sessions.access(tokens[0], 1)).toBe('none');
  expect(sessions.access(tokens[1], 1)).toBe(access);
  expect(sessions.access(tokens[32], 1)).toBe(access);
});

test('who may only look throws nobody out who may touch, however often he logs in, and is let in himself', () => {
  let kept: readonly KeptSession[] = [];
  const sessions = new Sessions(passwords, [], (list) => (kept = list));
  const owners = Array.from({ length: 32 }, () => sessions.open('control', 0));
  for (let i = 0; i < 100; i++) {
    const guest = sessions.open('view', 0);
    expect(sessions.access(guest, 1)).toBe('view');
    if (i % 2 === 0) sessions.close(guest);
  }
  for (const all of [sessions, new Sessions(passwords, kept)]) {
    expect(owners.map((owner) => all.access(owner, 1))).toEqual(owners.map(() => 'control'));
  }
  expect(kept).toHaveLength(64);
});

test('it outlasts a restart, but not another password', () => {
  let kept: readonly KeptSession[] = [];
  const token = new Sessions(passwords, [], (list) => (kept = list)).open('control', 0);
  expect(JSON.stringify(kept)).not.toContain(token);
  expect(new Sessions(passwords, kept).access(token, 1)).toBe('control');
  expect(new Sessions({ ...passwords, control: 'Other1234' }, kept).access(token, 1)).toBe('none');
  // The password for control was taken away: a login for it must not become one for nobody's password.
  expect(new Sessions({ ...passwords, control: '' }, kept).access(token, 1)).toBe('none');
});

describe('the file', () => {
  const file = join(temporaryFolder(), 'web-sessions.json');
  const sessions: KeptSession[] = [{ access: 'view', digest: 'ab'.repeat(32), expires: 12 }];

  test('keeps the latest for the owner alone', async () => {
    const keeper = new SessionFile(file);
    keeper.keep([]);
    keeper.keep(sessions);
    await keeper.written();
    expect(await readSessions(file)).toEqual(sessions);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('of a version that did not keep what a login is for is taken for logins to touch', async () => {
    writeFileSync(file, JSON.stringify([{ digest: 'cd'.repeat(32), expires: 7 }]));
    expect(await readSessions(file)).toEqual([{ access: 'control', digest: 'cd'.repeat(32), expires: 7 }]);
  });

  test.each([
    '',
    '{',
    '{}',
    '[{"digest":"zz","expires":1}]',
    '[{"digest":"ab"}]',
    '[null]',
    `[{"access":"all","digest":"${'ab'.repeat(32)}","expires":1}]`,
  ])('damaged as %j is no file', async (content) => {
    writeFileSync(file, content);
    expect(await readSessions(file)).toEqual([]);
    expect(readFileSync(file, 'utf8')).toBe(content);
  });

  test('that can’t be written or read is no trouble', async () => {
    const keeper = new SessionFile('/proc/nowhere/web-sessions.json');
    keeper.keep(sessions);
    await keeper.written();
    expect(await readSessions('/proc/nowhere/web-sessions.json')).toEqual([]);
  });
});
