import { expectGolden } from '../golden-picture';
import { Navigator } from '../../src/screens/navigator';
import { alarmNotice, alarmWording, linkNotice, mainNotice } from '../../src/screens/notices';
import { unknown } from '../../src/model/freshness';
import type { DeviceView, TouchTarget } from '../../src/screens/screen';
import { dayPalette } from '../../src/render/theme';
import { shownName, tileProps } from '../../src/screens/main/device-strip';
import { mainPicture, mainScreen, surroundings, tell, tellAlarm } from './stories';

const charging = { modules: 16, current: 49, voltage: 53.2 };
const live = { freshness: 'fresh', age: 200, shown: false } as const;
const bank: DeviceView = { ...live, name: 'Bank', kind: 'bank', stateOfCharge: 77.5, shown: true };
const house: DeviceView = { ...live, name: 'House', kind: 'battery', stateOfCharge: 78.5 };
const bow: DeviceView = { ...live, name: 'Bow', kind: 'battery', stateOfCharge: 74 };
const two = [bank, house, bow];
const six: DeviceView[] = [
  { ...bank, freshness: 'late', presence: '2 of 3' },
  house,
  { ...bow, freshness: 'late', age: 12_000 },
  { ...bow, name: 'Starboard thruster', freshness: 'lost', age: 60_000, stateOfCharge: undefined },
  { ...live, name: 'Roof', kind: 'solar-charger', watts: 412 },
  { ...live, name: 'Inverter', kind: 'meter', watts: -146 },
  { ...live, name: 'Fridge', kind: 'meter', watts: -31 },
];
const around = (devices: readonly DeviceView[], age = 200): ReturnType<typeof surroundings> =>
  surroundings(age, { devices });

test.each([
  ['two-devices', two, [800, 480]],
  ['six-devices', six, [800, 480]],
  ['six-devices-480x320', six, [480, 320]],
  ['six-devices-480x800', six, [480, 800]],
  ['six-devices-1024x600', six, [1024, 600]],
] as const)('the main screen looks as it was agreed: %s', (name, devices, size) => {
  expectGolden(mainPicture(tell(charging), around(devices), size).canvas, `main-${name}`);
});

test('the main screen looks as it was agreed: two-devices-alarm', () => {
  const monitored = tellAlarm({ ...charging, weakest: 3.11 });
  const shown = [{ ...bank, shown: false }, { ...house, name: monitored.battery.name, shown: true }, bow];
  expectGolden(mainPicture(monitored, around(shown)).canvas, 'main-two-devices-alarm');
  const { list } = monitored.alarms;
  const { strip } = alarmNotice(list, alarmWording('House', around(two)));
  expect(strip).toMatch(/^House: cell 21 at 3.11 V, below 3.20 V/);
  expect(alarmNotice(list, alarmWording('House', surroundings(200))).strip).toMatch(/^Cell 21 at 3.11 V/);
});

test('one device alone changes nothing', () => {
  const picture = (devices: DeviceView[]): Buffer =>
    mainPicture(tell(charging), around(devices)).canvas.toBuffer('raw');
  const alone = mainPicture(tell(charging), surroundings(200)).canvas.toBuffer('raw');
  expect(picture([house]).equals(alone)).toBe(true);
  expect(picture([]).equals(alone)).toBe(true);
  expect(picture(two).equals(alone)).toBe(false);
});

const sizes = [
  [800, 480],
  [480, 320],
  [480, 800],
  [1024, 600],
  [1920, 1080],
] as const;

function targetsWith(devices: readonly DeviceView[], width = 800, height = 480): readonly TouchTarget[] {
  const screen = mainScreen(tell(charging), width, height);
  screen.update(around(devices));
  return screen.targets;
}

test.each(sizes)('tiles are large enough for a finger and overlap nothing at %d x %d', (width, height) => {
  for (const devices of [two, six]) {
    const areas = targetsWith(devices, width, height).flatMap(({ name, areas: of }) =>
      of.map((area) => ({ ...area, name })),
    );
    expect(areas.filter(({ name }) => name.includes('device')).length).toBeGreaterThan(0);
    for (const area of areas) {
      if (area.name.includes('device')) expect(Math.min(area.width, area.height)).toBeGreaterThanOrEqual(48);
      expect(area.x + area.width).toBeLessThanOrEqual(width);
      expect(area.y + area.height).toBeLessThanOrEqual(height);
      for (const other of areas) {
        if (other === area) continue;
        const apart =
          area.x + area.width <= other.x ||
          other.x + other.width <= area.x ||
          area.y + area.height <= other.y ||
          other.y + other.height <= area.y;
        expect([area.name, other.name, apart]).toEqual([area.name, other.name, true]);
      }
    }
  }
});

test('a tap on a battery asks for its dial, a second one for the bank; chargers and meters have none', () => {
  const shown: string[] = [];
  const screen = mainScreen(tell(charging));
  const navigator = new Navigator(
    () => screen,
    'main',
    (device) => shown.push(device),
  );
  const tap = (devices: readonly DeviceView[], name: string): void => {
    navigator.update(around(devices));
    const area = navigator.targets.find((target) => target.name === name)?.areas[0];
    if (area === undefined) throw new Error(`no target ${name}`);
    const at = { x: area.x + 20, y: area.y + 20 };
    navigator.pointer({ type: 'press', ...at });
    navigator.pointer({ type: 'release', ...at });
  };
  tap(two, 'device Bow');
  tap([{ ...bank, shown: false }, house, { ...bow, shown: true }], 'device Bow');
  expect(shown).toEqual(['Bow', 'Bank']);
  expect(targetsWith(six).some(({ name }) => name === 'device Roof')).toBe(false);
});

