import { unknown } from '../../src/model/freshness';
import type { SiteFlows } from '../../src/model/site-flows';
import { Surface } from '../../src/render/surface';
import { dayPalette } from '../../src/render/theme';
import { inOrder, rowOf } from '../../src/screens/main/device-rows';
import { shownName } from '../../src/screens/main/shown-name';
import { Navigator } from '../../src/screens/navigator';
import { alarmNotice, alarmWording, linkNotice, mainNotice } from '../../src/screens/notices';
import type { DeviceView, TouchTarget } from '../../src/screens/screen';
import { expectGolden } from '../golden-picture';
import { mainPicture, mainScreen, placeOf, surroundings, tell, tellAlarm, touch } from './stories';

const charging = { modules: 16, current: 49, voltage: 53.2 };
const live = { freshness: 'fresh', age: 200, shown: false } as const;
const bank: DeviceView = {
  ...live,
  name: 'Bank',
  kind: 'bank',
  stateOfCharge: 77.5,
  current: 49,
  shown: true,
};
const house: DeviceView = { ...live, name: 'House', kind: 'battery', stateOfCharge: 78.5, current: 12.4 };
const bow: DeviceView = { ...live, name: 'Bow', kind: 'battery', stateOfCharge: 74, current: 6.1 };
const roof: DeviceView = {
  ...live,
  name: 'Roof',
  kind: 'solar-charger',
  watts: 412,
  mode: 'boost',
  temperature: 39,
};
const inverter: DeviceView = { ...live, name: 'Inverter', kind: 'meter', watts: -146, current: -11.2 };
const two = [bank, house, bow];
const five = [bank, house, bow, roof, inverter];
const six: DeviceView[] = [
  { ...bank, freshness: 'late', presence: '2 of 3' },
  house,
  { ...bow, freshness: 'late', age: 12_000 },
  { ...bow, name: 'Starboard thruster', freshness: 'lost', age: 60_000, stateOfCharge: undefined },
  roof,
  inverter,
  { ...live, name: 'Fridge', kind: 'meter', watts: -31, current: -2.3 },
];
const fresh = (value: number) => ({ value, age: 200, freshness: 'fresh' }) as const;
const flows: SiteFlows = {
  solar: { power: fresh(412), today: 1210 },
  loads: { power: fresh(182), today: 2040 },
};
const around = (
  devices: readonly DeviceView[],
  age = 200,
  flowing?: SiteFlows,
): ReturnType<typeof surroundings> =>
  surroundings(age, { devices, ...(flowing !== undefined && { flows: flowing }) });

/** What must draw well although nobody wants to see it. */
const odd: DeviceView[] = [
  { ...house, name: 'The starboard house battery of the old boat', stateOfCharge: -32768, current: -32768 },
  {
    ...roof,
    name: '屋根の上のソーラー充電器',
    watts: undefined,
    mode: undefined,
    temperature: undefined,
    volts: 13.4,
  },
  { ...inverter, name: 'Kettle ☕🔌', watts: -32768, current: -32768 },
  { ...house, name: 'Stern', freshness: 'lost', age: Infinity, stateOfCharge: undefined, current: undefined },
  { ...inverter, name: 'Alternator', watts: undefined, current: undefined },
];
/** Twenty devices, and something is wrong with each of them. */
const twenty: DeviceView[] = Array.from({ length: 20 }, (_, i) => ({
  ...(i % 3 === 0 ? house : i % 3 === 1 ? roof : inverter),
  name: `Device ${i + 1}`,
  alarm: { text: i % 2 === 0 ? 'Cell too high' : 'No data', acknowledged: i % 4 === 3 },
}));

