import type { FileHandle } from 'node:fs/promises';
import fc from 'fast-check';
import { isEarlierCopy, isUnfinished, nameKept, splitLog } from '../../../src/io/stick/log-parts';

const name = 'PowerSafe100.log';

/** A file of these bytes. */
function file(text: string): Pick<FileHandle, 'read'> {
  const bytes = Buffer.from(text);
  const read = (to: Buffer, offset: number, length: number, at: number) =>
    Promise.resolve({ bytesRead: bytes.copy(to, offset, at, at + length), buffer: to });
  return { read } as unknown as Pick<FileHandle, 'read'>;
}

test('S0.67: a log that fits is one file of its name', async () => {
  expect(await splitLog(file('a\nb\n'), { name, size: 4, limit: 4 })).toEqual([{ name, start: 0, end: 4 }]);
});

test('S0.67: a log that is longer than a file of the stick may be is cut between lines, and the parts are numbered', async () => {
  expect(await splitLog(file('aaa\nbbb\nccc\nddd\n'), { name, size: 16, limit: 10 })).toEqual([
    { name: 'PowerSafe100-part1of2.log', start: 0, end: 8 },
    { name: 'PowerSafe100-part2of2.log', start: 8, end: 16 },
  ]);
});

test('parts are all of the log, in order, none too long, and cut between lines where lines allow', async () => {
  const lines = fc.array(fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 9 }), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(lines, fc.integer({ min: 10, max: 60 }), async (all, limit) => {
      const text = all.map((line) => `${line}\n`).join('');
      const parts = await splitLog(file(text), { name, size: text.length, limit });
      expect(parts.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
      for (const { start, end } of parts) {
        expect(end - start).toBeLessThanOrEqual(limit);
        expect(text[end - 1]).toBe('\n');
      }
    }),
  );
});

test('what a log was copied as before is known by its name, and nothing else is touched', () => {
  expect(
    ['PowerSafe100.log', 'POWERSAFE100.LOG', 'PowerSafe100-part2of3.log'].map((each) =>
      isEarlierCopy(each, name),
    ),
  ).toEqual([true, true, true]);
  for (const other of [
    'PowerSafe100-2026-11-20-1830.log',
    'PowerSafe100.log.txt',
    'PowerSafe1000.log',
    'PowerSafe100xlog',
    'PowerSafe100-simulated.log',
    'photo.jpg',
  ]) {
    expect([other, isEarlierCopy(other, name), isUnfinished(other, name)]).toEqual([other, false, false]);
  }
  expect(isUnfinished('PowerSafe100-part2of3.log.unfinished', name)).toBe(true);
  expect(isUnfinished('PowerSafe100.log', name)).toBe(false);
});

test('an earlier copy is kept under the time at which it was made', () => {
  const made = new Date(2026, 10, 20, 18, 30);
  expect(nameKept('PowerSafe100.log', name, made, [])).toBe('PowerSafe100-2026-11-20-1830.log');
  expect(nameKept('PowerSafe100-part1of2.log', name, made, [])).toBe(
    'PowerSafe100-2026-11-20-1830-part1of2.log',
  );
  const taken = ['POWERSAFE100-2026-11-20-1830.LOG', 'PowerSafe100-2026-11-20-1830-2.log'];
  expect(nameKept('PowerSafe100.log', name, made, taken)).toBe('PowerSafe100-2026-11-20-1830-3.log');
});