test('with more devices than there is room for, the last tile leads to the others and back', () => {
  const many = [bank, ...Array.from({ length: 10 }, (_, i) => ({ ...house, name: `House ${i + 1}` }))];
  const screen = mainScreen(tell(charging));
  const names = (): string[] => {
    screen.update(around(many, 1000));
    return screen.targets.map(({ name }) => name).filter((name) => name.includes('device'));
  };
  const first = names();
  expect(first).toHaveLength(9);
  expect(first.at(-1)).toBe('more devices');
  expect(screen.tap('more devices')).toEqual({ kind: 'none' });
  expect(names()).toEqual(['device House 8', 'device House 9', 'device House 10', 'more devices']);
  screen.tap('more devices');
  expect(names()).toEqual(first);
});

test('the name of the bank tells what is missing and what is switched off; a battery that is full is no trouble', () => {
  const switchedOff = (discharge: number, charge: number): NonNullable<DeviceView['switchedOff']> => ({
    discharge: { off: discharge, of: 3 },
    charge: { off: charge, of: 3 },
  });
  const name = (changes: Partial<DeviceView>) => shownName([{ ...bank, ...changes }, house]);
  expect(name({})).toEqual({ text: 'Bank', tone: 'fresh' });
  expect(name({ switchedOff: switchedOff(0, 0) })).toEqual({ text: 'Bank', tone: 'fresh' });
  expect(name({ presence: '2 of 3' })).toEqual({ text: 'Bank · 2 of 3', tone: 'noted' });
  expect(name({ switchedOff: switchedOff(1, 1) })).toEqual({ text: 'Bank · 1 of 3 off', tone: 'noted' });
  expect(name({ presence: '2 of 3', switchedOff: switchedOff(1, 0) })).toEqual({
    text: 'Bank · 2 of 3, 1 of 3 off',
    tone: 'noted',
  });
  expect(name({ switchedOff: switchedOff(0, 2) })).toEqual({
    text: 'Bank · 2 of 3 not charging',
    tone: 'fresh',
  });
  const alone = { off: 1, of: 1 };
  expect(name({ name: 'Bow', kind: 'battery', switchedOff: { discharge: alone, charge: alone } })).toEqual({
    text: 'Bow · off',
    tone: 'noted',
  });
  expect(shownName([house])).toEqual({ text: '', tone: 'fresh' });
});

test('a tile of a battery that is switched off says so, unless it is late', () => {
  const switchedOff = { discharge: { off: 1, of: 1 }, charge: { off: 0, of: 1 } };
  const state = (changes: Partial<DeviceView>): string | undefined =>
    tileProps({ devices: [{ ...house, ...changes }], more: undefined }, 1, dayPalette)[0]?.state;
  expect(state({})).toBe('');
  expect(state({ switchedOff })).toBe('off');
  expect(state({ switchedOff, freshness: 'late' })).toBe('late');
  expect(state({ switchedOff: { ...switchedOff, discharge: { off: 2, of: 3 } } })).toBe('2 off');
});

describe('while an alarm stands that nobody has acknowledged', () => {
  const alarmed = (width: number, height: number, devices: readonly DeviceView[]): readonly TouchTarget[] => {
    const screen = mainScreen(tellAlarm({ ...charging, weakest: 2.9 }), width, height);
    screen.update(around(devices));
    return screen.targets;
  };

  test.each(sizes)('every tile is there and whole at %d x %d', (width, height) => {
    for (const devices of [two, six]) {
      const targets = alarmed(width, height, devices);
      expect(targets[0]?.name).toBe('alarm');
      const strip = targets[0]!.areas[0]!;
      const tiles = targets.filter(({ name }) => name.includes('device'));
      const usual = targetsWith(devices, width, height).filter(({ name }) => name.includes('device'));
      expect(tiles.map(({ name }) => name)).toEqual(usual.map(({ name }) => name));
      for (const { areas } of tiles)
        for (const area of areas) {
          expect(area.height).toBeGreaterThanOrEqual(48);
          expect(area.y + area.height <= strip.y || area.y >= strip.y + strip.height).toBe(true);
        }
    }
  });

  test('the power log gives way where all is too much, and comes back', () => {
    const monitored = tellAlarm({ ...charging, weakest: 2.9 });
    const screen = mainScreen(monitored);
    const names = (age: number, devices: readonly DeviceView[]): string[] => {
      screen.update(around(devices, age));
      return screen.targets.map(({ name }) => name);
    };
    expect(names(200, six)).not.toContain('power-log');
    expect(names(1200, two)).toContain('power-log');
    expect(names(2200, six)).not.toContain('zoom');
    screen.tap('alarm');
    expect(names(3200, six)).toEqual(expect.arrayContaining(['power-log', 'zoom', 'cells']));
  });
});

test('the link tells how many devices are received, and a bank with a member lost is not called silent', () => {
  expect(linkNotice(0, unknown, around(two))).toEqual({ tone: 'live', text: '2 of 2 live' });
  expect(linkNotice(0, unknown, around(six))).toEqual({ tone: 'late', text: '4 of 6 live' });
  const simulated = {
    ...around(two),
    source: { ...around(two).source, label: 'SIMULATED', simulated: true },
  };
  expect(linkNotice(0, unknown, simulated).text).toBe('SIMULATED · 2 of 2 live');
  const lost = two.map((device) => ({ ...device, freshness: 'lost' as const }));
  expect(linkNotice(0, unknown, around(lost))).toEqual({ tone: 'silent', text: '0 of 2 live' });
  expect(mainNotice(20_000, unknown, around(six)).title).toBe('');
  expect(mainNotice(20_000, unknown, around(lost)).title).not.toBe('');
});
