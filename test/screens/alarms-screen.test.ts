import { evtvReading } from '../../src/devices/evtv/readings';
import { Surface } from '../../src/render/surface';
import { TextStyles } from '../../src/render/text';
import { dayPalette } from '../../src/render/theme';
import { contains } from '../../src/render/rect';
import { usualAlarmLimits } from '../../src/model/alarm-limits';
import { Site, type MonitoredBattery } from '../../src/model/site';
import { alarmWording } from '../../src/screens/notices';
import type { DeviceView, Surroundings } from '../../src/screens/screen';
import { alarmRow, listedAlarms } from '../../src/screens/alarms/alarm-rows';
import { AlarmsScreen } from '../../src/screens/alarms/alarms-screen';
import { expectGolden } from '../golden-picture';
import { heardAt, mainScreen, surroundings, tell } from './stories';
import { namedAlarm } from '../worded';

const story = { modules: 16, current: 124, voltage: 49.4 };

/** A battery on which a few things went wrong and were over, then one was seen, then one came. */
function troubled(): MonitoredBattery {
  const monitored = tell(story);
  const { battery, alarms } = monitored;
  const at = (ago: number, temperatureMax: number, stateOfCharge: number): void => {
    const now = heardAt - ago * 60_000;
    battery.apply(evtvReading({ message: '0x150', temperatureMax }, now));
    battery.apply(evtvReading({ message: '0x650', stateOfCharge }, now));
    alarms.look(battery, now);
  };
  at(170, 63, 50);
  at(150, 45, 50);
  at(90, 45, 8);
  at(70, 45, 30);
  at(5, 45, 9);
  alarms.acknowledge();
  at(0, 66, 9);
  return monitored;
}

function screenOf(monitored: MonitoredBattery, width = 800, height = 480): AlarmsScreen {
  return new AlarmsScreen(monitored, { width, height, palette: dayPalette, styles: new TextStyles() });
}

function picture(
  screen: AlarmsScreen,
  width = 800,
  height = 480,
  around: Parameters<typeof surroundings>[1] = {},
): Surface {
  screen.update(surroundings(200, around));
  const surface = new Surface(width, height);
  surface.show(screen.scene);
  surface.repaint();
  return surface;
}

test.each([
  ['alarms', [800, 480]],
  ['alarms-480x320', [480, 320]],
  ['alarms-1024x600', [1024, 600]],
  ['alarms-480x800', [480, 800]],
] as const)('the list of alarms looks as it was agreed: %s', (name, [width, height]) => {
  expectGolden(picture(screenOf(troubled(), width, height), width, height).canvas, name);
});

test('the list of alarms looks as it was agreed: acknowledged, and none', () => {
  const monitored = troubled();
  monitored.alarms.acknowledge();
  expectGolden(picture(screenOf(monitored)).canvas, 'alarms-acknowledged');
  expectGolden(picture(screenOf(tell(story))).canvas, 'alarms-none');
});

test('the list of alarms looks as it was agreed: of an earlier run too, in °F, and with one that stands across it', () => {
  const site = new Site({ ...usualAlarmLimits, packHigh: 57.6 }, 'fahrenheit');
  const monitored = site.battery('battery');
  const { battery, alarms } = monitored;
  const hours = (count: number): number => heardAt - count * 3_600_000;
  alarms.log.restore([
    { report: { code: 'silence', values: { seconds: 60 } }, risenAt: hours(30), acknowledgedAt: hours(29), endedAt: undefined, leftStanding: true },
    { report: { code: 'cell-high', values: { cell: 12, volts: 4.25, limit: 4.2, beyond: true } }, risenAt: hours(52), acknowledgedAt: hours(51), endedAt: hours(51) },
  ]); // prettier-ignore
  battery.apply(
    evtvReading({ message: '0x150', temperatureMax: 63, packCurrent: 3, packVoltage: 58.1 }, heardAt),
  );
  alarms.look(battery, heardAt);
  const preferences = { units: 'fahrenheit', powerScale: 20 } as const;
  expectGolden(picture(screenOf(monitored), 800, 480, { preferences }).canvas, 'alarms-earlier');
});

const devices: readonly DeviceView[] = [
  { name: 'House', kind: 'battery', freshness: 'fresh', age: 200, shown: true },
  { name: 'Starboard thruster', kind: 'battery', freshness: 'fresh', age: 200, shown: false },
];

