import { fstatSync } from 'node:fs';
import { goesToJournal, journalLine, plainLine } from '../../src/logging/log-line';

test('lines for people name their level, lines for the journal have a priority each', () => {
  expect(plainLine(['warn', 'No touch'])).toBe('warn: No touch');
  expect((['error', 'warn', 'info', 'debug'] as const).map((level) => journalLine([level, 'x']))).toEqual([
    '<3>x',
    '<4>x',
    '<6>x',
    '<7>x',
  ]);
  expect(journalLine(['error', 'Error: broken\n    at here'])).toBe('<3>Error: broken\n<3>    at here');
});

test('what was heard does not steer the terminal', () => {
  expect(plainLine(['warn', 'bad line: \u001b[2J\r\u0007é'])).toBe('warn: bad line: ·[2J··é');
});

test('the journal is where JOURNAL_STREAM says it is, and nowhere else', () => {
  const { dev, ino } = fstatSync(2, { bigint: true });
  expect(goesToJournal(`${dev}:${ino}`)).toBe(true);
  expect(goesToJournal(`${dev}:${ino + 1n}`)).toBe(false);
  expect(goesToJournal(undefined)).toBe(false);
  expect(goesToJournal(`${dev}:${ino}`, 1_000_000)).toBe(false);
});
