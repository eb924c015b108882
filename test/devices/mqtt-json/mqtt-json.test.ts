import * as fc from 'fast-check';
import type { CapturedPiece, DeviceValues } from '../../../src/devices/device-type';
import { parseDevice, type RawDevice } from '../../../src/devices/parse-device';
import { mqttJson } from '../../../src/devices/mqtt-json/mqtt-json';
import { Battery } from '../../../src/model/battery';
import { Device } from '../../../src/model/device';
import type { Reading } from '../../../src/model/reading';
import { deviceJson } from '../../../src/protocol/device-json';
import { again, fuzzTimeout } from '../../fuzz-runs';
import { CollectingSink } from '../collecting-sink';
import { VirtualClock } from '../virtual-clock';
import { published } from './published';

type Message = readonly [topic: string, payload: string, at?: number, retained?: boolean];

/** A device that is told things, and what is known of it. */
class Told {
  readonly sink = new CollectingSink();
  private readonly listener: (piece: CapturedPiece) => void;

  constructor(
    readonly values: DeviceValues,
    readonly type = mqttJson,
  ) {
    this.listener = type.listen({ name: 'it', values, clock: new VirtualClock() }, this.sink);
  }

  tell(...messages: readonly Message[]): this {
    for (const [characteristic, text, at = 0, retained = false] of messages)
      this.listener({ characteristic, text, at: at * 1000, retained });
    return this;
  }

  /** As JSON has it. @param now s */
  at(now: number) {
    const device = this.type.kind === 'battery' ? new Battery('it') : new Device('it', this.type.kind);
    for (const reading of this.sink.readings) device.apply(reading);
    return deviceJson(
      { name: 'it', kind: this.type.kind, type: 'mqtt-json' },
      device,
      now * 1000,
      new Date(0),
    );
  }
}

async function made(settings: RawDevice): Promise<Told> {
  const raw = typeof settings === 'string' ? `mqtt-json,broker=mqtt://host,${settings}` : settings;
  const { type, values } = await parseDevice(raw);
  if (type.link === 'frames') throw new Error(type.link);
  return new Told(values, type);
}

describe('what programs publish', () => {
  it.each(published)(
    '$profile',
    async ({ settings, messages, kind, values, cells, temperatures, switches }) => {
      const told = (await made(settings)).tell(...messages);
      const json = told.at(1);
      expect(json).toMatchObject({ kind, freshness: 'fresh' });
      for (const [name, value] of Object.entries(values)) expect(json.values[name]).toBeCloseTo(value, 1);
      expect(json.cells ?? undefined).toEqual(cells);
      expect(json.temperatures ?? undefined).toEqual(temperatures);
      if (switches !== undefined) expect(json.switches).toMatchObject(switches);
      expect(told.sink.rejects).toEqual({});
    },
  );

  it('is subscribed to, and no more than that', async () => {
    const topics = async (settings: string) => {
      const { values } = await made(settings);
      return mqttJson.broker!(values).topics;
    };
    expect(await topics('profile=tasmota,topic=tele/washer/SENSOR')).toEqual([
      'tele/washer/SENSOR',
      'tele/washer/LWT',
    ]);
    const batmon = await topics('profile=batmon,topic=house/#');
    expect(batmon).toContain('house/cell_voltages/+');
    expect(batmon.every((topic) => topic.startsWith('house/'))).toBe(true);
    expect(await topics('profile=homeassistant,topic=homeassistant/sensor/bow')).toEqual([
      'homeassistant/sensor/+/state',
    ]);
    expect(await topics('topic=solar/+/state,voltage=volts,power=other/power')).toEqual([
      'solar/+/state',
      'other/power',
    ]);
  });

  it('of a GX device is asked for every half minute', async () => {
    const { values } = await made('profile=victron,topic=N/c0619ab88ee0/battery/288');
    expect(mqttJson.broker!(values).keepAlive).toEqual({ topic: 'R/c0619ab88ee0/keepalive', every: 30 });
  });

  it('of a GX device that has gone is an empty message, which makes the value unknown', async () => {
    const topic = 'N/c0619ab88ee0/battery/288/Dc/0/Voltage';
    const told = await made('profile=victron,topic=N/c0619ab88ee0/battery/288');
    expect(told.tell([topic, '{"value":13.2}']).at(0).values['voltage']).toBe(13.2);
    expect(told.tell([topic, '', 1]).at(1).values['voltage']).toBeNull();
    expect(
      told.tell([topic, '{"value":13.3}', 2]).tell([topic, '{"value":null}', 3]).at(3).values['voltage'],
    ).toBeNull();
    expect(told.sink.rejects).toEqual({});
  });

  it('under two names is taken from the first that has a value', async () => {
    const topic = (name: string): string => `homeassistant/sensor/bow_${name}/state`;
    const told = await made('profile=homeassistant,topic=homeassistant/sensor/bow');
    expect(told.tell([topic('battery'), '50']).at(0).values['stateOfCharge']).toBe(50);
    told.tell([topic('soc'), 'unavailable'], [topic('battery'), '51']);
    expect(told.at(0).values['stateOfCharge']).toBe(51);
    told.tell([topic('soc'), '64.5'], [topic('battery'), '52']);
    expect(told.at(0).values['stateOfCharge']).toBe(64.5);
  });
});

