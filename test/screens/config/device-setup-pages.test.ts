import { expectGolden } from '../../golden-picture';
import { metrics } from '../../../src/render/theme';
import { Owner } from './config-stories';
import { boat, devicesStory, type DevicesStory, type DevicesStoryOptions } from './device-stories';
import { FakeSetupServices, firstReading, harbour, settle } from './fake-setup-services';
import { heardAt } from '../stories';

interface Adding {
  readonly services: FakeSetupServices;
  readonly story: DevicesStory;
  readonly owner: Owner;
}

/** An owner who has touched ADD. */
function adding(options: DevicesStoryOptions = {}, width = 800, height = 480): Adding {
  const services = new FakeSetupServices();
  const story = devicesStory({
    ...options,
    facts: { services, now: () => heardAt, ...options.facts },
  });
  const owner = new Owner(story, width, height).find('add device').touch('add device');
  return { services, story, owner };
}

async function tried({ services, owner }: Adding): Promise<void> {
  owner.touch('add bluetooth');
  services.found(harbour);
  owner.look(20);
  owner.touch('found 0').touch('try');
  await settle();
  services.tried({ value: firstReading });
  await settle();
  owner.look(20);
}

describe('a device is added on the screen', () => {
  it('by five touches and SAVE, in the place of a controller that was never received', async () => {
    const all = adding();
    await tried(all);
    const { owner, story, services } = all;
    expect(services.signal?.aborted).toBe(true);
    expect(story.written).toEqual([]);
    owner.touch('save').touch('yes');
    await owner.saved();
    expect(story.written).toEqual([
      { devices: [{ type: 'jbd-ble', name: 'Battery', address: 'A4:C1:37:04:2D:BE' }] },
    ]);
    expect(story.restarts).toBe(1);
  });

  it('beside a controller that is received, and beside what is on the list', async () => {
    const entry = { type: 'evtv-udp', name: 'battery', port: 6500 };
    const live = { freshness: 'fresh', age: 200, signal: undefined, text: 'Listening' } as const;
    const only = { type: 'evtv-udp', name: 'battery', live, entry, port: 6500 };
    const first = adding({ facts: { only: () => only } });
    await tried(first);
    first.owner.touch('save').touch('yes');
    await first.owner.saved();
    expect(first.story.written[0]?.devices).toEqual([
      entry,
      { type: 'jbd-ble', name: 'Battery 2', address: 'A4:C1:37:04:2D:BE' },
    ]);
    const more = adding({ values: { devices: boat.slice(1, 3) } });
    await tried(more);
    more.owner.touch('save').touch('yes');
    await more.owner.saved();
    expect(more.story.written[0]?.devices).toHaveLength(3);
  });

  it('after the question was declined it stands on the list, and is asked about before it is left', async () => {
    const all = adding();
    await tried(all);
    const { owner, story } = all;
    owner.touch('save').touch('no');
    expect(owner.names()).toContain('device 0');
    owner.touch('close');
    expect(owner.names()).toEqual(['no', 'yes']);
    owner.touch('yes');
    expect([owner.navigator.screenName, story.written]).toEqual(['main', []]);
  });

  it('with a password and a name that are typed', async () => {
    const { owner, services } = adding();
    owner.touch('add bluetooth');
    services.found(harbour);
    owner.look(20);
    owner.touch('found 0').touch('set password').type('123456').key('Enter').touch('set name');
    for (let i = 0; i < 7; i++) owner.key('Backspace');
    owner.type('House').key('Enter').touch('try');
    await settle();
    expect(services.wanted).toEqual([
      { type: 'jbd-ble', name: 'House', address: 'A4:C1:37:04:2D:BE', password: '123456' },
    ]);
  });

  it('and nothing goes on when the page is left, by a touch, by a key or by an alarm', async () => {
    for (const leave of [
      ({ owner }: Adding) => owner.touch('close'),
      ({ owner }: Adding) => owner.key('Escape'),
      ({ owner }: Adding) => owner.touch('back'),
      ({ owner }: Adding) => owner.navigator.open('main'),
    ]) {
      const searching = adding();
      searching.owner.touch('add bluetooth');
      expect(searching.services.signal?.aborted).toBe(false);
      leave(searching);
      expect(searching.services.signal?.aborted).toBe(true);
      const reading = adding();
      reading.owner.touch('add bluenova').touch('try');
      await settle();
      expect(reading.services.signal?.aborted).toBe(false);
      reading.owner.look(20);
      leave(reading);
      expect(reading.services.signal?.aborted).toBe(true);
    }
  });

  it('a meter with what it measures, which is set again on its page before SAVE', async () => {
    const all = adding({ values: { devices: boat.slice(0, 2) } });
    const { owner, services, story } = all;
    owner.touch('add bluetooth');
    services.found(harbour);
    owner.look(20);
    owner.touch('found 2').touch('answer inverter').touch('try');
    await settle();
    services.tried({ value: { kind: 'meter', values: { power: -310 }, cells: [] } });
    await settle();
    owner.look(20);
    owner.touch('save').touch('no').touch('device 2').touch('device settings');
    owner.touch('choose role 4').touch('switch invert').touch('save').touch('yes');
    await owner.saved();
    expect((story.written[0]?.devices as unknown[])[2]).toEqual({
      type: 'thornwave-ble',
      name: 'Inverter',
      address: 'F0:5E:CD:00:00:01',
      role: 'load',
      invert: true,
    });
  });

  it('goes back one step at a time', () => {
    const { owner, services } = adding();
    owner.touch('add bluetooth');
    services.found(harbour);
    owner.look(20);
    owner.touch('found 1').touch('back');
    expect(owner.names()).toEqual(expect.arrayContaining(['found 0', 'found 1', 'found 2', 'again']));
    owner.touch('back');
    expect(owner.names()).toContain('add bluetooth');
    owner.key('Escape');
    expect(owner.names()).toContain('add device');
  });
});

