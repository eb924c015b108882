import { metrics } from '../../../src/render/theme';
import { Surface } from '../../../src/render/surface';
import { siteDevices } from '../../../src/features/hearing/site-devices';
import { resolveSettings } from '../../../src/settings/resolve-settings';
import { textsOn } from '../../pictures/written-texts';
import { intersects } from '../../../src/render/rect';
import { Owner } from './config-stories';
import { boat, boatLive, devicesStory, opened, type DevicesStory } from './device-stories';

async function saved({ story, owner }: ReturnType<typeof opened>): Promise<DevicesStory['written'][0]> {
  owner.touch('save').touch('yes');
  await owner.saved();
  return story.written.at(-1)!;
}

function texts(owner: Owner): string[] {
  const surface = new Surface(owner.width, owner.height);
  surface.show(owner.screen.scene);
  surface.repaint();
  return textsOn(surface.canvas).map(({ text }) => text);
}

const entry = (values: DevicesStory['written'][0], name: string): unknown =>
  (values.devices as readonly { readonly name: string }[]).find((device) => device.name === name);

describe('the settings of a device', () => {
  it('are those that its type has, with its bank and whether it is taken out', () => {
    const rows = (name: string): string[] => {
      const { owner } = opened(name);
      const seen = new Set<string>();
      for (let page = 0; page < 2; page++) {
        for (const target of owner.names()) {
          const [, field] = /^(?:edit|switch|slide|choose) (\w+)/.exec(target) ?? [];
          if (field !== undefined) seen.add(field);
        }
        if (owner.names().includes('next')) owner.touch('next');
      }
      return [...seen];
    };
    expect(rows('House')).toEqual(['bank', 'every', 'password', 'removed']);
    expect(rows('Stern')).toEqual(['bank', 'host', 'port', 'interval', 'invert', 'removed']);
    expect(rows('Roof')).toEqual(['every', 'modes', 'removed']);
    expect(rows('Inverter')).toEqual(['role', 'invert', 'every', 'removed']);
  });

  it('of a device of another program go by what it is, and hide a password in an address', () => {
    const meter = 'mqtt-json,name=Washer,profile=tasmota,topic=tele/washer/SENSOR';
    const battery = { type: 'mqtt-json', name: 'Shunt', profile: 'batmon', topic: 'house_bms' };
    const secret = { ...battery, name: 'Bow2', broker: 'mqtt://dial:topsecret@10.0.0.5' };
    const values = { devices: [...boat, meter, battery, secret] };
    const page = (name: string): string[] => {
      const { owner } = opened(name, { values });
      const first = texts(owner);
      return owner.names().includes('next') ? [...first, ...texts(owner.touch('next'))] : first;
    };
    expect(page('Washer')).toEqual(expect.arrayContaining(['Topic', 'Broker', 'Measures']));
    expect(page('Washer')).not.toContain('Bank');
    expect(page('Shunt')).toEqual(expect.arrayContaining(['Topic', 'house_bms', 'Bank']));
    expect(page('Shunt')).not.toContain('Measures');
    expect(page('Bow2').join(' ')).not.toContain('topsecret');
  });

  it('go into the list with SAVE, as the next start reads them', async () => {
    const all = opened('Inverter');
    // `other`, `battery`, `solar`, `inverter`, `load`.
    all.owner.touch('choose role 4').touch('switch invert').touch('plus every').touch('switch removed');
    const values = await saved(all);
    expect(entry(values, 'Inverter')).toEqual({
      ...(boat[4] as object),
      role: 'load',
      invert: true,
      every: 45,
      removed: true,
    });
    expect(all.story.restarts).toBe(1);
    const read = await siteDevices(resolveSettings([{ values, describe: (name) => name }]));
    expect(read.devices.map(({ name }) => name)).toEqual(['House', 'Bow', 'Stern', 'Roof']);
  });

  it('that are as they were saved are no change, and what is normal is not written', async () => {
    const all = opened('Inverter');
    const { owner, story } = all;
    owner.touch('choose role 0').touch('choose role 3').touch('plus every').touch('minus every');
    owner.touch('switch invert').touch('switch invert').touch('back').touch('back').touch('close');
    expect([owner.navigator.screenName, story.written]).toEqual(['main', []]);
    const other = opened('Inverter');
    other.owner.touch('choose role 0');
    expect(entry(await saved(other), 'Inverter')).toEqual({
      type: 'thornwave-ble',
      name: 'Inverter',
      address: 'F0:5E:CD:00:00:01',
    });
  });

  it('are shown as they are set, however the file has them, and are put back in its form', () => {
    const devices = ['thornwave-ble,name=M,address=F0:5E:CD:00:00:01,every=30,invert=true', boat[0]!];
    const all = opened('M', { values: { devices } });
    expect(texts(all.owner)).toEqual(expect.arrayContaining(['30 s', '+12.5 A']));
    all.owner.touch('switch invert').touch('switch invert').touch('close');
    expect(all.owner.navigator.screenName).toBe('main');
  });

  it('show the current with the sign that it has, and after the switch the one that it will have', () => {
    const { owner } = opened('Inverter');
    expect(texts(owner)).toContain('−31.4 A');
    owner.touch('switch invert');
    expect(texts(owner)).toEqual(expect.arrayContaining(['+31.4 A', 'was −31.4 A · restarts']));
    const silent = opened('Inverter', { facts: { live: (name) => boatLive[name] } });
    silent.owner.touch('switch invert');
    expect(texts(silent.owner)).toContain('On');
  });

  it('refuse a text with the sentence that the flag is refused with', () => {
    const { owner } = opened('House');
    owner.touch('edit password').type('x').key('Enter');
    expect(owner.names()).toContain('key done');
    owner.key('Backspace');
    owner.touch('key shift');
    const stern = opened('Stern').owner.touch('edit port');
    stern.type('0').key('Enter');
    const sentence = 'port of bluenova is "90000", but must be a whole number from 1 to 65535.';
    expect(texts(stern).join(' ')).toContain(sentence);
    // What is empty is as it is without being set.
    for (let i = 0; i < 5; i++) stern.key('Backspace');
    stern.key('Enter');
    expect(texts(stern)).toContain('9000');
  });

  it('are refused with SAVE where the next start would refuse them, and kept', async () => {
    const devices = [
      boat[0]!,
      boat[1]!,
      boat[4]!,
      { ...(boat[4] as object), name: 'Shunt', role: 'battery', address: 'F0:5E:CD:00:00:03' },
    ];
    const all = opened('Inverter', { values: { devices } });
    all.owner.touch('choose role 1').touch('save').touch('yes');
    await all.owner.saved();
    expect(texts(all.owner).join(' ')).toContain(
      'The meters "Inverter" and "Shunt" both have the role battery',
    );
    expect(all.story.written).toEqual([]);
    expect(all.owner.touch('yes').touch('choose role 4').names()).toContain('switch invert');
    expect(entry(await saved(all), 'Inverter')).toMatchObject({ role: 'load' });
  });

  it('can’t take out the only device that is read, and bring one back that is taken out', async () => {
    const devices = [boat[4]!, boat[5]!];
    const last = opened('Inverter', { values: { devices } });
    expect(last.owner.names()).not.toContain('switch removed');
    expect(texts(last.owner)).toContain('the only device that is read');
    const back = opened('Fridge', { values: { devices } });
    back.owner.touch('switch removed');
    expect(entry(await saved(back), 'Fridge')).not.toHaveProperty('removed');
  });

  it('of a device that was renamed are set before SAVE', async () => {
    const story = devicesStory({ values: { devices: boat.slice(0, 2) } });
    const owner = new Owner(story).find('device 1').touch('device 1').touch('device rename');
    owner.type(' 2').key('Enter').touch('device settings').touch('plus every').touch('back').touch('back');
    const values = await saved({ story, owner });
    expect(values.devices).toMatchObject([{ name: 'House' }, { name: 'Bow 2', every: 7 }]);
  });

  it('that come from a flag say so and can’t be changed', () => {
    const { owner } = opened('Inverter', { elsewhere: [['devices', '--device']] });
    expect(owner.names()).toEqual(['close', 'save', 'back']);
    expect(texts(owner).filter((text) => text === 'set by --device')).toHaveLength(4);
  });

  it('are left one page at a time', () => {
    const { owner } = opened('Stern');
    owner.touch('next').key('Escape');
    expect(owner.names()).toContain('device rename');
    owner.touch('device settings').touch('back');
    expect(owner.names()).toContain('device rename');
  });
});

