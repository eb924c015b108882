import { bluenova } from '../../src/devices/bluenova/bluenova';
import { answerFrame, readRequest, registers } from '../../src/devices/jbd/frame';
import { jbdSerial } from '../../src/devices/jbd/jbd-serial';
import { SimulatedJbd } from '../../src/devices/jbd/simulated-battery';
import { usualAlarmLimits } from '../../src/model/alarm-limits';
import { protectionFlags, warningFlags } from '../../src/model/flag-names';
import type { Kind, Reading } from '../../src/model/reading';
import { Site } from '../../src/model/site';
import { deviceJson } from '../../src/protocol/device-json';
import { alarmRow } from '../../src/screens/alarms/alarm-rows';
import { alarmShort } from '../../src/words/en';
import { contextOf, FakeDeviceClock } from '../devices/fake-device';
import { alarmSentence } from '../worded';

/** A site whose devices say something each second; `of` is what stands of one. */
function siteOf(devices: Readonly<Record<string, Kind>>) {
  const site = new Site();
  for (const [name, kind] of Object.entries(devices)) site.add(name, kind);
  let now = 0;
  const alarmsOf = (name: string) => {
    const found = [...site.watched()].find(({ alarmsOf: device }) => device === name);
    if (found === undefined) throw new Error(name);
    return found.alarms;
  };
  return {
    site,
    alarmsOf,
    now: () => now,
    /** Passes a second in which these readings come. */
    second: (...readings: readonly (Omit<Reading, 'at' | 'period'> & Partial<Reading>)[]): void => {
      now += 1000;
      for (const reading of readings) site.apply({ period: 1000, ...reading, at: now });
      site.sample(now);
    },
    pass: (seconds: number): void => {
      for (let i = 0; i < seconds; i++) site.sample((now += 1000));
    },
    of: (name: string) => alarmsOf(name).list.map((alarm) => alarmSentence(alarm)),
    alarmsSeen: () => alarmsOf('house').acknowledge(),
  };
}

const basic = (device: string, values: Readonly<Record<string, number>>) => ({
  device,
  group: 'basic',
  values,
});

describe('the protections of a battery', () => {
  it('are alarms that rise, stay acknowledged and end', () => {
    const { second, of, alarmsSeen, alarmsOf } = siteOf({ house: 'battery' });
    second(basic('house', { protection: 0, temperatureMin: -2.4 }));
    expect(of('house')).toEqual([]);
    second(basic('house', { protection: 1 << 5, temperatureMin: -2.4 }));
    expect(of('house')).toEqual(['Too cold to charge (-2 °C), protection on']);
    expect(alarmsOf('house').alarming).toBe(true);
    alarmsSeen();
    second(basic('house', { protection: (1 << 5) | (1 << 10), temperatureMin: -30 }));
    // The new one goes before the one that was seen, which has become no alarm again however cold it is.
    expect(of('house')).toEqual([
      'Short circuit, protection on',
      'Too cold to charge (-30 °C), protection on',
    ]);
    second(basic('house', { protection: 1 << 10 }));
    second(basic('house', { protection: 0 }));
    expect(of('house')).toEqual([]);
    expect(alarmsOf('house').log.list.map(({ report, endedAt }) => [report.values, endedAt])).toEqual([
      [{ flag: 'short-circuit' }, 5000],
      [{ flag: 'charge-under-temperature', value: -30 }, 4000],
    ]);
  });

  it('name the cell that is told, with its voltage at the worst', () => {
    const { second, of, alarmsOf } = siteOf({ house: 'battery' });
    const cells = (third: number) => ({
      device: 'house',
      group: 'cells',
      values: {},
      cells: { first: 0, total: 4, volts: [3.4, 3.41, third, 3.4] },
    });
    second(basic('house', { protection: 1 }), cells(3.66));
    second(basic('house', { protection: 1 }), cells(3.71));
    second(basic('house', { protection: 1 }), cells(3.6));
    expect(of('house')).toEqual(['Cell 3 too high (3.60 V), protection on']);
    expect(alarmsOf('house').log.list[0]?.report).toEqual({
      code: 'protection',
      values: { flag: 'cell-over-voltage', cell: 3, value: 3.71 },
    });
  });

  it('that makers differ on are told with both meanings, and none is without words', () => {
    const { second, of, alarmsOf } = siteOf({ house: 'battery' });
    second(basic('house', { protection: 0xffff, warnings: 0xffff }));
    const said = of('house');
    expect(said).toHaveLength(protectionFlags.length + warningFlags.length);
    expect(said).toEqual(
      expect.arrayContaining([
        'Charging timeout or switch fault, protection on',
        'Discharging switch fault or fault 14, protection on',
        'A cell too low, protection on',
        'A cell low, the battery warns',
      ]),
    );
    expect(new Set(said).size).toBe(said.length);
    for (const { report } of alarmsOf('house').list)
      expect(alarmShort(report).length).toBeLessThanOrEqual(18);
  });

  it('outlast a battery that falls silent, as past, until they are acknowledged', () => {
    const { second, pass, of } = siteOf({ house: 'battery' });
    second(basic('house', { protection: 1 << 12 }));
    pass(30);
    expect(of('house')).toEqual(['Switched off by software, protection was on']);
  });
});

