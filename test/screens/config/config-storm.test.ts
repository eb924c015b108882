import fc from 'fast-check';
import { Surface } from '../../../src/render/surface';
import { resolveSettings } from '../../../src/settings/resolve-settings';
import { checkSource } from '../../../src/features/hearing/sources';
import { siteDevices } from '../../../src/features/hearing/site-devices';
import type { DeviceEntry } from '../../../src/screens/config/devices/devices-desk';
import type { SetupContext } from '../../../src/screens/config/devices/setup-view';
import { boat, devicesStory } from './device-stories';
import { FakeSetupServices, firstReading, harbour } from './fake-setup-services';
import { allActions, announced, information, Owner, said } from './config-stories';
import { placeOf } from '../stories';

type Happening =
  | { readonly kind: 'touch'; readonly target: number; readonly slide: number }
  | {
      readonly kind: 'pointer';
      readonly type: 'press' | 'move' | 'release';
      readonly x: number;
      readonly y: number;
    }
  | { readonly kind: 'key'; readonly key: string; readonly held: boolean }
  | { readonly kind: 'save' }
  | { readonly kind: 'wait'; readonly ms: number };

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('touch' as const),
      target: fc.nat(60),
      slide: fc.integer({ min: -400, max: 400 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('pointer' as const),
      type: fc.constantFrom('press' as const, 'move' as const, 'release' as const),
      x: fc.integer({ min: -5, max: 805 }),
      y: fc.integer({ min: -5, max: 485 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('key' as const),
      key: fc.oneof(
        fc.constantFrom(
          'Enter',
          'Escape',
          'Left',
          'Right',
          'Backspace',
          'Delete',
          'Home',
          'End',
          'Tab',
          'F1',
          'Unknown',
        ),
        fc.string({ minLength: 1, maxLength: 1, unit: 'grapheme' }),
      ),
      held: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'save' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(900) }) },
);

/** Refuses what the next start would refuse, as the machine does. */
class CheckingServices extends FakeSetupServices {
  override check(entries: readonly DeviceEntry[], bank: SetupContext['bank']): Promise<string | undefined> {
    return siteDevices({ devices: [...entries], bank: typeof bank === 'string' ? bank : [...bank] }).then(
      () => undefined,
      (error: unknown) => (error as Error).message,
    );
  }
}

const silence = { code: 'lan-no-answer', values: { place: '10.0.0.2:9000' } } as const;

test('no touches and keys make the settings throw or write a file that the next start would refuse; painted in parts they look as painted at once', async () => {
  let written = 0;
  let pictures = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(happening, { minLength: 30, maxLength: 90 }),
      fc.boolean(),
      async (story, wired) => {
        const link = announced();
        const services = new CheckingServices();
        const made = devicesStory({
          values: { night: '21:00-06:30', devices: [...boat.slice(0, 3), boat[4]!] },
          facts: { services },
        });
        const owner = new Owner({
          editor: made.editor,
          devices: made.devices,
          information,
          service: allActions(),
          ...(wired ? { wired } : { controller: link }),
        });
        const [surface, whole] = [new Surface(800, 480), new Surface(800, 480)];
        let scene: unknown;
        for (const [i, what] of story.entries()) {
          owner.navigator.open('settings');
          act(owner, what);
          if (i % 7 === 3 && link.saves.length > 0) link.ask(undefined);
          if (i % 3 === 2)
            link.end(i % 2 === 0 ? {} : { HIVOLT: { state: 'refused', reason: said('Locked.') } });
          if (i % 2 === 1) services.found(i % 4 === 1 ? harbour : { devices: [], listed: 1, others: 2 });
          if (i % 5 === 2) services.searched();
          if (i % 3 === 1) services.tried(i % 2 === 0 ? { trouble: silence } : { value: firstReading });
          await owner.saved();
          if (owner.navigator.scene !== scene) surface.show(owner.navigator.scene);
          scene = owner.navigator.scene;
          surface.repaint();
          if (i % 5 !== 0) continue;
          pictures++;
          whole.show(owner.navigator.scene);
          whole.repaint();
          if (!surface.canvas.toBuffer('raw').equals(whole.canvas.toBuffer('raw')))
            throw new Error(`after ${JSON.stringify(what)} the picture differs from a whole repaint`);
        }
        for (const values of made.written) {
          written++;
          const settings = resolveSettings([{ values, describe: (name) => name }]);
          checkSource(settings);
          await siteDevices(settings);
          expect(JSON.parse(JSON.stringify(values))).toEqual(values);
        }
      },
    ),
    { numRuns: 60 },
  );
  expect([written, pictures].map((count) => count > 20)).toEqual([true, true]);
}, 120_000);

function act(owner: Owner, what: Happening): void {
  switch (what.kind) {
    case 'touch': {
      const { targets } = owner.screen;
      const target = targets[what.target % targets.length];
      if (target === undefined) return;
      const place = placeOf(targets, target.name);
      owner.navigator.pointer({ type: 'press', ...place });
      const to = Math.abs(what.slide) < 200 ? place : { ...place, x: place.x + what.slide };
      owner.navigator.pointer({ type: 'move', ...to });
      owner.navigator.pointer({ type: 'release', ...to });
      owner.look(20);
      return;
    }
    case 'pointer':
      owner.navigator.pointer(what);
      owner.look(20);
      return;
    case 'key':
      owner.key(what.key, { action: what.held ? 'repeat' : 'down' });
      return;
    case 'save':
      for (const name of ['key done', 'no', 'save', 'yes'])
        if (owner.names().includes(name)) owner.touch(name);
      return;
    case 'wait':
      owner.look(what.ms);
  }
}
