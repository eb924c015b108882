import { expectGolden } from '../golden-picture';
import { worded } from '../worded';
import { mainPicture, silence, surroundings, tell, tellAlarm } from './stories';

const charging = { modules: 16, current: 124, voltage: 49.4 };
const absurd = {
  modules: 40,
  announced: 42,
  current: -32768,
  voltage: 6553.5,
  stateOfCharge: 127.5,
  temperature: 255,
};

test.each([
  ['charging', charging, 200, [800, 480]],
  ['discharging-240-cells', { modules: 40, current: -327, voltage: 399.9 }, 200, [800, 480]],
  ['charging-hard', { modules: 40, current: 327, voltage: 399.9, stateOfCharge: 100 }, 200, [800, 480]],
  ['six-cells-idle', { modules: 1, current: 0, voltage: 24.1, stateOfCharge: 8.5 }, 200, [800, 480]],
  ['late', charging, 5000, [800, 480]],
  ['lost-480x800', charging, 65_000, [480, 800]],
  ['lost', charging, 65_000, [800, 480]],
  ['absurd', absurd, 200, [800, 480]],
  ['absurd-480x320', absurd, 200, [480, 320]],
  ['240-cells-480x320', { modules: 40, current: -327, voltage: 399.9 }, 200, [480, 320]],
  ['6-cells-480x320', { modules: 1, current: 0, voltage: 24.1, stateOfCharge: 8.5 }, 200, [480, 320]],
  ['charging-1024x600', charging, 200, [1024, 600]],
  ['charging-480x320', charging, 200, [480, 320]],
  ['charging-480x800', charging, 200, [480, 800]],
  ['charging-1280x400', charging, 200, [1280, 400]],
  ['240-cells-720x1280', { modules: 40, current: -327, voltage: 399.9 }, 200, [720, 1280]],
  ['charging-1920x1080', charging, 200, [1920, 1080]],
] as const)('the main screen looks as it was agreed: %s', (name, story, age, size) => {
  expectGolden(mainPicture(tell(story), surroundings(age), size).canvas, `main-${name}`);
});

test.each([
  ['to-full', charging, 'timeToFull', 19_400, [800, 480]],
  ['to-full-480x320', { ...charging, stateOfCharge: 97.5 }, 'timeToFull', 3540, [480, 320]],
  ['to-empty', { ...charging, current: -60 }, 'timeToEmpty', 35_990, [800, 480]],
] as const)('the main screen looks as it was agreed: time %s', (name, story, quantity, value, size) => {
  const monitored = tell(story);
  monitored.battery.compute(quantity, () => ({ value, age: 200, freshness: 'fresh' }));
  expectGolden(mainPicture(monitored, surroundings(200), size).canvas, `main-time-${name}`);
});

test.each([
  ['', [800, 480]],
  ['-480x320', [480, 320]],
] as const)('the main screen looks as it was agreed: waiting for a battery%s', (suffix, size) => {
  const { source, ...around } = surroundings(0);
  const quiet = { ...source, frames: 0, ignored: 12, malformed: 3, sender: undefined };
  const picture = mainPicture(silence(), { ...around, source: quiet }, size);
  expectGolden(picture.canvas, `main-waiting${suffix}`);
});

test.each([
  ['', [800, 480]],
  ['-480x320', [480, 320]],
] as const)(
  'the main screen looks as it was agreed: a battery that fell silent is an alarm%s',
  (suffix, size) => {
    const monitored = tell(charging);
    monitored.alarms.look(monitored.battery, surroundings(65_000).now);
    expectGolden(mainPicture(monitored, surroundings(65_000), size).canvas, `main-lost-alarm${suffix}`);
  },
);

test('the main screen looks as it was agreed: an interface that is not there, on a machine that cannot know the time', () => {
  const { source, ...around } = surroundings(0);
  const text = 'No CAN interface can0 (is the hat enabled?): next try in 60 s';
  const gone = {
    ...source,
    label: 'CAN can0',
    text,
    up: false,
    frames: 0,
    ignored: 0,
    malformed: 0,
    sender: undefined,
  };
  const picture = mainPicture(silence(), {
    ...around,
    wall: new Date(1970, 0, 1),
    address: undefined,
    source: gone,
  });
  expectGolden(picture.canvas, 'main-no-interface');
});

const overcharged = { ...charging, weakest: 4.25 };

test.each([
  ['alarm', [800, 480]],
  ['alarm-480x320', [480, 320]],
  ['alarm-480x800', [480, 800]],
  ['alarm-1280x400', [1280, 400]],
  ['alarm-1024x600', [1024, 600]],
] as const)('the main screen looks as it was agreed: %s', (name, size) => {
  expectGolden(mainPicture(tellAlarm(overcharged), surroundings(200), size).canvas, `main-${name}`);
});

test('the main screen looks as it was agreed: an alarm that has been acknowledged', () => {
  const monitored = tellAlarm(overcharged);
  monitored.alarms.acknowledge();
  expectGolden(mainPicture(monitored, surroundings(200)).canvas, 'main-alarm-acknowledged');
});

test.each([
  ['nobody-acknowledges', [800, 480]],
  ['nobody-acknowledges-480x320', [480, 320]],
] as const)('the main screen looks as it was agreed: the longest sentence about a bus: %s', (name, size) => {
  const { source, ...around } = surroundings(65_000);
  const { text, note } = worded({
    report: { code: 'can-passive', values: { name: 'can0', side: 'sending' } },
  });
  const passive = { ...source, label: 'CAN can0', text, note, sender: undefined };
  expectGolden(mainPicture(tell(charging), { ...around, source: passive }, size).canvas, `main-${name}`);
});

test('the main screen looks as it was agreed: a battery that is heard on a bus with errors', () => {
  const { source, ...around } = surroundings(200);
  const { text, note } = worded({ report: { code: 'can-warning', values: { name: 'can0' } } });
  const warned = { ...source, label: 'CAN can0', text, note, sender: undefined };
  expectGolden(mainPicture(tell(charging), { ...around, source: warned }).canvas, 'main-error-warning');
});

test('the main screen looks as it was agreed: in °F, with a damaged settings file', () => {
  const preferences = { units: 'fahrenheit', powerScale: 20 } as const;
  const notice = 'Settings file damaged: the last good one is in use';
  const picture = mainPicture(tell(charging), surroundings(200, { preferences, notice }));
  expectGolden(picture.canvas, 'main-damaged-settings');
});