test.each([
  [800, 480],
  [480, 320],
  [1024, 600],
  [480, 800],
] as const)('every step has targets that are large enough at %ix%i', async (width, height) => {
  const check = ({ screen }: Owner): void => {
    for (const { areas } of screen.targets)
      for (const { x, y, width: w, height: h } of areas) {
        expect(Math.min(w, h)).toBeGreaterThanOrEqual(metrics.touchTarget);
        expect([x >= 0, y >= 0, x + w <= width, y + h <= height]).toEqual([true, true, true, true]);
      }
  };
  const { owner, services } = adding({}, width, height);
  check(owner);
  owner.touch('add bluetooth');
  services.found(harbour);
  owner.look(20);
  check(owner);
  check(owner.touch('found 2'));
  check(owner.touch('back').touch('found 0'));
  owner.touch('try');
  await settle();
  owner.look(20);
  check(owner);
  services.tried({ value: firstReading });
  await settle();
  owner.look(20);
  check(owner);
  owner.touch('back').touch('back').touch('back');
  check(owner.touch('add mqtt-json'));
  check(owner.touch('answer homeassistant'));
  check(owner.touch('answer battery'));
});

test('what a meter measures is asked for with the same choices on a small screen', () => {
  const { owner, services } = adding({}, 480, 320);
  owner.touch('add bluetooth');
  services.found(harbour);
  owner.look(20);
  expectGolden(owner.touch('found 2').picture().canvas, 'devices-add-role-480x320');
});

test.each([
  [800, 480],
  [480, 320],
  [480, 800],
] as const)('what another program publishes is asked for at %ix%i', (width, height) => {
  const name = width === 800 ? '' : `-${width}x${height}`;
  const { owner } = adding({}, width, height);
  expectGolden(owner.touch('add mqtt-json').picture().canvas, `devices-add-program${name}`);
  owner.touch('answer homeassistant').touch('answer solar-charger');
  expectGolden(owner.picture().canvas, `devices-add-topic${name}`);
});

describe('the steps look as they were agreed', () => {
  const picture = (owner: Owner, name: string): void =>
    expectGolden(owner.picture().canvas, `devices-add-${name}`);

  test('from the choice to the first reading', async () => {
    const { owner, services } = adding();
    picture(owner, 'choice');
    owner.touch('add bluetooth');
    services.found({ devices: [], listed: 0, others: 0 });
    picture(owner, 'searching');
    services.found(harbour);
    picture(owner, 'found');
    owner.touch('found 2');
    picture(owner, 'role');
    owner.touch('back').touch('found 0');
    picture(owner, 'name');
    owner.touch('try');
    await settle();
    services.tell({ code: 'device-waiting', values: { name: 'Battery', place: 'A4:C1:37:04:2D:BE' } });
    picture(owner, 'reading');
    services.tried({ value: firstReading });
    await settle();
    picture(owner, 'read');
  });

  test('what fails', async () => {
    const { owner, services } = adding();
    owner.touch('add bluetooth');
    services.searched({ code: 'bluetooth-no-adapter', values: {} });
    await settle();
    picture(owner, 'no-adapter');
    owner.touch('again');
    services.found({ devices: [], listed: 1, others: 4 });
    services.searched();
    await settle();
    picture(owner, 'nothing-found');
    owner.touch('back').touch('add bluenova').touch('try');
    await settle();
    services.tried({ trouble: { code: 'lan-no-answer', values: { place: '10.0.0.2:9000' } } });
    await settle();
    picture(owner, 'failed');
  });
});
