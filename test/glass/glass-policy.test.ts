import * as fc from 'fast-check';
import { GlassPolicy, type GlassRules } from '../../src/glass/glass-policy';
import { parseNightHours } from '../../src/glass/night-hours';

const noon = new Date(2026, 5, 12, 12, 0);
const midnight = new Date(2026, 5, 12, 0, 0);
const minute = 60_000;
const rules: GlassRules = {
  brightness: 80,
  nightBrightness: 30,
  night: parseNightHours('21:00-06:30'),
  offAfter: minute,
};

test('after the last touch it stays lit, then warns for five seconds, then is dark', () => {
  const policy = new GlassPolicy(rules, 1000);
  const levels = [1000, 55_999, 56_000, 60_999, 61_000, 9e9].map(
    (now) => policy.look(now, noon, false).level,
  );
  expect(levels).toEqual([80, 80, 10, 10, 0, 0]);
});

test('it says when it will change by itself', () => {
  const policy = new GlassPolicy(rules, 0);
  expect(policy.look(0, noon, false).next).toBe(55_000);
  expect(policy.look(55_000, noon, false).next).toBe(60_000);
  expect(policy.look(60_000, noon, false).next).toBeUndefined();
  expect(new GlassPolicy({ ...rules, offAfter: undefined }, 0).look(5, noon, false).next).toBeUndefined();
});

test('a short time to the dark has half of it for the warning', () => {
  const policy = new GlassPolicy({ ...rules, offAfter: 3000 }, 0);
  expect([0, 1499, 1500, 2999, 3000].map((now) => policy.look(now, noon, false).level)).toEqual([
    80, 80, 10, 10, 0,
  ]);
});

test('the touch that wakes is swallowed from press to release, and the next one is not', () => {
  const policy = new GlassPolicy(rules, 0);
  expect(policy.look(minute, noon, false).level).toBe(0);
  expect(policy.touch('press', minute + 1)).toBe(false);
  expect(policy.look(minute + 1, noon, false).level).toBe(80);
  expect(policy.touch('move', minute + 2)).toBe(false);
  expect(policy.touch('release', minute + 3)).toBe(false);
  expect(policy.touch('press', minute + 4)).toBe(true);
  expect(policy.touch('release', minute + 5)).toBe(true);
});

test('if the release of a swallowed touch is lost, the next press acts', () => {
  const policy = new GlassPolicy(rules, 0);
  policy.look(minute, noon, false);
  expect(policy.touch('press', minute + 1)).toBe(false);
  expect(policy.touch('press', minute + 2)).toBe(true);
});

test('a touch during the warning acts, and brightens', () => {
  const policy = new GlassPolicy(rules, 0);
  expect(policy.look(57_000, noon, false).level).toBe(10);
  expect(policy.touch('press', 57_001)).toBe(true);
  expect(policy.look(57_001, noon, false).level).toBe(80);
});

test('what was to be seen decides, not what the time says: dark is not noticed before it is shown', () => {
  const policy = new GlassPolicy(rules, 0);
  policy.look(59_000, noon, false);
  expect(policy.touch('press', 61_000)).toBe(true);
});

test('a finger that stays down keeps it lit', () => {
  const policy = new GlassPolicy(rules, 0);
  policy.touch('press', 10);
  expect(policy.look(10 * minute, noon, false).level).toBe(80);
  policy.touch('release', 10 * minute);
  expect(policy.look(11 * minute, noon, false).level).toBe(0);
});

test('an alarm wakes a dark screen and keeps it lit; when it is over the whole time begins again', () => {
  const policy = new GlassPolicy(rules, 0);
  expect(policy.look(minute, noon, false).level).toBe(0);
  expect(policy.look(2 * minute, noon, true).level).toBe(80);
  expect(policy.look(12 * minute, noon, true).level).toBe(80);
  // For weeks, if nobody comes: it can still be read, and spares the panel.
  expect(policy.look(99 * minute, noon, true).level).toBe(10);
  policy.touch('press', 99 * minute);
  policy.touch('release', 99 * minute);
  expect(policy.look(99 * minute + 1, noon, true).level).toBe(80);
  expect(policy.look(100 * minute - 6000, noon, false).level).toBe(80);
  expect(policy.look(100 * minute + 1, noon, false).level).toBe(0);
});