describe('the bank of a battery', () => {
  it('of two is left by one and made again', async () => {
    const devices = boat.slice(0, 2);
    const all = opened('House', { values: { devices } });
    expect(texts(all.owner)).toContain('with Bow');
    all.owner.touch('choose bank 0');
    expect(await saved(all)).toMatchObject({ bank: 'off' });
    const again = opened('Bow', { values: { devices, bank: 'off' } });
    again.owner.touch('choose bank 1');
    expect((await saved(again)).bank).toBe('all');
    const back = opened('House', { values: { devices } });
    back.owner.touch('choose bank 0').touch('choose bank 1').touch('close');
    expect(back.owner.navigator.screenName).toBe('main');
  });

  it('of three is left by one, and a new one is made from two', async () => {
    const all = opened('Stern');
    all.owner.touch('choose bank 0');
    expect((await saved(all)).bank).toEqual(['House', 'Bow']);
    const two = opened('Stern', { values: { bank: 'off' } });
    two.owner.touch('choose bank 1');
    expect((await saved(two)).bank).toEqual(['House', 'Stern']);
    const joined = opened('Stern', { values: { bank: ['bow', 'house'] } });
    expect(texts(joined.owner)).toContain('Alone');
    joined.owner.touch('choose bank 3');
    expect((await saved(joined)).bank).toBe('all');
    // Whoever has changed their mind finds what it was.
    const back = opened('Stern', { values: { bank: ['bow', 'house'] } });
    for (const i of [1, 3, 2, 0]) back.owner.touch(`choose bank ${i}`);
    expect(back.owner.touch('close').navigator.screenName).toBe('main');
  });

  it('is the same when a battery of it is called otherwise', () => {
    const story = devicesStory({ values: { devices: boat.slice(0, 3), bank: ['house', 'Bow'] } });
    const owner = new Owner(story).find('device 0').touch('device 0').touch('device rename');
    owner.type('2').key('Enter').touch('device settings');
    expect(texts(owner)).toContain('with Bow');
    expect(texts(owner).filter((text) => text.startsWith('was'))).toEqual([]);
    owner.touch('choose bank 0').touch('choose bank 1');
    expect(texts(owner).filter((text) => text.startsWith('was'))).toEqual([]);
  });

  it('is not asked for with one battery, nor of a meter', () => {
    const devices = [boat[0]!, boat[4]!];
    for (const name of ['House', 'Inverter'])
      expect(opened(name, { values: { devices } }).owner.names().join()).not.toContain('bank');
  });
});

test.each([
  [800, 480],
  [480, 320],
  [1024, 600],
  [480, 800],
] as const)('targets are large enough and apart at %ix%i', (width, height) => {
  for (const name of ['House', 'Stern', 'Inverter']) {
    const { owner } = opened(name, {}, width, height);
    for (let page = 0; page < 3; page++) {
      const areas = owner.screen.targets.flatMap(({ areas: each }) => each);
      for (const area of areas) {
        expect(Math.min(area.width, area.height)).toBeGreaterThanOrEqual(metrics.touchTarget);
        expect(areas.filter((other) => other !== area && intersects(area, other))).toEqual([]);
      }
      if (owner.names().includes('next')) owner.touch('next');
    }
  }
});
