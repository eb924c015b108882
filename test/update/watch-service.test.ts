import type { RunProgram } from '../../src/update/run-program';
import { serviceState, watchService, type ServiceState } from '../../src/update/watch-service';

/** Watches a service that is, from each second on, in the state beside it; undefined: systemd does not answer. */
async function watch(
  course: Readonly<Record<number, ServiceState | undefined>>,
): Promise<{ why: string | undefined; seconds: number; parts: number[] }> {
  let now = 0;
  const parts: number[] = [];
  const why = await watchService({
    state: () => {
      const since = Object.keys(course)
        .map(Number)
        .filter((second) => second * 1000 <= now);
      return Promise.resolve(course[Math.max(...since)]);
    },
    sleep: (ms) => {
      now += ms;
      return Promise.resolve();
    },
    now: () => now,
    looked: (part) => parts.push(part),
    startSeconds: 90,
    watchSeconds: 60,
  });
  return { why, seconds: now / 1000, parts };
}

const starting = { active: false, failed: false, pid: 7 };
const shows = (pid: number): ServiceState => ({ active: true, failed: false, pid });

test('S0.69: well is what shows its first picture and lives on for a minute', async () => {
  const { why, seconds, parts } = await watch({ 0: starting, 20: shows(7) });
  expect(why).toBeUndefined();
  expect(seconds).toBe(80);
  expect(parts).toEqual([...parts].sort((a, b) => a - b));
  expect(parts.at(-1)).toBeLessThanOrEqual(1);
});

test.each<[string, Readonly<Record<number, ServiceState | undefined>>, string]>([
  ['never shows a picture', { 0: starting }, 'no picture'],
  ['is given up', { 0: starting, 5: { active: false, failed: true, pid: 0 } }, 'not started'],
  ['dies later', { 0: shows(7), 59: starting }, 'not kept running'],
  ['is replaced by another process', { 0: shows(7), 30: shows(8) }, 'not kept running'],
  ['can not be asked', { 0: undefined }, 'no picture'],
  ['can not be asked any more', { 0: shows(7), 10: undefined }, 'not watched'],
])('one that %s is not well', async (_, course, why) => {
  expect((await watch(course)).why).toBe(why);
});

test('an answer that is missing once is no harm', async () => {
  expect((await watch({ 0: shows(7), 10: undefined, 12: shows(7) })).why).toBeUndefined();
});

test('systemctl is understood', async () => {
  const says =
    (stdout: string, code = 0): RunProgram =>
    () =>
      Promise.resolve({ code, stdout, stderr: '' });
  expect(await serviceState(says('MainPID=412\nActiveState=active\n'))).toEqual(shows(412));
  expect(await serviceState(says('MainPID=0\nActiveState=failed\n'))).toEqual({
    active: false,
    failed: true,
    pid: 0,
  });
  expect(await serviceState(says('MainPID=9\nActiveState=activating\n'))).toEqual({
    active: false,
    failed: false,
    pid: 9,
  });
  expect(await serviceState(says('', 1))).toBeUndefined();
});
