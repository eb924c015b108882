import * as v from 'valibot';
import type { Units } from '../../src/model/temperature';
import { resolveSettings } from '../../src/settings/resolve-settings';
import type { Field } from '../../src/screens/config/field';
import { settings, type Setting, type SettingName } from '../../src/settings/settings';
import { settingPages } from '../../src/desk/settings-fields';
import { kindOf } from '../../src/settings/settings-kinds';

const pages = settingPages({ fixed: () => '', useful: () => true });
const fields = pages.flatMap((page) => page.fields);
const defaults = { ...resolveSettings([]) };
const find = (name: string): Field => fields.find((field) => field.name === name)!;

test('kinds and limits come from the schema', () => {
  expect(kindOf(settings.port.schema)).toEqual({ kind: 'number', least: 1, most: 65535, canBeOff: false });
  expect(kindOf(settings.brightness.schema)).toMatchObject({ kind: 'number', least: 5, most: 100 });
  expect(kindOf(settings.alarmSpread.schema)).toEqual({
    kind: 'number',
    least: 0.01,
    most: 3,
    canBeOff: true,
  });
  expect(kindOf(settings.invertCurrent.schema)).toEqual({ kind: 'switch' });
  expect(kindOf(settings.units.schema)).toEqual({ kind: 'choice', options: ['celsius', 'fahrenheit'] });
  expect(kindOf(settings.rotate.schema)).toEqual({ kind: 'choice', options: ['0', '90', '180', '270'] });
  expect(kindOf(settings.interface.schema)).toEqual({ kind: 'text' });
});

test('what the screens offer is what the owner needs, each on one page', () => {
  expect(fields.map(({ name }) => name).sort()).toEqual(
    [
      'source', 'port', 'interface', 'serial', 'bitrate', 'bmsId', 'mqtt', 'mqttUrl', 'mqttUser', 'mqttPassword',
      'homeAssistant', 'mqttDevices', 'mqttDataJson', 'mqttMessagePack', 'brightness', 'nightBrightness', 'night', 'night begin',
      'night end', 'screenOff', 'rotate', 'invertCurrent', 'invertFineCurrent', 'signedTemperatures', 'powerScale', 'units',
      'alarmTemperatureHigh', 'alarmTemperatureLow', 'alarmSpread', 'alarmCharge', 'alarmPackHigh', 'alarmPackLow',
      'alarmSilence', 'history', 'log', 'logEvery', 'databaseEvery', 'logToDatabase', 'remotePassword', 'remoteViewPassword', 'vnc', 'web', 'pin', 'kiosk',
    ].sort(),
  ); // prettier-ignore
});

test('whatever a control can be set to, the schema takes', () => {
  for (const field of fields) {
    const values = { ...defaults, night: '21:00-06:30' };
    const offered =
      field.kind === 'slider' ? field.stops
      : field.kind === 'choice' ? field.options.map(({ value }) => value)
      : field.kind === 'switch' ? [true, false]
      : []; // prettier-ignore
    for (const value of offered) {
      // A night that ends when it begins is none.
      if (field.name.startsWith('night ') && ['21:00', '06:30'].includes(field.format(value))) continue;
      const after = field.write(values, value);
      expect([field.name, value, after === undefined]).toEqual([field.name, value, false]);
      resolveSettings([{ values: after!, describe: (name) => name }]);
      expect(field.read(after!)).toBe(value);
    }
    if (field.kind === 'slider') expect(field.stops.length).toBeGreaterThan(1);
  }
});

test('every default stands on its control, and reads as it is written', () => {
  for (const field of fields) {
    if (field.kind === 'choice')
      expect(field.options.map(({ value }) => value)).toContain(field.read(defaults));
    if (field.kind === 'text')
      expect(field.parse(String(field.read(defaults)))).toEqual({ value: field.read(defaults) });
  }
  expect([find('screenOff').format(0), find('screenOff').format(10)]).toEqual(['Never', '10 min']);
  expect([find('bitrate').format(500_000), find('rotate').format(90)]).toEqual(['500 kbit/s', '90°']);
  expect([find('night begin').format(21 * 60 + 15), find('units').format('fahrenheit')]).toEqual([
    '21:15',
    '°F',
  ]);
});