test('a warning of a battery is a notice: it is listed, and nobody has to acknowledge it', () => {
  const { second, of, alarmsOf, now, site } = siteOf({ house: 'battery' });
  second(basic('house', { warnings: 1 << 2, voltage: 14.5 }));
  expect(of('house')).toEqual(['Pack high (14.5 V), the battery warns']);
  expect([site.alarming, alarmsOf('house').list[0]?.acknowledged]).toEqual([false, true]);
  const [entry] = alarmsOf('house').log.list;
  const row = alarmRow(entry!, now(), new Date(2026, 5, 12, 12, 0), { units: 'celsius' });
  expect(row).toMatchObject({ state: 'now', tone: 'seen' });
  second(basic('house', { warnings: 0, voltage: 14.2 }));
  expect(of('house')).toEqual([]);
});

test("a JBD battery's words come from its frames, and its alarm word is told apart from the flags", () => {
  const { site, pass, of, now } = siteOf({ house: 'battery' });
  const clock = new FakeDeviceClock();
  const sink = {
    reading: (reading: Reading) => site.apply({ ...reading, at: now() }),
    rejected: () => undefined,
    trouble: () => undefined,
  };
  const listen = jbdSerial.listen(contextOf(clock), sink);
  const [answer] = new SimulatedJbd({ cells: 4, probes: 3, form: 'long' }).answers(
    readRequest(registers.basic),
    0,
  );
  const data = Buffer.from(answer!.subarray(4, -3));
  data.writeUInt16BE(0x2002, 16);
  // Behind the humidity, which follows three probes.
  data.writeUInt16BE(0x0800, 23 + 6 + 1);
  listen({ at: 0, bytes: answerFrame({ register: registers.basic, status: 0, data }) });
  pass(1);
  expect(of('house')).toEqual([
    'A cell too low, protection on',
    'Charging timeout or switch fault, protection on',
    'Charge low (100 %), the battery warns',
  ]);
  const [house] = site.devices();
  const json = deviceJson({ name: 'house', kind: 'battery', type: 'jbd-serial' }, house!, now(), new Date(0));
  expect(json).toMatchObject({ flags: ['cell-under-voltage', 'charge-timeout'], warnings: ['charge-low'] });
});

test("a charger's alarm bits are alarms by number, each of its own", () => {
  const { second, of, site, alarmsOf } = siteOf({ house: 'battery', roof: 'solar-charger', shunt: 'meter' });
  const status = (alarmBits: number) => ({ device: 'roof', group: 'status', values: { alarmBits } });
  second(status(0), basic('house', { voltage: 13 }));
  expect(of('roof')).toEqual([]);
  second(status(0b1000_0000_0000_1000));
  expect(of('roof')).toEqual(['Alarm bit 3 is set, meaning unknown', 'Alarm bit 15 is set, meaning unknown']);
  // The battery stays on the screen, with the alarm of the charger, by whose name it is told.
  expect([site.alarming, site.shown.battery.name, site.shown.alarmsOf]).toEqual([true, 'house', 'roof']);
  site.shown.alarms.acknowledge();
  expect([site.alarming, site.shown.alarmsOf]).toEqual([false, 'house']);
  second(status(8));
  expect(alarmsOf('roof').list.map(({ report }) => report.values)).toEqual([{ bit: 3 }]);
});