test('at night it is less bright, also after a touch, and never brighter than by day', () => {
  const policy = new GlassPolicy(rules, 0);
  expect(policy.look(1, midnight, false).level).toBe(30);
  policy.touch('press', 2);
  expect(policy.look(3, midnight, false).level).toBe(30);
  const dim = new GlassPolicy({ ...rules, brightness: 20, offAfter: undefined }, 0);
  expect(dim.look(1, midnight, false).level).toBe(20);
});

test('the warning does not brighten a screen that is dimmer', () => {
  const policy = new GlassPolicy({ ...rules, brightness: 7 }, 0);
  expect(policy.look(57_000, noon, false).level).toBe(7);
});

/** Something that happens, `after` ms after what happened before. */
const happening = fc.record({
  after: fc.oneof(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 200_000 })),
  what: fc.constantFrom('look', 'look', 'look', 'alarm', 'press', 'move', 'release'),
  // The wall clock may say anything at any time.
  wall: fc.date({ min: new Date(1970, 0, 1), max: new Date(2100, 0, 1), noInvalidDate: true }),
});
const anyRules = fc.record({
  brightness: fc.integer({ min: 5, max: 100 }),
  nightBrightness: fc.integer({ min: 5, max: 100 }),
  night: fc.option(
    fc.record({ from: fc.integer({ min: 0, max: 1439 }), to: fc.integer({ min: 0, max: 1439 }) }),
    { nil: undefined },
  ),
  offAfter: fc.option(fc.integer({ min: 1, max: 100_000 }), { nil: undefined }),
});

test('whatever happens: dark only after the whole time without touch and alarm, and legible otherwise', () => {
  fc.assert(
    fc.property(anyRules, fc.array(happening, { maxLength: 60 }), (anyRule, story) => {
      const policy = new GlassPolicy(anyRule, 0);
      const { offAfter } = anyRule;
      let [now, litAt, down, shown] = [0, 0, false, 1];
      for (const { after, what, wall } of story) {
        now += after;
        if (what === 'look' || what === 'alarm') {
          if (down || what === 'alarm') litAt = now;
          const { level, next } = policy.look(now, wall, what === 'alarm');
          expect(level === 0).toBe(offAfter !== undefined && now - litAt >= offAfter);
          if (level > 0) expect(level).toBeGreaterThanOrEqual(5);
          expect(level).toBeLessThanOrEqual(anyRule.brightness);
          if (next !== undefined) expect(next).toBeGreaterThan(now);
          shown = level;
        } else {
          const passes = policy.touch(what, now);
          if (shown === 0) expect(passes).toBe(false);
          if (shown > 0 && what === 'press') expect(passes).toBe(true);
          down = what !== 'release';
          litAt = now;
          shown = policy.look(now, wall, false).level;
          expect(shown).toBeGreaterThan(0);
        }
      }
    }),
    { numRuns: 500 },
  );
});

test('at the time that it names, it has changed, and not before', () => {
  fc.assert(
    fc.property(anyRules, fc.integer({ min: 0, max: 200_000 }), (anyRule, now) => {
      const policy = new GlassPolicy(anyRule, 0);
      const { level, next } = policy.look(now, noon, false);
      if (next === undefined) return;
      expect(policy.look(next - 0.001, noon, false).level).toBe(level);
      // A warning that is no dimmer than the screen is the one change that is none.
      const then = policy.look(next, noon, false);
      expect(then.level < level || level <= 10).toBe(true);
    }),
  );
});
