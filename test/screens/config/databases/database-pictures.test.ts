import { metrics } from '../../../../src/render/theme';
import { expectGolden } from '../../../golden-picture';
import { boat, connected, lookingAt, type Databases } from './database-story';

const sizes = [
  ['', 800, 480],
  ['-480x320', 480, 320],
  ['-480x800', 480, 800],
] as const;

/** The wireless database has been away for a while. */
function sailing(story: Databases): Databases {
  const [pi = '', ten = '', nas = ''] = boat;
  const away = { code: 'database-no-route', values: { host: 'nas.local' } } as const;
  const wrong = {
    code: 'database-login-refused',
    values: { host: 'pi.local/boat', user: 'packdial' },
  } as const;
  story.live.set(pi, connected({ lastTrouble: { report: wrong, age: 7_500_000 } }));
  story.live.set(ten, connected({ state: 'behind', waiting: 1204, written: 3000 }));
  story.live.set(
    nas,
    connected({
      state: 'down',
      report: away,
      waiting: 12_960,
      written: 0,
      lastTrouble: { report: away, age: 0 },
    }),
  );
  story.owner.look(1100);
  return story;
}

describe.each(sizes)('databases look as they were agreed%s', (suffix, width, height) => {
  const pictured = ({ owner }: Databases, name: string): void => {
    for (const { areas } of owner.screen.targets)
      for (const area of areas) {
        expect(area.width).toBeGreaterThanOrEqual(metrics.touchTarget);
        expect(area.height).toBeGreaterThanOrEqual(metrics.touchTarget);
      }
    expectGolden(owner.picture().canvas, `databases-${name}${suffix}`);
  };

  test('the list, and a page of one', () => {
    const story = sailing(lookingAt(boat, { width, height }));
    pictured(story, 'list');
    story.owner.touch('database 0');
    pictured(story, 'one');
  });

  test('nothing set, and the setting up of one', async () => {
    const story = lookingAt([], { width, height });
    pictured(story, 'none');
    story.owner.touch('add database');
    pictured(story, 'choice');
    story.owner.touch('add postgres').touch('set host').type('pi.local').key('Enter');
    story.owner.touch('set database').type('boat').key('Enter');
    story.owner.touch('set user').type('packdial').key('Enter');
    story.owner.touch('set password').type('hush').key('Enter').touch('encryption');
    pictured(story, 'form');
    story.owner.touch('try');
    if (suffix === '') pictured(story, 'trying');
    await story.answer({
      code: 'database-login-refused',
      values: { host: 'pi.local/boat', user: 'packdial' },
    });
    pictured(story, 'refused');
    story.owner.touch('try');
    await story.answer();
    pictured(story, 'works');
  });
});

test('one address, typed as a whole', () => {
  const story = lookingAt([]);
  story.owner.touch('add database').touch('add other').type('mongodb://pi/boat').key('Enter');
  expectGolden(story.owner.picture().canvas, 'databases-address-problem');
});