test.each([
  ['two-devices', two, undefined, [800, 480]],
  ['five-devices', five, flows, [800, 480]],
  ['five-devices-480x320', five, flows, [480, 320]],
  ['five-devices-1024x600', five, flows, [1024, 600]],
  ['six-devices', six, flows, [800, 480]],
  ['six-devices-480x320', six, flows, [480, 320]],
  ['six-devices-480x800', six, flows, [480, 800]],
  ['six-devices-1280x400', six, flows, [1280, 400]],
  ['six-devices-1024x600', six, flows, [1024, 600]],
  ['odd-devices', odd, { solar: { power: unknown, today: undefined } }, [800, 480]],
  ['odd-devices-480x320', odd, { loads: { power: fresh(-32768), today: undefined } }, [480, 320]],
  [
    'twenty-alarms',
    twenty,
    { solar: { power: { ...fresh(412), age: 12_000, freshness: 'late' }, today: 1 } },
    [800, 480],
  ],
] as const)('the main screen looks as it was agreed: %s', (name, devices, flowing, size) => {
  expectGolden(mainPicture(tell(charging), around(devices, 200, flowing), size).canvas, `main-${name}`);
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
  [1280, 400],
  [1920, 1080],
] as const;

function targetsWith(devices: readonly DeviceView[], width = 800, height = 480): readonly TouchTarget[] {
  const screen = mainScreen(tell(charging), width, height);
  screen.update(around(devices));
  return screen.targets;
}

test.each(sizes)('rows are large enough for a finger and overlap nothing at %d x %d', (width, height) => {
  for (const devices of [two, six, twenty]) {
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

function site(devices: readonly DeviceView[]) {
  const [shown, opened]: [string[], string[]] = [[], []];
  const screen = mainScreen(tell(charging));
  const navigator = new Navigator(
    () => screen,
    'main',
    (device) => shown.push(device),
    (device) => {
      opened.push(device);
      return undefined;
    },
  );
  let age = 200;
  const update = (now = devices): string[] => {
    age += 1000;
    navigator.update(around(now, age));
    return rows(navigator.targets);
  };
  update();
  return { navigator, shown, opened, update };
}

const rows = (targets: readonly TouchTarget[]): string[] =>
  targets.flatMap(({ name }) => (name.startsWith('device ') ? [name.slice('device '.length)] : []));

test('a tap on a battery asks for its dial, a second one for its screen; chargers and meters have no dial', () => {
  const { navigator, shown, opened, update } = site(two);
  const tap = (name: string): void => {
    const { x, y } = placeOf(navigator.targets, `device ${name}`);
    touch(navigator, [x, y]);
  };
  tap('Bow');
  expect([shown, opened]).toEqual([['Bow'], []]);
  update([{ ...bank, shown: false }, house, { ...bow, shown: true }]);
  tap('Bow');
  expect([shown, opened]).toEqual([['Bow'], ['Bow']]);
  update([...two, roof]);
  tap('Roof');
  expect([shown, opened]).toEqual([['Bow'], ['Bow', 'Roof']]);
});

test('more devices than fit are scrolled by a finger, which taps nothing then, and rest on whole rows', () => {
  const many = [bank, ...Array.from({ length: 10 }, (_, i) => ({ ...house, name: `House ${i + 1}` }))];
  const { navigator, shown, update } = site(many);
  expect(update()).toEqual(['Bank', 'House 1', 'House 2', 'House 3', 'House 4', 'House 5']);
  const { x, y } = placeOf(navigator.targets, 'device House 4');
  touch(navigator, [x, y], [x, y - 60], [x, y - 120]);
  expect(update()).toEqual(['House 2', 'House 3', 'House 4', 'House 5', 'House 6', 'House 7']);
  touch(navigator, [x, y], [x, y - 2000]);
  expect(update().at(-1)).toBe('House 10');
  touch(navigator, [x, y], [x, y + 5000]);
  expect(update()[0]).toBe('Bank');
  expect(shown).toEqual([]);
  // A finger rolls a little and taps all the same.
  touch(navigator, [x, y], [x, y - 5]);
  expect(shown).toEqual(['House 4']);
});

test('a list that got shorter is not scrolled beyond its end', () => {
  const many = [bank, ...Array.from({ length: 10 }, (_, i) => ({ ...house, name: `House ${i + 1}` }))];
  const { navigator, update } = site(many);
  const { x, y } = placeOf(navigator.targets, 'device House 4');
  touch(navigator, [x, y], [x, y - 2000]);
  expect(update(two)).toEqual(['Bank', 'House', 'Bow']);
});

test('what has an alarm comes first, then what was acknowledged, then what is lost', () => {
  const alarm = { text: 'Cell too high', acknowledged: false };
  const wrong = [
    house,
    { ...bow, freshness: 'lost' } as const,
    { ...roof, alarm: { ...alarm, acknowledged: true } },
    { ...inverter, alarm },
  ];
  expect(inOrder(wrong).map(({ name }) => name)).toEqual(['Inverter', 'Roof', 'Bow', 'House']);
  expect(inOrder(five)).toEqual(five);
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

test('a row says what is wrong, else how old it is, else what the device does', () => {
  const said = (device: DeviceView): readonly [string, string, string, boolean] => {
    const { detail, detailUnit, number, unit, detailTone, sign } = rowOf(device, 'celsius', dayPalette);
    return [`${detail} ${detailUnit}`.trim(), `${number} ${unit}`, detailTone, sign];
  };
  expect(said(house)).toEqual(['+12.4 A', '78.5 %', 'quiet', false]);
  expect(said({ ...house, current: undefined })).toEqual(['', '78.5 %', 'quiet', false]);
  expect(said(roof)).toEqual(['boost · 39 °C', '412 W', 'quiet', false]);
  expect(rowOf(roof, 'fahrenheit', dayPalette).detail).toBe('boost · 102 °F');
  expect(said(inverter)).toEqual(['−11.2 A', '−146 W', 'quiet', false]);
  expect(said({ ...inverter, watts: 12_345 })[1]).toBe('12.35 kW');
  const late = { freshness: 'late', age: 12_000 } as const;
  expect(said({ ...house, ...late })).toEqual(['12 s old', '78.5 %', 'warning', false]);
  const lost = { freshness: 'lost', age: 190_000 } as const;
  expect(said({ ...house, ...lost })).toEqual(['lost 3 min', '— %', 'warning', true]);
  expect(said({ ...roof, ...lost, age: Infinity })).toEqual(['not received', '— W', 'warning', true]);
  const alarm = { text: 'Cell too high', acknowledged: true };
  expect(said({ ...house, alarm })).toEqual(['Cell too high', '78.5 %', 'alarm', true]);
  expect(said({ ...house, ...lost, alarm })).toEqual(['lost 3 min', '— %', 'alarm', true]);
  expect(said({ ...bank, presence: '2 of 3' })).toEqual(['2 of 3', '77.5 %', 'warning', true]);
  const off = (count: number, of: number) => ({
    switchedOff: { discharge: { off: count, of }, charge: { off: 0, of } },
  });
  expect(said({ ...house, ...off(1, 1) })[0]).toBe('off');
  expect(said({ ...house, ...off(1, 1), ...late })[0]).toBe('12 s old');
  expect(said({ ...bank, ...off(2, 3) })[0]).toBe('2 off');
  const volts = { ...roof, watts: undefined, mode: undefined, temperature: undefined, volts: 13.4 };
  expect(said(volts)).toEqual(['13.4 V', '— W', 'quiet', false]);
});

describe('while an alarm stands that nobody has acknowledged', () => {
  const alarmed = (width: number, height: number, devices: readonly DeviceView[]): readonly TouchTarget[] => {
    const screen = mainScreen(tellAlarm({ ...charging, weakest: 2.9 }), width, height);
    screen.update(around(devices));
    return screen.targets;
  };

  test.each(sizes)('every row that is seen is whole at %d x %d', (width, height) => {
    for (const devices of [two, six]) {
      const targets = alarmed(width, height, devices);
      expect(targets[0]?.name).toBe('alarm');
      const strip = targets[0]!.areas[0]!;
      expect(rows(targets).length).toBeGreaterThan(0);
      for (const { name, areas } of targets)
        for (const area of areas) {
          if (!name.startsWith('device ')) continue;
          expect(area.height).toBeGreaterThanOrEqual(48);
          expect(area.y + area.height <= strip.y || area.y >= strip.y + strip.height).toBe(true);
        }
    }
  });

  test('the power log gives way where all is too much, and comes back', () => {
    const monitored = tellAlarm({ ...charging, weakest: 2.9 });
    const screen = mainScreen(monitored);
    const names = (age: number, devices: readonly DeviceView[], flowing?: SiteFlows): string[] => {
      screen.update(around(devices, age, flowing));
      return screen.targets.map(({ name }) => name);
    };
    expect(names(200, six, flows)).not.toContain('power-log');
    expect(names(1200, six)).toContain('power-log');
    expect(names(2200, six, flows)).not.toContain('zoom');
    screen.tap('alarm');
    expect(names(3200, six, flows)).toEqual(expect.arrayContaining(['power-log', 'zoom']));
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

test('repainting only what was damaged gives the picture that repainting everything gives', () => {
  const screen = mainScreen(tell(charging), 480, 320);
  const navigator = new Navigator(() => screen, 'main');
  const [parts, whole] = [new Surface(480, 320), new Surface(480, 320)];
  let scene: unknown;
  const look = (age: number, devices: readonly DeviceView[], flowing: SiteFlows): void => {
    navigator.update(around(devices, age, flowing));
    if (scene !== navigator.scene) parts.show(navigator.scene);
    scene = navigator.scene;
    parts.repaint();
    whole.show(navigator.scene);
    whole.repaint();
    const where = `${age} ms`;
    const same = parts.canvas.toBuffer('raw').equals(whole.canvas.toBuffer('raw'));
    expect([where, same]).toEqual([where, true]);
  };
  for (let step = 0; step < 40; step++) {
    const changed = [five, six, twenty, odd][Math.floor(step / 10)]!.map((device, i) =>
      (step + i) % 3 === 0 ? { ...device, current: step, watts: 100 + step } : device,
    );
    const power = step % 7 === 0 ? unknown : fresh(90 * step - 800);
    look(1000 * step, changed, { ...flows, loads: { power, today: 10 * step } });
    const from: readonly [number, number] = [100, 240];
    const to: readonly [number, number] = [100, 240 + ((step * 37) % 120) - 70];
    navigator.pointer({ type: 'press', x: from[0], y: from[1] });
    navigator.pointer({ type: 'move', x: to[0], y: to[1] });
    look(1000 * step + 300, changed, flows);
    navigator.pointer({ type: 'release', x: to[0], y: to[1] });
    look(1000 * step + 600, changed, flows);
  }
});