describe('messages of a program that nothing is known of', () => {
  const settings = 'topic=node/house,voltage=batt.mv*0.001,current=batt.a,cells=cells*0.001,temperatures=t';

  it('are read by path, factor and sign', async () => {
    const told = await made(`${settings},invert=true`);
    told.tell(['node/house', '{"batt":{"mv":13290,"a":"4.5"},"cells":[3325,3321,null],"t":[21.5]}']);
    expect(told.at(1)).toMatchObject({
      values: { voltage: 13.29, current: -4.5 },
      cells: [3.325, 3.321, null],
      temperatures: [21.5],
    });
  });

  it('that leave a value out let it age; that say null make it unknown', async () => {
    const told = await made(settings);
    told.tell(['node/house', '{"batt":{"mv":13290,"a":4}}', 0], ['node/house', '{"batt":{"a":null}}', 5]);
    expect(told.at(6)).toMatchObject({
      values: { voltage: 13.29, current: null },
      age: { voltage: 6, current: 1 },
    });
    expect(told.at(99).values['voltage']).toBe(13.29);
    expect(told.at(101).values['voltage']).toBeNull();
  });

  it('that can not be used are counted by cause, and make no value', async () => {
    const told = await made(settings);
    told.tell(
      ['node/house', 'no json'],
      ['node/house', '{"batt":{"mv":"high"}}'],
      ['node/house', '{"batt":{"mv":13290000}}'],
      ['node/house', '{"other":1}'],
      ['node/house', '[]'],
      ['node/house', `{"batt":{"mv":13290},"x":"${'x'.repeat(70_000)}"}`],
      ['another/topic', '{"batt":{"mv":13290}}'],
    );
    expect(told.at(0).values['voltage']).toBeNull();
    expect(told.sink.rejects).toEqual({ 'no JSON': 1, 'unusable value': 2, 'no value': 2, 'too long': 1 });
  });

  it('may name places that have to be objects in the settings file', async () => {
    const told = await made({
      ...{ type: 'mqtt-json', name: 'roof', kind: 'solar-charger', topic: 'sun', every: 2 },
      pvPower: { path: '["pv,kW"]', factor: 1000 },
      pvVoltage: { topic: 'sun/volts', offset: -1 },
    });
    told.tell(['sun', '{"pv,kW":0.25}'], ['sun/volts', '41']);
    expect(told.at(1)).toMatchObject({ kind: 'solar-charger', values: { pvPower: 250, pvVoltage: 40 } });
  });

  it('each of a cell let each cell age by itself', async () => {
    const told = await made('every=1,cells=bms/cell/{n}');
    told.tell(['bms/cell/2', '3.3', 0], ['bms/cell/1', '3.2', 8], ['bms/cell/0', '1'], ['bms/cell/241', '1']);
    expect(told.at(9).cells).toEqual([3.2, 3.3]);
    expect(told.at(11).cells).toEqual([3.2, null]);
  });
});

