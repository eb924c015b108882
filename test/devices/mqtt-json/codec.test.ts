import * as fc from 'fast-check';
import { parseJsonPath, valueAt } from '../../../src/devices/mqtt-json/json-path';
import { saysOffline, toldValue } from '../../../src/devices/mqtt-json/told-value';
import { isTopic, parseValuePlace } from '../../../src/devices/mqtt-json/value-place';
import { matches } from '../../../src/devices/mqtt-json/value-plan';
import { quantityNames } from '../../../src/devices/mqtt-json/quantity-names';
import { quantities } from '../../../src/model/quantities';

describe('a path into a JSON value', () => {
  test.each([
    ['', []],
    ['$', []],
    ['ENERGY.Power', ['ENERGY', 'Power']],
    ['$.ENERGY.Power', ['ENERGY', 'Power']],
    ['ENERGY.Power[1]', ['ENERGY', 'Power', 1]],
    ['[0].volts', [0, 'volts']],
    ['DS18B20-1.Temperature', ['DS18B20-1', 'Temperature']],
    ['["total.power"][2]', ['total.power', 2]],
    ["a['b c'].d", ['a', 'b c', 'd']],
  ])('%j', (text, path) => {
    expect(parseJsonPath(text)).toEqual(path);
  });

  test.each(['.a', 'a.', 'a..b', 'a[', 'a[x]', 'a[-1]', 'a]b', 'a[1]b', 'x.'.repeat(20) + 'x'])(
    '%j is none',
    (text) => {
      expect(parseJsonPath(text)).toBeUndefined();
    },
  );

  it('finds what is there, and nothing that only JavaScript has', () => {
    const value = { a: [{ b: 1 }, null], toString: 'own', 0: 'zero' };
    const at = (path: string): unknown => valueAt(value, parseJsonPath(path)!);
    expect([at('a[0].b'), at('a[1]'), at('toString')]).toEqual([1, null, 'own']);
    for (const path of ['a[2]', 'a.length', 'a[0].b.c', '__proto__', 'constructor', 'a.0', '[0]'])
      expect(at(path)).toBeUndefined();
  });

  it('never fails', () => {
    fc.assert(
      fc.property(fc.string(), fc.jsonValue(), (text, value) => {
        const path = parseJsonPath(text);
        if (path !== undefined) valueAt(value, path);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('what a value is worth', () => {
  const plain = { factor: 1, offset: 0 };
  const volts = (value: unknown, conversion = plain) => toldValue(value, conversion, 'battery', 'voltage');

  test.each([
    [13.2, 13.2],
    ['13.2', 13.2],
    [' 13.20 ', 13.2],
    ['1.32e1', 13.2],
    ['+.5', 0.5],
    [0, 0],
  ])('%j is a number', (value, number) => {
    expect(volts(value)).toEqual({ value: number });
  });

  test.each([null, '', 'unavailable', 'Unknown', 'NaN', 'none', 'null', 'Infinity', '-inf', NaN, Infinity])(
    '%p is unknown',
    (value) => {
      expect(volts(value)).toBe('unknown');
    },
  );

  test.each([['13.2 V'], ['13,2'], ['0x10'], ['ON'], [true], [{}], [[13.2]], [5000], [-1e300], ['1e999']])(
    '%j can not be used',
    (value) => {
      expect(volts(value)).toHaveProperty('unusable');
    },
  );

  it('is converted, without digits of its own and without a negative zero', () => {
    expect(volts(13290, { factor: 0.001, offset: 0 })).toEqual({ value: 13.29 });
    expect(toldValue(50, { factor: 5 / 9, offset: -160 / 9 }, 'meter', 'temperature')).toEqual({ value: 10 });
    const zero = toldValue(0, { factor: -1, offset: 0 }, 'battery', 'current');
    expect(Object.is((zero as { value: number }).value, 0)).toBe(true);
  });

  it('of a switch may be a word', () => {
    const of = (value: unknown) => toldValue(value, plain, 'battery', 'chargeSwitch');
    expect(['ON', 'off', true, false, 1, '0', 'unknown'].map(of)).toEqual([
      ...[{ value: 1 }, { value: 0 }, { value: 1 }, { value: 0 }, { value: 1 }, { value: 0 }],
      'unknown',
    ]);
  });

  it('is what can be, whatever was published', () => {
    const names = (['battery', 'solar-charger', 'meter'] as const).flatMap((kind) =>
      quantityNames(kind).map((name) => [kind, name] as const),
    );
    const value = fc.oneof(
      fc.jsonValue(),
      fc.double(),
      fc.string(),
      fc.constantFrom('NaN', 'ON', '1e400', '-0'),
    );
    const conversion = fc.record({ factor: fc.double(), offset: fc.double() });
    fc.assert(
      fc.property(value, conversion, fc.constantFrom(...names), (given, how, [kind, name]) => {
        const told = toldValue(given, how, kind, name);
        if (told === 'unknown' || 'unusable' in told) return;
        if (!Number.isFinite(told.value) || Object.is(told.value, -0)) throw new Error(String(told.value));
        if (name === 'stateOfCharge' && (told.value < 0 || told.value > 100)) throw new Error('charge');
      }),
      { numRuns: 2000 },
    );
  });
});

test('every quantity that can be told is one of its kind', () => {
  for (const kind of ['battery', 'solar-charger', 'meter'] as const)
    for (const name of quantityNames(kind))
      if (name !== 'cells' && name !== 'temperatures') expect(Object.keys(quantities[kind])).toContain(name);
});

test.each([
  ['offline', true],
  ['Offline', true],
  ['{"state":"offline"}', true],
  ['0', true],
  ['online', false],
  ['Online', false],
  ['{"state":"online"}', false],
  ['{"state":', false],
  ['', false],
])('availability %j: offline %p', (payload, offline) => {
  expect(saysOffline(payload)).toBe(offline);
});

describe('where a quantity is read', () => {
  const place = (topic: string, path: (string | number)[] = [], factor = 1, offset = 0) => ({
    ...{ topic, path, factor, offset },
  });
  test.each<[unknown, unknown]>([
    ['ENERGY.Power', place('', ['ENERGY', 'Power'])],
    ['batt.mv*0.001', place('', ['batt', 'mv'], 0.001)],
    ['t*0.5556-17.78', place('', ['t'], 0.5556, -17.78)],
    ['t*1+273', place('', ['t'], 1, 273)],
    ['current*-1', place('', ['current'], -1)],
    ['solar/roof/power', place('solar/roof/power')],
    ['solar/roof-2/power*1000', place('solar/roof-2/power', [], 1000)],
    ['shelly:apower', place('shelly', ['apower'])],
    ['volts:', place('volts')],
    ['solar/roof:data["total.power"]*1e3', place('solar/roof', ['data', 'total.power'], 1000)],
    ['bms/cell{n}', place('bms/cell{n}')],
    [{ path: 'a*b', factor: 2 }, place('', ['a*b'], 2)],
    [{ topic: 'x', offset: -1 }, place('x', [], 1, -1)],
    ['{"topic":"x/y","path":"v"}', place('x/y', ['v'])],
  ])('%j', (given, expected) => {
    expect(parseValuePlace(given)).toEqual(expected);
  });

  test.each<[unknown]>([
    [''],
    ['*2'],
    ['a*0'],
    ['a..b'],
    ['solar/+/power'],
    ['solar/#'],
    [':v'],
    ['{}'],
    ['{"topic"'],
    [{}],
    [{ path: 'a', unit: 'V' }],
    [{ factor: 'x' }],
    [5],
    [null],
  ])('%j is none', (given) => {
    expect(parseValuePlace(given)).toBeUndefined();
  });

  it('never fails', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.jsonValue()), (given) => void parseValuePlace(given)),
      { numRuns: 1000 },
    );
  });
});

test('topics and filters are those of MQTT', () => {
  expect(['a', 'a/b', '/', 'a b/ü'].every((topic) => isTopic(topic, false))).toBe(true);
  expect(['', 'a/+', '#', 'a\0', 'x'.repeat(2000)].some((topic) => isTopic(topic, false))).toBe(false);
  expect(['#', 'a/#', '+', 'a/+/b', '+/+/#'].every((topic) => isTopic(topic, true))).toBe(true);
  expect(['a#', '#/a', 'a+/b', 'a/#/b'].some((topic) => isTopic(topic, true))).toBe(false);
  const takes = (filter: string, topic: string): boolean => matches(filter, topic);
  expect(takes('a/#', 'a') && takes('a/#', 'a/b/c') && takes('a/+/c', 'a/b/c') && takes('#', 'x')).toBe(true);
  expect(takes('a/+', 'a') || takes('a/+', 'a/b/c') || takes('#', '$SYS/x') || takes('a', 'b')).toBe(false);
});
