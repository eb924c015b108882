import { displayHealth } from '../../../src/features/remote/health';
import { Site } from '../../../src/model/site';
import { heardAt, surroundings, tell } from '../../screens/stories';

const size = { width: 800, height: 480, present: () => undefined, close: () => undefined };

/** @param age ms since the battery was heard @param reached of the panels */
function health(age: number, ...reached: readonly (boolean | undefined)[]) {
  const site = new Site();
  const { battery } = tell({ modules: 16, current: 124, voltage: 49.4 });
  Object.defineProperty(site, 'main', { value: { battery } });
  return displayHealth({
    outputs: reached.map((each) => ({ ...size, ...(each !== undefined && { reached: each }) })),
    site,
    clock: { monotonic: () => heardAt + age },
    surroundings: () => surroundings(age),
  });
}

test('all is well while the picture is on the panel and the battery is received', () => {
  expect(health(200, true, undefined)).toEqual({ status: 'ok', panel: 'shown', source: 'live' });
  expect(health(200, undefined)).toEqual({ status: 'ok', panel: 'none', source: 'live' });
});

test('a panel that takes no pixels, and a battery that is not received, are trouble', () => {
  expect(health(200, true, false)).toEqual({ status: 'trouble', panel: 'failing', source: 'live' });
  expect(health(5000, true)).toEqual({ status: 'trouble', panel: 'shown', source: 'late' });
  expect(health(65_000, true)).toEqual({ status: 'trouble', panel: 'shown', source: 'silent' });
});
