import { metrics } from '../../../src/render/theme';
import { DeviceList } from '../../../src/screens/config/devices/device-list';
import type { SavedDevices } from '../../../src/screens/config/devices/devices-desk';
import { Owner } from './config-stories';
import { boat, boatLive, devicesStory } from './device-stories';
import { FakeSetupServices } from './fake-setup-services';
import { expectGolden } from '../../golden-picture';

const names = ({ devices }: { readonly devices: readonly unknown[] }): unknown[] =>
  devices.map((device) => (device as { readonly name: string }).name);

describe('the list of devices as it is edited', () => {
  const of = (bank: SavedDevices['bank'], ...called: string[]): [DeviceList, SavedDevices] => {
    const saved = { bank, devices: called.map((name) => ({ type: 'jbd-ble', name })) };
    return [new DeviceList(() => saved), saved];
  };

  it('changes nothing before something is another', () => {
    const [list] = of('all', 'a', 'b');
    expect([list.isChanged, list.changes]).toEqual([false, {}]);
    list.move(0, 1);
    expect(list.isChanged).toBe(true);
    list.move(1, -1);
    expect([list.isChanged, list.changes]).toEqual([false, {}]);
    expect(list.move(0, -1)).toBe(0);
    expect(list.move(1, 1)).toBe(1);
    expect(list.isChanged).toBe(false);
  });

  it('renames a device in the bank too, in whatever letters the bank has it', () => {
    const [list] = of(['A', 'b'], 'a', 'b', 'c');
    list.rename(0, 'House');
    expect(list.changes).toEqual({
      bank: ['House', 'b'],
      devices: [
        { type: 'jbd-ble', name: 'House' },
        { type: 'jbd-ble', name: 'b' },
        { type: 'jbd-ble', name: 'c' },
      ],
    });
    expect([list.isTaken('house'), list.isTaken('HOUSE', 0), list.isTaken('C', 0)]).toEqual([
      true,
      false,
      true,
    ]);
    // Under its saved name it is still read.
    expect(list.devices[0]).toMatchObject({ savedAs: 'a' });
  });

  it('takes a device out of the bank with it; a bank of one is none', () => {
    const [list] = of(['a', 'b', 'c'], 'a', 'b', 'c');
    list.remove(1);
    expect(list.changes.bank).toEqual(['a', 'c']);
    list.remove(0);
    expect(list.changes).toEqual({ bank: 'off', devices: [{ type: 'jbd-ble', name: 'c' }] });
    list.drop();
    expect(list.devices).toHaveLength(3);
  });

  it('adds devices at the end, which are read only after SAVE', () => {
    const [list] = of('all');
    list.add([{ type: 'jbd-serial', name: 'x', port: '/dev/ttyUSB0' }]);
    expect(list.changes).toEqual({ devices: [{ type: 'jbd-serial', name: 'x', port: '/dev/ttyUSB0' }] });
    expect(list.devices[0]).toMatchObject({ savedAs: undefined });
  });
});