describe('the error that a BlueNova battery tells', () => {
  function console() {
    const it = siteOf({ stern: 'battery' });
    const sink = {
      reading: (reading: Reading) => it.site.apply(reading),
      rejected: () => undefined,
      trouble: () => undefined,
    };
    const listen = bluenova.listen({ name: 'stern', values: {}, clock: new FakeDeviceClock() }, sink);
    const says = (...lines: readonly string[]): readonly string[] => {
      it.pass(1);
      for (const text of lines) listen({ at: it.now(), text });
      it.site.sample(it.now());
      return it.of('stern');
    };
    return { ...it, says };
  }

  it('is an alarm in its own words, and another one rises again', () => {
    const { says, alarmsOf } = console();
    for (const none of ['none', '', 'OK', 'No errors', '0x00', '--'])
      expect(says(`Errors: "${none}"`)).toEqual([]);
    expect(says('Errors: "OV CELL 7"')).toEqual(['The battery reports "OV CELL 7"']);
    alarmsOf('stern').acknowledge();
    says('Errors: "OV CELL 7"');
    expect(alarmsOf('stern').alarming).toBe(false);
    says('Errors: "OV CELL 7, FAN"');
    expect(alarmsOf('stern').alarming).toBe(true);
    expect(says('Errors: "none"')).toEqual([]);
    expect(alarmsOf('stern').log.list.map(({ report }) => report.values)).toEqual([
      { text: 'OV CELL 7, FAN' },
    ]);
  });

  it('is of the past when the console does not tell it again', () => {
    const { says } = console();
    says('Errors: "FAN"');
    let said: readonly string[] = [];
    for (let second = 0; second < 60; second++) said = says('SOC: 87');
    expect(said).toEqual(['The battery reported "FAN"']);
  });
});

describe('a device that is not received any more', () => {
  const status = { group: 'status', values: { voltage: 13 }, period: 27_000 };

  it('is an alarm whatever it is, which ends when it is back', () => {
    const { second, pass, of } = siteOf({ roof: 'solar-charger', shunt: 'meter', house: 'battery' });
    const all = ['roof', 'shunt', 'house'].map((device) => ({ ...status, device }));
    second(...all);
    pass(80);
    expect([of('roof'), of('shunt'), of('house')]).toEqual([[], [], []]);
    pass(5);
    expect([of('roof'), of('shunt'), of('house')]).toEqual([
      ['Nothing heard from the charger for over 60 s'],
      ['Nothing heard from the meter for over 60 s'],
      ['Nothing heard from the battery for over 60 s'],
    ]);
    second(...all);
    expect([of('roof'), of('shunt'), of('house')]).toEqual([[], [], []]);
  });

  it('is not missed between two polls, however rare they are', () => {
    const { second, pass, of } = siteOf({ house: 'battery' });
    for (let poll = 0; poll < 8; poll++) {
      second({ ...status, device: 'house', period: 600_000 });
      pass(599);
      expect(of('house')).toEqual([]);
    }
    pass(1300);
    expect(of('house')).toEqual(['Nothing heard from the battery for over 60 s']);
  });

  it('is not missed where it was never received, or its owner wants no such alarm', () => {
    const { pass, of } = siteOf({ roof: 'solar-charger' });
    pass(600);
    expect(of('roof')).toEqual([]);
    const { second, pass: wait, of: told, site } = siteOf({ roof: 'solar-charger' });
    site.follow({ ...usualAlarmLimits, silence: undefined }, 'celsius');
    second({ ...status, device: 'roof' });
    wait(600);
    expect(told('roof')).toEqual([]);
  });
});
