import * as fc from 'fast-check';
import {
  controllerItem,
  controllerItemNames,
  controllerItems,
  type ControllerItemName,
} from '../../../src/model/controller/items';
import { isTimeZone } from '../../../src/model/controller/time-zone';
import {
  problemsWith,
  problemWith,
  readItem,
  redacted,
  showItem,
  withoutSecrets,
  writeItem,
} from '../../../src/model/controller/values';
import { firstValues } from '../../../src/simulation/simulated-controller';

const good: Record<ControllerItemName, (string | number)[]> = {
  HIVOLT: [2.5, 4.2, 4.5, 0.1 * 42],
  LOVOLT: [2, 3.2, 4],
  BALVOLT: [2.5, 3.9],
  HITEMP: [30, 55, 80],
  CAN0SPEED: ['125K', '1000K'],
  CAN1SPEED: ['250K', '500K'],
  SSID: ['a', 'Café', 'x'.repeat(32), ' spaces '],
  WIFIPASS: ['12345678', 'a b*c=d#', 'x'.repeat(63)],
  BMSID: ['MorganOak', 'a', 'ü'.repeat(32)],
  UDPPORT: [1, 6500, 6550, 65451, 65535],
  TIMEZONE: ['CST6CDT,M3.2.0/2,M11.1.0', 'UTC0', '<+0530>-5:30', 'NZST-12NZDT,M9.5.0,M4.1.0/3'],
};
const bad: Record<ControllerItemName, unknown[]> = {
  HIVOLT: [2.4, 4.6, 4.25, NaN, Infinity, '4.2', true, undefined, null],
  LOVOLT: [1.9, 4.1, -3],
  BALVOLT: [0, 3.95],
  HITEMP: [29, 81, 55.5],
  CAN0SPEED: ['1000', '1000k', '', 1000, '33K'],
  CAN1SPEED: ['2M'],
  SSID: ['', 'x'.repeat(33), 'ü'.repeat(17), 'a\nb', 'a\u0000', '\ud800'],
  WIFIPASS: ['', '1234567', 'x'.repeat(64), 'pässword', 'two\nlines'],
  BMSID: ['', 'a b', 'a/b', 'a+', '#', 'x'.repeat(65), 'a\r\nCOMMIT=1'],
  UDPPORT: [0, 65536, 6500.5, '6500', -1],
  TIMEZONE: ['', 'CST', 'CST6CDT,M13.2.0,M11.1.0', 'Europe/Berlin', 'UTC0\n', `UTC0${' '.repeat(80)}`],
};

test.each(controllerItemNames)('%s is looked at by type and limits before it leaves', (name) => {
  for (const value of good[name]) expect([value, problemWith(name, value)]).toEqual([value, undefined]);
  for (const value of bad[name]) expect([value, problemWith(name, value)]).not.toEqual([value, undefined]);
});

test('S0.53, S0.57, S0.58: everything that the manual’s screens have is there', () => {
  expect(controllerItemNames).toEqual(
    expect.arrayContaining(['CAN0SPEED', 'CAN1SPEED', 'SSID', 'WIFIPASS', 'TIMEZONE', 'BMSID', 'UDPPORT']),
  );
  const sliders = controllerItemNames.filter((name) => controllerItems[name].kind === 'number');
  expect(sliders).toEqual(expect.arrayContaining(['HIVOLT', 'LOVOLT']));
});

test('what is written of a good value reads back as the same', () => {
  for (const name of controllerItemNames)
    for (const value of good[name])
      expect(readItem(name, writeItem(name, value))).toEqual(
        typeof value === 'number' ? Number(value.toFixed(1)) : value,
      );
});

test('reading takes anything without throwing, and brings control characters nowhere', () => {
  fc.assert(
    fc.property(fc.constantFrom(...controllerItemNames), fc.string({ unit: 'binary' }), (name, text) => {
      const value = readItem(name, text);
      expect(/\p{Cc}/u.test(String(value ?? ''))).toBe(false);
    }),
  );
});