describe('the pages of devices', () => {
  it('put a device in another place, call it otherwise and take one away, and SAVE writes that once and starts packdial again', async () => {
    const story = devicesStory({ values: { devices: boat.slice(0, 3), bank: ['House', 'Bow'] } });
    const owner = new Owner(story).find('device 1');
    owner.touch('device 1').touch('device up').touch('device rename');
    for (let i = 0; i < 3; i++) owner.key('Backspace');
    owner.type('Anker').key('Enter').touch('back');
    owner.touch('device 2').touch('device remove');
    expect(owner.names()).toEqual(['no', 'yes']);
    owner.touch('yes');
    expect(story.written).toEqual([]);
    owner.touch('save').touch('yes');
    await owner.saved();
    expect(story.written).toEqual([
      {
        bank: ['House', 'Anker'],
        devices: [
          { type: 'jbd-serial', name: 'Anker', port: '/dev/ttyUSB0' },
          { type: 'jbd-ble', name: 'House', address: 'A4:C1:37:04:2D:BE', password: '123456' },
        ],
      },
    ]);
    expect(story.restarts).toBe(1);
  });

  it('ask before changes are left, and before a device is removed', () => {
    const story = devicesStory({ values: { devices: boat.slice(0, 2) } });
    const owner = new Owner(story).find('device 0').touch('device 0').touch('device remove');
    owner.touch('no').touch('device down').touch('close');
    expect(owner.names()).toEqual(['no', 'yes']);
    owner.touch('yes');
    expect(owner.navigator.screenName).toBe('main');
    owner.navigator.open('settings');
    owner.look(20);
    expect(owner.find('device 0').touch('device 0').names()).toContain('device remove');
    expect(story.written).toEqual([]);
  });

  it('refuse a name that another device has, and one that is none', () => {
    const story = devicesStory({ values: { devices: boat.slice(0, 2) } });
    const owner = new Owner(story).find('device 0').touch('device 0').touch('device rename');
    for (let i = 0; i < 5; i++) owner.key('Backspace');
    owner.key('Enter');
    expect(owner.names()).toContain('key done');
    owner.type('bow').key('Enter');
    expect(owner.names()).toContain('key done');
    owner.type(' 2').key('Enter');
    expect(owner.names()).toContain('device rename');
  });

  it('change nothing where the list comes from a flag', () => {
    const story = devicesStory({
      values: { devices: boat.slice(0, 2) },
      elsewhere: [['devices', '--device']],
    });
    const owner = new Owner(story).find('device 0').touch('device 0');
    owner.touch('device rename').touch('device down').touch('device remove');
    expect(owner.names()).toContain('device remove');
    owner.touch('back').touch('save');
    expect(owner.names()).toContain('device 1');
  });

  it('go back with Escape, one page at a time', () => {
    const story = devicesStory({ values: { devices: boat } });
    const owner = new Owner(story).find('device 0').touch('device 0').key('Right').key('Escape');
    expect(owner.names()).toContain('device 0');
    owner.key('Escape');
    expect(owner.navigator.screenName).toBe('main');
  });

  it('are what the settings open with as long as nothing is received, and only then', () => {
    const open = (isSilent: boolean): string[] => {
      const story = devicesStory({ facts: { isSilent: () => isSilent } });
      return new Owner(story).names();
    };
    expect(open(true)).toContain('device source');
    expect(open(false)).toContain('choose source 0');
    const owner = new Owner(devicesStory({ facts: { isSilent: () => true } }));
    expect(owner.touch('device source').names()).toContain('choose source 0');
  });

  it.each([
    [800, 480],
    [480, 320],
    [1024, 600],
    [480, 800],
  ] as const)('have rows of 60 pixels and more at %ix%i, and no target is too small', (width, height) => {
    const owner = new Owner(devicesStory({ values: { devices: boat } }), width, height).find('device 0');
    const area = (name: string) => owner.screen.targets.find((target) => target.name === name)!.areas[0]!;
    expect(area('device 0').height).toBeGreaterThanOrEqual(60);
    owner.touch('device 0');
    for (const { areas } of owner.screen.targets)
      for (const { width: w, height: h } of areas)
        expect(Math.min(w, h)).toBeGreaterThanOrEqual(metrics.touchTarget);
  });

  it('removing all leaves the one source', async () => {
    const story = devicesStory({ values: { devices: boat.slice(0, 1) } });
    const owner = new Owner(story).find('device 0').touch('device 0').touch('device remove').touch('yes');
    expect(owner.names()).toContain('device source');
    owner.touch('save').touch('yes');
    await owner.saved();
    expect(names(story.written[0] as { devices: [] })).toEqual([]);
  });
});

describe('the pages of devices look as they were agreed', () => {
  const picture = (owner: Owner, name: string): void =>
    expectGolden(owner.picture().canvas, `devices-${name}`);
  const facts = { services: new FakeSetupServices() };

  test.each([
    ['', 800, 480],
    ['-480x320', 480, 320],
    ['-1024x600', 1024, 600],
  ] as const)('the list%s', (suffix, width, height) => {
    const source = devicesStory({ facts: { ...facts, isSilent: () => true } });
    picture(new Owner(source, width, height).find('device source'), `none${suffix}`);
    if (suffix === '')
      picture(
        new Owner(devicesStory({ values: { devices: boat.slice(0, 1) }, facts })).find('device 0'),
        'one',
      );
    const six = new Owner(devicesStory({ values: { devices: boat }, facts }), width, height).find('device 0');
    picture(six, `six-1${suffix}`);
    if (suffix === '') picture(six.touch('right'), 'six-2');
  });

  test('a charger with its load output, and the question before it is switched', () => {
    const owner = new Owner(
      devicesStory({
        values: { devices: boat },
        facts: {
          live: (name) => ({
            ...boatLive[name]!,
            facts: [{ label: 'Model', text: 'BT-LTMPPT4860' }],
            load: { on: true, switch: () => Promise.resolve('done') },
          }),
        },
      }),
    )
      .find('device 0')
      .touch('device 3');
    picture(owner, 'charger');
    picture(owner.touch('load'), 'load-question');
  });

  test('a device, and the question before it is removed', () => {
    const owner = new Owner(devicesStory({ values: { devices: boat } })).find('device 0').touch('device 0');
    picture(owner, 'device');
    const upright = new Owner(devicesStory({ values: { devices: boat } }), 480, 800).find('device 0');
    picture(upright.touch('device 0'), 'device-480x800');
    picture(owner.touch('device remove'), 'remove-question');
  });
});