describe('the age of what was told', () => {
  it('of a kept message is not known: it is old at once, and lost soon', async () => {
    const told = (await made('every=10,voltage=kept/volts')).tell(['kept/volts', '12.5', 0, true]);
    expect(told.at(0)).toMatchObject({ values: { voltage: 12.5 }, freshness: 'late' });
    expect(told.at(69).values['voltage']).toBe(12.5);
    expect(told.at(71).values['voltage']).toBeNull();
    expect(told.tell(['kept/volts', '12.6', 80]).at(80)).toMatchObject({
      values: { voltage: 12.6 },
      freshness: 'fresh',
    });
  });

  it('of a program that tells only changes is that of the whole device', async () => {
    const topic = (name: string): string => `homeassistant/sensor/bow_${name}/state`;
    const told = await made('profile=homeassistant,topic=homeassistant/sensor/bow');
    told.tell([topic('soc'), '100', 0, true], [topic('voltage'), '27.1', 0, true]);
    expect(told.at(0)).toMatchObject({ values: { stateOfCharge: 100 }, freshness: 'late' });
    told.tell([topic('voltage'), '27.2', 300], [topic('voltage'), '27.3', 5000]);
    expect(told.at(5001)).toMatchObject({
      values: { stateOfCharge: 100, voltage: 27.3 },
      freshness: 'fresh',
    });
    expect(told.at(6000).values['stateOfCharge']).toBeNull();
  });

  it('does not matter where it is said that the device is offline', async () => {
    for (const onchange of ['no', 'yes']) {
      const told = await made(`onchange=${onchange},topic=x,availability=x/up,voltage=v,cells=c`);
      told.tell(['x', '{"v":12,"c":[3.3]}', 0], ['x/up', 'offline', 5, true]);
      expect(told.at(6)).toMatchObject({ values: { voltage: null }, cells: [null] });
      expect(told.at(29).freshness).toBe('fresh');
      expect(told.at(31).freshness).toBe('late');
      expect(told.sink.troubles).toEqual([{ code: 'offline', values: { topic: 'x/up' } }]);
      told.tell(['x', '{"v":12.1}', 40]);
      expect(told.at(40).values['voltage']).toBe(12.1);
      expect(told.sink.troubles).toHaveLength(2);
    }
  });
});