test('what says that it holds at once is what the program takes over while it runs', () => {
  const live = (Object.keys(settings) as SettingName[]).filter(
    (name) => (settings[name] as Setting).form?.effect === 'now',
  );
  expect(live.sort()).toEqual([
    'alarmCharge',
    'alarmPackHigh',
    'alarmPackLow',
    'alarmSilence',
    'alarmSpread',
    'alarmTemperatureHigh',
    'alarmTemperatureLow',
    'brightness',
    'kiosk',
    'night',
    'nightBrightness',
    'pin',
    'powerScale',
    'screenOff',
    'units',
  ]);
});

test('a limit is off at the end of its slider that is farthest from an alarm, or where nothing is typed', () => {
  const high = find('alarmTemperatureHigh');
  const low = find('alarmTemperatureLow');
  if (high.kind !== 'slider' || low.kind !== 'slider') throw new Error('temperatures are set by sliding');
  expect([high.format(high.stops.at(-1)!), low.format(low.stops[0]!)]).toEqual(['Off', 'Off']);
  expect(high.write(defaults, high.stops.at(-1)!)).toMatchObject({ alarmTemperatureHigh: 'off' });
  expect(low.read(defaults)).toBe(low.stops[0]);
  // What a file says beyond the slider's stops is not called off.
  expect(high.format(high.read({ ...defaults, alarmTemperatureHigh: 120 }))).toBe('120 °C');
  expect(find('alarmSpread').format(0.35)).toBe('350 mV');
  const pack = find('alarmPackHigh');
  if (pack.kind !== 'text') throw new Error('a pack voltage is typed');
  expect([pack.read(defaults), pack.parse(' '), pack.parse('57.6')]).toEqual([
    '',
    { value: '' },
    { value: 57.6 },
  ]);
  expect(pack.write(defaults, '')).toMatchObject({ alarmPackHigh: 'off' });
  expect(pack.parse('0')).toEqual({ problem: 'It must be off or a number from 1 to 2000.' });
});

test('limits of temperature are shown in the units of the owner and kept in °C', () => {
  let units: Units = 'celsius';
  const own = settingPages({ fixed: () => '', useful: () => true, units: () => units });
  const high = own.flatMap((page) => page.fields).find(({ name }) => name === 'alarmTemperatureHigh')!;
  expect(high.format(60)).toBe('60 °C');
  units = 'fahrenheit';
  expect(high.format(60)).toBe('140 °F');
  expect(high.read(defaults)).toBe(60);
});

test('S0.60, S0.123: LOG TO DATABASE is a switch of the settings, on unless it is switched off', () => {
  const database = find('logToDatabase');
  expect([database.label, database.kind, database.read(defaults)]).toEqual([
    'LOG TO DATABASE',
    'switch',
    true,
  ]);
  expect(database.restarts).toBe(true);
});

test('a typed text is taken or refused with what would be right', () => {
  const port = find('port');
  if (port.kind !== 'text') throw new Error('a port is typed');
  expect(port.parse(' 65451 ')).toEqual({ value: 65451 });
  expect(port.parse('65536')).toEqual({ problem: 'It must be a whole number from 1 to 65535.' });
  expect(v.is(settings.port.schema, '65536')).toBe(false);
});

test('S0.58: BMS ID, UDP port and MQTT off, receiver or sender stand on one page; the broker has a page once it is wanted', () => {
  const [first] = pages;
  const second = pages.find(({ part }) => part === 'mqtt');
  expect(first?.fields.filter((field) => field.applies(defaults)).map(({ name }) => name)).toEqual([
    'source',
    'port',
    'bmsId',
    'mqtt',
  ]);
  const mqtt = find('mqtt');
  expect(mqtt.kind === 'choice' && mqtt.options.map(({ label }) => label)).toEqual([
    'Off',
    'Receiver',
    'Sender',
  ]);
  const shown = (role: string) =>
    second?.fields.filter((field) => field.applies({ ...defaults, mqtt: role })).map(({ name }) => name);
  expect(shown('off')).toEqual([]);
  expect(shown('receiver')).toEqual(['mqttUrl', 'mqttUser', 'mqttPassword']);
  expect(shown('sender')).toEqual(['mqttUrl', 'mqttUser', 'mqttPassword', 'homeAssistant']);
  const several = { ...defaults, mqtt: 'sender', devices: ['jbd-serial,port=/dev/ttyUSB0'] };
  expect(second?.fields.filter((field) => field.applies(several)).map(({ name }) => name)).toContain(
    'mqttDevices',
  );
  expect(second?.fields.find(({ name }) => name === 'mqttPassword')).toMatchObject({
    kind: 'text',
    secret: true,
  });
});
