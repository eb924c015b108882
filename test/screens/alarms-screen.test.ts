import { evtvReading } from '../../src/devices/evtv/readings';
import { Surface } from '../../src/render/surface';
import { TextStyles } from '../../src/render/text';
import { dayPalette } from '../../src/render/theme';
import { contains } from '../../src/render/rect';
import { usualAlarmLimits } from '../../src/model/alarm-limits';
import { Site, type MonitoredBattery } from '../../src/model/site';
import { alarmRow } from '../../src/screens/alarms/alarm-rows';
import { AlarmsScreen } from '../../src/screens/alarms/alarms-screen';
import { expectGolden } from '../golden-picture';
import { heardAt, mainScreen, surroundings, tell } from './stories';

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

function picture(screen: AlarmsScreen, width = 800, height = 480): Surface {
  screen.update(surroundings(200));
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
    { text: 'Nothing heard from the battery for over 60 s', risenAt: hours(30), acknowledgedAt: hours(29), endedAt: undefined, leftStanding: true },
    { text: 'Cell 12 at 4.25 V, above 4.20 V', risenAt: hours(52), acknowledgedAt: hours(51), endedAt: hours(51) },
  ]); // prettier-ignore
  battery.apply(
    evtvReading({ message: '0x150', temperatureMax: 63, packCurrent: 3, packVoltage: 58.1 }, heardAt),
  );
  alarms.look(battery, heardAt);
  expectGolden(picture(screenOf(monitored)).canvas, 'alarms-earlier');
});

test('a row says when, what, and how it stands in words', () => {
  const wall = new Date(2026, 5, 12, 12, 41, 7);
  const entry = { number: 1, text: 'Battery at 63 °C, above 60 °C', risenAt: 0 };
  const now = 3_600_000;
  expect(alarmRow({ ...entry, acknowledgedAt: undefined, endedAt: undefined }, now, wall)).toEqual({
    when: '11:41',
    what: entry.text,
    state: 'NOW',
    tone: 'standing',
  });
  expect(alarmRow({ ...entry, acknowledgedAt: 60_000, endedAt: undefined }, now, wall).state).toBe(
    'seen 11:42',
  );
  expect(alarmRow({ ...entry, acknowledgedAt: 60_000, endedAt: 1_800_000 }, now, wall).state).toBe(
    'over 12:11',
  );
  // Nobody saw the end of one that stood when packdial was ended.
  const left = { ...entry, acknowledgedAt: 60_000, endedAt: undefined, leftStanding: true } as const;
  expect(alarmRow(left, now, wall)).toMatchObject({ state: 'end not known', tone: 'over' });
  // No time of day is made up on a machine that does not know it.
  expect(alarmRow({ ...entry, acknowledgedAt: undefined, endedAt: undefined }, now, new Date(0)).when).toBe(
    '1 h ago',
  );
});

test('pages lead to older alarms and back, and no further', () => {
  const monitored = tell(story);
  for (let i = 1; i <= 20; i++)
    monitored.alarms.log.update(monitored.alarms.log.rise(`Alarm ${i}`, i), { endedAt: i });
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
