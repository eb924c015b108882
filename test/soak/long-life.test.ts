import { join } from 'node:path';
import { root } from '../screens/stories';
import { temporaryFolder } from '../temporary-folder';
import { LongLife } from './long-life';
import { complaints, growth, sample, type Sample } from './memory';

const folder = temporaryFolder();

test('two hours of a bad wire, set clocks, touched screens and a broken framebuffer leave nothing behind', async () => {
  const life = new LongLife(root, join(folder, 'framebuffer.raw'));
  await life.live(1);
  const first = await sample(0);
  const { pending } = life.time;
  const { logLines } = life;
  await life.live(1);
  const last = await sample(0);
  expect(life.faults).toEqual([]);
  expect(last.files).toBe(first.files);
  expect(life.time.pending).toBe(pending);
  // Each hour something breaks in a handful of ways, and nonsense of six kinds is told of every ten minutes.
  expect(life.logLines - logLines).toBeLessThan(70);
  // 240 cells: 48 frames a second, but for the outages.
  expect(life.heard).toBeGreaterThan(2 * 3600 * 42);
  expect(life.pictures).toBeGreaterThan(2 * 3600);
  await life.end();
  expect(life.time.pending).toBeLessThanOrEqual(1);
}, 240_000);

/** Samples of a week, one a quarter of a day, with a resident memory of `megabytes(days)`. */
function week(megabytes: (days: number) => number, files: (days: number) => number = () => 20): Sample[] {
  return Array.from({ length: 28 }, (_, i) => {
    const days = (i + 1) / 4;
    return { days, resident: megabytes(days), heap: 7, external: 2, files: files(days), resources: 0 };
  });
}

test('memory that grows on the first day only is well, and memory that goes on growing is not', () => {
  expect(complaints(week((days) => 80 + 20 * Math.min(1, days)))).toEqual([]);
  expect(complaints(week((days) => 80 + Math.sin(days * 9)))).toEqual([]);
  expect(complaints(week((days) => 80 + 1.1 * days))).toEqual(['resident memory grows by 1.10 MB a day']);
  expect(complaints(week(() => 80, (days) => 20 + Math.floor(days)))).toEqual(['files went from 21 to 27']); // prettier-ignore
  expect(
    growth(
      week((days) => 5 * days),
      'resident',
    ),
  ).toBeCloseTo(5, 9);
});

test('too few samples are no proof', () => {
  expect(complaints(week(() => 80).slice(0, 4))).toEqual(['too short a time to be judged']);
});