test('the low cut-off stays below the high one, whichever is changed', () => {
  expect([...problemsWith({ LOVOLT: 3.2, HIVOLT: 4.2 }, { LOVOLT: 4 }).keys()]).toEqual([]);
  expect([...problemsWith({ LOVOLT: 3.2, HIVOLT: 3.3 }, { LOVOLT: 3.3 }).keys()]).toEqual(['LOVOLT']);
  expect([...problemsWith({ LOVOLT: 3.2 }, { HIVOLT: 3.2 }).keys()]).toEqual(['HIVOLT']);
  expect([...problemsWith({}, { LOVOLT: 4, HIVOLT: 3 }).keys()].sort()).toEqual(['HIVOLT', 'LOVOLT']);
  expect([...problemsWith({ LOVOLT: 3.2, HIVOLT: 4.2 }, { LOVOLT: 2.5, HIVOLT: 3 }).keys()]).toEqual([]);
});

test('what comes from another machine may be anything', () => {
  const problems = problemsWith({}, { HIVOLT: '4.2', __proto__: 1, toString: 2, CELLS: 3, constructor: 4 });
  expect([...problems.keys()].sort()).toEqual(['CELLS', 'HIVOLT', 'constructor', 'toString']);
});

test('a value between the steps, which only a controller can have, is shown as it is', () => {
  expect(readItem('HIVOLT', '4.25')).toBe(4.25);
  expect(showItem('HIVOLT', 4.25)).toBe('4.25 V');
  expect(showItem('HIVOLT', 4)).toBe('4.0 V');
});

test('a password is nowhere to be seen: not shown, logged or told among the others', () => {
  const secrets = controllerItemNames.filter((name) => controllerItem(name).secret);
  expect(secrets).toEqual(['WIFIPASS']);
  const password = 'hunter2 hunter2';
  expect(showItem('WIFIPASS', password)).not.toContain('hunter');
  expect(redacted({ HIVOLT: 4.1, WIFIPASS: password })).toBe('HIVOLT 4.1, WIFIPASS (not shown)');
  expect(withoutSecrets({ ...firstValues, WIFIPASS: password })).not.toHaveProperty('WIFIPASS');
  expect(problemWith('WIFIPASS', 'short')).toEqual({ code: 'item-not-taken', values: { item: 'WIFIPASS' } });
  // Its length tells nothing either.
  expect(showItem('WIFIPASS', 'x'.repeat(40))).toBe(showItem('WIFIPASS', password));
});

test('time zones as POSIX has them, and nothing else', () => {
  for (const zone of [
    'EST5EDT',
    'CET-1CEST,M3.5.0,M10.5.0/3',
    '<-03>3',
    'IST-1GMT0,M10.5.0,M3.5.0/1',
    'XXX3:30:15',
    'AAA-14BBB,J60/-2,300/167',
  ])
    expect([zone, isTimeZone(zone)]).toEqual([zone, true]);
  for (const zone of [
    'E5',
    'EST',
    'EST25',
    'EST5EDT,M3.5.7,M10.5.0',
    'EST5EDT,M3.2.0',
    'EST5EDT,J366,J1',
    '<>5',
  ])
    expect([zone, isTimeZone(zone)]).toEqual([zone, false]);
});

test('a number on the wire is nothing but a number', () => {
  for (const text of ['x4.2', '4.2x', '4.2 V', ' 4.2', '4.2\n', '', '-', '4.', '1e3', '1234567'])
    expect([text, readItem('HIVOLT', text)]).toEqual([text, undefined]);
  expect(readItem('HIVOLT', '-0')).toBe(0);
});

test('whole numbers have no decimals, and temperatures the owner’s units', () => {
  expect([writeItem('HITEMP', 55), writeItem('HIVOLT', 4)]).toEqual(['55', '4.0']);
  expect([showItem('HITEMP', 55), showItem('HITEMP', 55, 'fahrenheit')]).toEqual(['55 °C', '131 °F']);
});

test('a cut-off crosses nothing while the other one is not known', () => {
  expect([...problemsWith({}, { LOVOLT: 3 })]).toEqual([]);
  expect([...problemsWith({}, { HIVOLT: 4 })]).toEqual([]);
});

test('a text must be one', () => {
  for (const name of ['SSID', 'WIFIPASS', 'BMSID', 'TIMEZONE'] as const)
    for (const value of [12345678, true, null, undefined, ['abcdefgh']])
      expect([value, problemWith(name, value)]).not.toEqual([value, undefined]);
});

test('all values but the secret ones are told', () => {
  expect(withoutSecrets({ HIVOLT: 4.1, SSID: 'a', WIFIPASS: '12345678' })).toEqual({
    HIVOLT: 4.1,
    SSID: 'a',
  });
});