describe('settings', () => {
  test.each([
    ['topic=x', 'mqtt-json needs a profile=, or at least one quantity such as voltage=battery.volts.'],
    [
      'profile=batmon',
      'mqtt-json with profile=batmon needs topic=, the name of the battery in batmon, such as house_bms',
    ],
    ['profile=tasmota,topic=tele/+/SENSOR', 'mqtt-json with profile=tasmota needs topic=, its telemetry'],
    ['profile=batmon,topic=x,kind=meter', 'profile batmon of mqtt-json tells a battery, not a meter.'],
    [
      'topic=x,voltage=v,role=load',
      'role=load of mqtt-json is what a meter measures, but the device is a battery',
    ],
    ['voltage=batt.v', 'mqtt-json needs topic=, in whose messages voltage is read'],
    ['topic=x,pvPower=p', 'mqtt-json with kind battery has no quantity "pvPower"; it has voltage, current,'],
    ['topic=x,voltage=a..b', 'voltage of mqtt-json is "a..b", but must be where it is read: a path such as'],
    [
      'topic=a#,voltage=v',
      'topic of mqtt-json is "a#", but must be a topic, such as batmon/house, or a filter',
    ],
    [
      'topic=x,voltage=v,every=0.01',
      'every of mqtt-json is "0.01", but must be a number of seconds from 0.1',
    ],
    ['topic=x,volts=v', 'has no setting "volts"; its settings are name, profile, topic, kind, broker'],
    ['topic=x,profile=hass', 'profile of mqtt-json is "hass", but must be one of none, batmon'],
  ])('%j is one sentence', async (settings, sentence) => {
    await expect(made(settings)).rejects.toThrow(sentence);
  });

  it('never shows the password of a broker', async () => {
    const failure = parseDevice('mqtt-json,voltage=a/b,broker=ftp://me:topsecret@host');
    await expect(failure).rejects.toThrow('broker of mqtt-json is "ftp://me:(hidden)@host", but must be');
  });

  it('have user and password in the address of the broker, or apart from it', async () => {
    const wish = async (settings: string) => {
      const { values } = await parseDevice(`mqtt-json,voltage=a/b,${settings}`);
      const { url, user, password } = mqttJson.broker!(values);
      return [url, user, password];
    };
    expect(await wish('broker=mqtts://me:a%40b%2Fc@host:8884')).toEqual(['mqtts://host:8884', 'me', 'a@b/c']);
    expect(await wish('broker=ws://host/mqtt,user=me,password=p@q')).toEqual(['ws://host/mqtt', 'me', 'p@q']);
    expect(await wish('user=me')).toEqual(['', 'me', '']);
  });

  it('of a meter have a role, and say what it is', async () => {
    const { type, values } = await parseDevice('mqtt-json,profile=tasmota,topic=tele/x/SENSOR,role=load');
    expect([type.kind, values['role']]).toEqual(['meter', 'load']);
  });
});

function check({ values, cells, temperatures = [] }: Reading): void {
  for (const [name, value] of Object.entries(values))
    if (!Number.isFinite(value) || Object.is(value, -0)) throw new Error(`${name} is ${value}`);
  if (cells !== undefined && (cells.total > 240 || cells.volts.length > cells.total))
    throw new Error('cells');
  if (temperatures.length > 32) throw new Error('probes');
  for (const number of [...(cells?.volts ?? []), ...temperatures])
    if (number !== undefined && !Number.isFinite(number)) throw new Error(`${number}`);
}

test(
  'no sequence of messages breaks anything or makes a value that is none',
  async () => {
    const devices = await Promise.all([
      ...published.map(({ settings }) => made(settings)),
      made('topic=a/#,availability=a/up,voltage=v,cells=c,temperatures=t,current=a/i*1e300,invert=true'),
      made('topic=a/#,onchange=yes,voltage=v,cells=c/{n},temperatures=t,stateOfCharge=a/i,every=0.1'),
    ]);
    const messages = published.flatMap((each) => each.messages);
    const topic = fc.oneof(
      fc.constantFrom(
        ...messages.map(([name]) => name),
        'a/up',
        'a/i',
        'a',
        'a/x',
        'c/1',
        'c/240',
        'c/9999999',
      ),
      fc.string(),
    );
    const value = fc.oneof(fc.jsonValue(), fc.double(), fc.array(fc.double(), { maxLength: 300 }));
    const payload = fc.oneof(
      fc.constantFrom(
        ...messages.map(([, text]) => text),
        '',
        'offline',
        'online',
        'ON',
        'nan',
        '1e400',
        '{',
        '[1',
      ),
      fc
        .record({ v: value, c: value, t: value, value }, { requiredKeys: [] })
        .map((json) => JSON.stringify(json)),
      fc.string(),
    );
    const sequence = fc.array(fc.tuple(topic, payload, fc.nat(10_000), fc.boolean()), { maxLength: 30 });
    await again(() => {
      fc.assert(
        fc.property(fc.constantFrom(...devices), sequence, ({ values, type }, told) => {
          const device = new Told(values, type);
          device.tell(...told);
          device.sink.readings.forEach(check);
        }),
        { numRuns: 500 },
      );
      return Promise.resolve();
    });
  },
  fuzzTimeout,
);