/** Two batteries with alarms of their own. */
function twoBatteries(): {
  readonly house: MonitoredBattery;
  readonly all: () => Iterable<MonitoredBattery>;
} {
  const site = new Site({ ...usualAlarmLimits, packHigh: 57.6 });
  const hear = (name: string, ago: number, packVoltage: number, stateOfCharge: number): void => {
    const now = heardAt - ago * 60_000;
    const { battery, alarms } = site.battery(name);
    battery.apply(evtvReading({ message: '0x150', packVoltage }, now, name));
    battery.apply(evtvReading({ message: '0x650', stateOfCharge }, now, name));
    alarms.look(battery, now);
  };
  hear('House', 90, 52, 8.5);
  hear('Starboard thruster', 60, 52, 9);
  hear('House', 30, 52, 50);
  hear('House', 0, 58.1, 50);
  return { house: site.battery('House'), all: () => site.all() };
}

test.each([
  ['alarms-two-devices', [800, 480]],
  ['alarms-two-devices-480x320', [480, 320]],
] as const)('the list of alarms looks as it was agreed: of two batteries: %s', (name, [width, height]) => {
  const { house, all } = twoBatteries();
  const options = { width, height, palette: dayPalette, styles: new TextStyles() };
  const screen = new AlarmsScreen(house, options, all);
  expectGolden(picture(screen, width, height, { devices }).canvas, name);
});

test('the alarms of several batteries are one list, the latest first; each names its battery where there are several', () => {
  const { house, all } = twoBatteries();
  const texts = (around: Surroundings, of = all()): string[] =>
    listedAlarms(of).map(
      ({ device, entry }) =>
        alarmRow(entry, heardAt, new Date(2026, 5, 12), alarmWording(device, around)).what,
    );
  expect(texts(surroundings(0, { devices }))).toEqual([
    'House: pack at 58.1 V, above 57.6 V',
    'Starboard thruster: state of charge at 9 %, below 10 %',
    'House: state of charge at 8.5 %, below 10 %',
  ]);
  expect(texts(surroundings(0), [house])).toEqual([
    'Pack at 58.1 V, above 57.6 V',
    'State of charge at 8.5 %, below 10 %',
  ]);
});

test('a row says when, what, and how it stands in words', () => {
  const wall = new Date(2026, 5, 12, 12, 41, 7);
  const hot = { value: 63, limit: 60, beyond: true };
  const report = { code: 'temperature-high', values: hot } as const;
  const entry = { number: 1, report, risenAt: 0 };
  const wording = { units: 'celsius' } as const;
  const now = 3_600_000;
  expect(alarmRow({ ...entry, acknowledgedAt: undefined, endedAt: undefined }, now, wall, wording)).toEqual({
    when: '11:41',
    what: 'Battery at 63 °C, above 60 °C',
    state: 'NOW',
    tone: 'standing',
  });
  expect(alarmRow({ ...entry, acknowledgedAt: 60_000, endedAt: undefined }, now, wall, wording).state).toBe(
    'seen 11:42',
  );
  expect(alarmRow({ ...entry, acknowledgedAt: 60_000, endedAt: 1_800_000 }, now, wall, wording).state).toBe(
    'over 12:11',
  );
  // Nobody saw the end of one that stood when packdial was ended.
  const left = { ...entry, acknowledgedAt: 60_000, endedAt: undefined, leftStanding: true } as const;
  expect(alarmRow(left, now, wall, wording)).toMatchObject({ state: 'end not known', tone: 'over' });
  // No time of day is made up on a machine that does not know it.
  expect(
    alarmRow({ ...entry, acknowledgedAt: undefined, endedAt: undefined }, now, new Date(0), wording).when,
  ).toBe('1 h ago');
});

test('pages lead to older alarms and back, and no further', () => {
  const monitored = tell(story);
  for (let i = 1; i <= 20; i++)
    monitored.alarms.log.update(monitored.alarms.log.rise(namedAlarm(`Alarm ${i}`), i), { endedAt: i });
  const screen = screenOf(monitored);
  const pictures = ['none', 'older', 'older', 'older', 'older', 'newer', 'newer', 'newer'].map((target) => {
    if (target !== 'none') expect(screen.tap(target)).toEqual({ kind: 'none' });
    return picture(screen).canvas.toBuffer('raw').toString('base64');
  });
  expect(new Set(pictures.slice(0, 4)).size).toBe(4);
  expect(pictures[4]).toBe(pictures[3]);
  expect(pictures[7]).toBe(pictures[0]);
});

test('the status strip of the main screen leads there, a tap beside the buttons leads back', () => {
  const main = mainScreen(troubled());
  const target = main.targets.find(({ areas }) => areas.some((area) => contains(area, 160, 20)));
  expect(main.tap(target?.name ?? '')).toEqual({ kind: 'open', screen: 'alarms' });
  expect(screenOf(troubled()).tap('back')).toEqual({ kind: 'open', screen: 'main' });
});
