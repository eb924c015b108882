import * as v from 'valibot';
import { resolveSettings } from '../src/resolve-settings';
import type { Field } from '../src/screens/config/field';
import { settings, type Setting, type SettingName } from '../src/settings';
import { settingPages } from '../src/settings-fields';
import { kindOf } from '../src/settings-kinds';

const pages = settingPages({ fixed: () => '', useful: () => true });
const fields = pages.flatMap((page) => page.fields);
const defaults = { ...resolveSettings([]) };
const find = (name: string): Field => fields.find((field) => field.name === name)!;

test('kinds and limits come from the schema', () => {
  expect(kindOf(settings.port.schema)).toEqual({ kind: 'number', least: 1, most: 65535 });
  expect(kindOf(settings.brightness.schema)).toEqual({ kind: 'number', least: 5, most: 100 });
  expect(kindOf(settings.invertCurrent.schema)).toEqual({ kind: 'switch' });
  expect(kindOf(settings.units.schema)).toEqual({ kind: 'choice', options: ['celsius', 'fahrenheit'] });
  expect(kindOf(settings.rotate.schema)).toEqual({ kind: 'choice', options: ['0', '90', '180', '270'] });
  expect(kindOf(settings.interface.schema)).toEqual({ kind: 'text' });
});

test('what the screens offer is what the owner needs, each on one page', () => {
  expect(fields.map(({ name }) => name).sort()).toEqual(
    [
      'source', 'port', 'interface', 'serial', 'bitrate', 'bmsId', 'brightness', 'nightBrightness', 'night', 'night begin',
      'night end', 'screenOff', 'rotate', 'invertCurrent', 'invertFineCurrent', 'signedTemperatures', 'powerScale', 'units', 'remotePassword', 'remoteViewPassword', 'vnc', 'web',
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
    'bmsId',
    'brightness',
    'night',
    'nightBrightness',
    'powerScale',
    'screenOff',
    'units',
  ]);
});

test('a typed text is taken or refused with what would be right', () => {
  const port = find('port');
  if (port.kind !== 'text') throw new Error('a port is typed');
  expect(port.parse(' 65451 ')).toEqual({ value: 65451 });
  expect(port.parse('65536')).toEqual({ problem: 'It must be a whole number from 1 to 65535.' });
  expect(v.is(settings.port.schema, '65536')).toBe(false);
});
