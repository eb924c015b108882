import type { LoadResult } from '../../../src/model/load-switch';
import type { LiveDevice } from '../../../src/screens/config/devices/devices-desk';
import { LoadSwitch } from '../../../src/screens/config/devices/load-switch';
import { Owner } from './config-stories';
import { boat, boatLive, devicesStory } from './device-stories';

/** A charger whose load is on, until `settle` says what came of switching it. */
function charger() {
  const asked: boolean[] = [];
  let on: boolean | undefined = true;
  let settle: (result: LoadResult) => void = () => undefined;
  const live = (): LiveDevice => ({
    ...boatLive['Roof']!,
    load: {
      on,
      switch: (wanted) => {
        asked.push(wanted);
        return new Promise((resolve) => {
          settle = (result) => {
            if (result === 'done') on = wanted;
            resolve(result);
          };
        });
      },
    },
  });
  return {
    asked,
    live,
    settle: (result: LoadResult) => settle(result),
    forget: () => (on = undefined),
  };
}

test('the load is switched only after a yes, once, and by what it is then', async () => {
  const roof = charger();
  const facts = { live: (name: string) => (name === 'Roof' ? roof.live() : boatLive[name]) };
  const owner = new Owner(devicesStory({ values: { devices: boat }, facts })).find('device 3');
  owner.touch('device 3').touch('load').touch('no');
  expect(roof.asked).toEqual([]);
  owner.touch('load').touch('yes');
  expect(roof.asked).toEqual([false]);
  // While it is being switched there is nothing more to ask.
  owner.touch('load');
  expect(owner.names()).not.toContain('yes');
  roof.settle('done');
  await Promise.resolve();
  owner.look(1000);
  owner.touch('load').touch('yes');
  expect(roof.asked).toEqual([false, true]);
});

test('a battery has no such button', () => {
  const owner = new Owner(devicesStory({ values: { devices: boat } })).find('device 0').touch('device 0');
  expect(owner.names()).not.toContain('load');
});

test.each<[LoadResult, string]>([
  ['done', 'off · switched off'],
  ['refused', 'on · the charger refuses to switch it'],
  ['unchanged', 'on · the charger did not switch it off'],
  ['unknown', 'on · the charger did not answer: look whether it has switched'],
  ['not-connected', 'on · not switched: the charger is not connected'],
])('what became of it is told: %s', async (result, text) => {
  const roof = charger();
  const load = new LoadSwitch((dialog) => void dialog.yes.act());
  const words = (): string => load.text('Roof', roof.live().load!);
  expect(words()).toBe('on');
  load.button('Roof', roof.live)?.tap();
  expect(words()).toBe('on · switching it off …');
  roof.settle(result);
  await Promise.resolve();
  expect(words()).toBe(text);
  // It is told of that charger alone.
  expect(load.text('Shed', roof.live().load!)).toBe(result === 'done' ? 'off' : 'on');
});

test('nothing is asked while nobody knows whether the load is on', () => {
  const roof = charger();
  roof.forget();
  const questions: string[] = [];
  const load = new LoadSwitch(({ title }) => questions.push(title));
  const button = load.button('Roof', roof.live);
  button?.tap();
  expect([questions, button?.tone()]).toEqual([[], 'off']);
  expect(load.text('Roof', roof.live().load!)).toBe('not known');
});
