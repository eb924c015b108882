import { evtvReading } from '../../src/devices/evtv/readings';
import * as fc from 'fast-check';
import { usualAlarmLimits, type AlarmLimits } from '../../src/model/alarm-limits';
import { alarmRules } from '../../src/model/alarm-rules';
import { Alarms } from '../../src/model/alarms';
import { AlarmLog, alarmLogLength } from '../../src/model/alarm-log';
import type { BatteryMeasurement } from '../../src/devices/evtv/measurement';
import { Battery } from '../../src/model/battery';
import { Site } from '../../src/model/site';
import { alarmShort } from '../../src/words/en';
import { alarmSentence, namedAlarm } from '../worded';

const noLimits: AlarmLimits = {
  packHigh: undefined,
  packLow: undefined,
  temperatureHigh: undefined,
  temperatureLow: undefined,
  spread: undefined,
  stateOfChargeLow: undefined,
  silence: undefined,
};
/** The limits of cells alone. */
const cellRules = alarmRules(noLimits);

/** A battery of 12 cells whose third of the second module is told; all is heard at `now`. */
function hear(battery: Battery, volts: number, now: number, high = 4.2, low = 3.2): void {
  battery.apply(evtvReading({ message: '0x652', highCutoff: high, lowCutoff: low }, now));
  for (const index of [0, 1]) {
    const voltages = [4, 4.01, index === 1 ? volts : 4.02, 4, 4.01, 4];
    battery.apply(evtvReading({ message: '0x68F', module: { index, total: 2, voltages } }, now));
  }
}

function setUp() {
  const battery = new Battery('battery');
  const alarms = new Alarms(cellRules);
  return {
    battery,
    alarms,
    /** Hears a voltage and looks; returns what stands. */
    at: (volts: number, now: number) => {
      hear(battery, volts, now);
      alarms.look(battery, now);
      return alarms.list.map((alarm) => alarmSentence(alarm));
    },
    silent: (now: number) => {
      alarms.look(battery, now);
      return alarms.list.map((alarm) => alarmSentence(alarm));
    },
  };
}

test('a cell beyond a cut-off is named with its value and the limit', () => {
  const { at, alarms } = setUp();
  expect(at(4.25, 0)).toEqual(['Cell 9 at 4.25 V, above 4.20 V: stop charging']);
  expect(alarms.list).toEqual([
    {
      report: { code: 'cell-high', values: { cell: 9, volts: 4.25, limit: 4.2, beyond: true } },
      past: false,
      acknowledged: false,
    },
  ]);
  expect(setUp().at(3.1, 0)).toEqual(['Cell 9 at 3.10 V, below 3.20 V: switch loads off']);
});

test('a cell at its limit is not beyond it', () => {
  const { at } = setUp();
  expect([at(4.2, 0), at(3.2, 1000), at(4.2004, 2000)]).toEqual([[], [], []]);
});

test('it is over only when the cell is 0.02 V inside its limit again', () => {
  const { at } = setUp();
  at(4.21, 0);
  expect(at(4.19, 1000)).toEqual(['Cell 9 at 4.19 V, limit 4.20 V']);
  expect(at(4.2, 2000)).toEqual(['Cell 9 at 4.20 V, limit 4.20 V']);
  expect(at(4.18, 3000)).toEqual([]);
  expect(at(4.19, 4000)).toEqual([]);
});

test('where cells are not told one by one, the highest and the lowest will do', () => {
  const battery = new Battery('battery');
  const alarms = new Alarms(cellRules);
  battery.apply(evtvReading({ message: '0x652', highCutoff: 4.2, lowCutoff: 3.2 }, 0));
  battery.apply(evtvReading({ message: '0x651', cellHigh: 4.204, cellLow: 3.1, cellAverage: 3.9 }, 0));
  alarms.look(battery, 0);
  expect(alarms.list.map((alarm) => alarmSentence(alarm))).toEqual([
    'Highest cell at 4.204 V, above 4.20 V: stop charging',
    'Lowest cell at 3.100 V, below 3.20 V: switch loads off',
  ]);
});

test('a cell in a module that is not heard, or not kept, is an alarm by what the controller sums up', () => {
  const { battery, alarms } = setUp();
  const texts = (total: number): string[] => {
    battery.apply(evtvReading({ message: '0x652', highCutoff: 4.2, lowCutoff: 3.2 }, 0));
    const voltages = [3.95, 3.95, 3.95, 3.95, 3.95, 3.95];
    battery.apply(evtvReading({ message: '0x68F', module: { index: 0, total, voltages } }, 0));
    battery.apply(evtvReading({ message: '0x651', cellHigh: 4.4, cellLow: 2.6, cellAverage: 4 }, 0));
    alarms.look(battery, 0);
    return alarms.list.map((alarm) => alarmSentence(alarm));
  };
  const both = [
    'Highest cell at 4.400 V, above 4.20 V: stop charging',
    'Lowest cell at 2.600 V, below 3.20 V: switch loads off',
  ];
  expect(texts(2)).toEqual(both);
  expect(texts(44)).toEqual(both);
});

test('a cell is told by number though the controller sums it up with another digit', () => {
  const { battery, alarms } = setUp();
  hear(battery, 4.25, 0);
  battery.apply(evtvReading({ message: '0x651', cellHigh: 4.259, cellLow: 4, cellAverage: 4.02 }, 0));
  alarms.look(battery, 0);
  expect(alarms.list.map((alarm) => alarmSentence(alarm))).toEqual([
    'Cell 9 at 4.25 V, above 4.20 V: stop charging',
  ]);
});

test('cut-offs a tenth of a volt apart are limits', () => {
  const { battery, alarms } = setUp();
  hear(battery, 4.45, 0, 4.3, 4.2);
  alarms.look(battery, 0);
  expect(alarms.list.map(({ report }) => report.code)).toEqual(['cell-high', 'cell-low']);
});

test('only limits that can be some count', () => {
  for (const [high, low] of [
    [0, 0],
    [3.9, 3.9],
    [65, 0],
    [3.9, 4.5],
  ] as const) {
    const battery = new Battery('battery');
    const alarms = new Alarms(cellRules);
    hear(battery, 4.1, 0, high, low);
    alarms.look(battery, 0);
    expect(alarms.list).toEqual([]);
  }
});

test('what is not fresh raises nothing, and without limits nothing is wrong', () => {
  const { battery, silent } = setUp();
  expect(silent(0)).toEqual([]);
  hear(battery, 4.3, 0);
  expect(silent(4000)).toEqual([]);
  const other = setUp();
  other.battery.apply(
    evtvReading({ message: '0x68F', module: { index: 0, total: 1, voltages: [9, 9, 9, 9, 9, 9] } }, 0),
  );
  expect(other.silent(0)).toEqual([]);
});

test('silence is not the all-clear: it stands, in the past, until it is acknowledged, and is forgotten a minute later', () => {
  const { at, silent, alarms } = setUp();
  at(4.25, 0);
  expect(silent(5000)).toEqual(['Cell 9 at 4.25 V, above 4.20 V: stop charging']);
  expect(silent(3_600_000)).toEqual(['Cell 9 was at 4.25 V, above 4.20 V']);
  expect(alarms.alarming).toBe(true);
  alarms.acknowledge();
  expect(silent(3_600_001)).toEqual([]);
});

test('one module that is not heard does not hide the others, nor end its own alarm', () => {
  const { at, battery, alarms } = setUp();
  at(4.25, 0);
  alarms.acknowledge();
  const fine = [4, 4, 4, 4, 4, 4];
  battery.apply(evtvReading({ message: '0x68F', module: { index: 0, total: 2, voltages: fine } }, 5000));
  battery.apply(evtvReading({ message: '0x652', highCutoff: 4.2, lowCutoff: 3.2 }, 5000));
  alarms.look(battery, 5000);
  expect(alarms.list.map((alarm) => [alarmSentence(alarm), alarm.acknowledged])).toEqual([
    ['Cell 9 at 4.25 V, above 4.20 V: stop charging', true],
  ]);
  const worse = [4, 4.4, 4, 4, 4, 4];
  battery.apply(evtvReading({ message: '0x68F', module: { index: 0, total: 2, voltages: worse } }, 6000));
  alarms.look(battery, 6000);
  expect(alarms.list.map((alarm) => [alarmSentence(alarm), alarm.acknowledged])).toEqual([
    ['Cell 2 at 4.40 V, above 4.20 V: stop charging', false],
  ]);
});

test('acknowledged, it stands quietly until the cause is gone; clearly worse, it rises again', () => {
  const { at, alarms } = setUp();
  at(4.25, 0);
  expect(alarms.alarming).toBe(true);
  alarms.acknowledge();
  expect([at(4.26, 1000), alarms.alarming]).toEqual([
    ['Cell 9 at 4.26 V, above 4.20 V: stop charging'],
    false,
  ]);
  at(4.31, 2000);
  expect(alarms.alarming).toBe(true);
  alarms.acknowledge();
  expect([at(4.0, 3000), alarms.alarming]).toEqual([[], false]);
  at(4.25, 4000);
  expect(alarms.alarming).toBe(true);
});

test('an acknowledged alarm goes behind one that is not', () => {
  const battery = new Battery('battery');
  const alarms = new Alarms(cellRules);
  hear(battery, 4.25, 0);
  alarms.look(battery, 0);
  alarms.acknowledge();
  battery.apply(
    evtvReading({ message: '0x68F', module: { index: 0, total: 2, voltages: [3, 4, 4, 4, 4, 4] } }, 100),
  );
  alarms.look(battery, 100);
  expect(alarms.list.map(({ report, acknowledged }) => [alarmShort(report), acknowledged])).toEqual([
    ['Cell 1 low', false],
    ['Cell 9 high', true],
  ]);
});

test('whatever the voltages: beyond a limit there is an alarm, well inside both there is none', () => {
  const voltage = fc.integer({ min: 250, max: 450 }).map((hundredths) => hundredths / 100);
  fc.assert(
    fc.property(fc.array(voltage, { minLength: 1, maxLength: 30 }), (voltages) => {
      const { at } = setUp();
      voltages.forEach((volts, second) => {
        const found = at(volts, second * 1000);
        if (volts > 4.2 || volts < 3.2) expect(found[0]).toContain(`Cell 9 at ${volts.toFixed(2)} V`);
        if (volts <= 4.18 && volts >= 3.22) expect(found).toEqual([]);
        expect(found.length).toBeLessThanOrEqual(1);
      });
    }),
  );
});

test('a site looks for the alarms of its batteries with every sample', () => {
  const site = new Site();
  const { battery } = site.battery('battery');
  hear(battery, 4.25, 0);
  expect(site.alarming).toBe(false);
  site.sample(100);
  expect(site.alarming).toBe(true);
});

/** What stands after a message, with the owner's limits. */
function withLimits(limits: Partial<AlarmLimits>) {
  const battery = new Battery('battery');
  const alarms = new Alarms(alarmRules({ ...noLimits, ...limits }));
  return {
    alarms,
    at: (now: number, measurement?: BatteryMeasurement) => {
      if (measurement !== undefined) battery.apply(evtvReading(measurement, now));
      alarms.look(battery, now);
      return alarms.list.map((alarm) => alarmSentence(alarm));
    },
  };
}

test("each of the owner's limits names the value and the limit, and has room before it is over", () => {
  const pack = withLimits({ packHigh: 57.6, packLow: 44 });
  expect(pack.at(0, { message: '0x150', packVoltage: 57.6 })).toEqual([]);
  expect(pack.at(1, { message: '0x150', packVoltage: 57.8 })).toEqual(['Pack at 57.8 V, above 57.6 V']);
  expect(pack.at(2, { message: '0x150', packVoltage: 57.5 })).toEqual(['Pack at 57.5 V, limit 57.6 V']);
  expect(pack.at(3, { message: '0x150', packVoltage: 57.3 })).toEqual([]);
  expect(pack.at(4, { message: '0x150', packVoltage: 43.9 })).toEqual(['Pack at 43.9 V, below 44.0 V']);

  const warmth = withLimits({ temperatureHigh: 60, temperatureLow: 0 });
  expect(warmth.at(0, { message: '0x150', temperatureMax: 63, temperatureMin: -3 })).toEqual([
    'Battery at 63 °C, above 60 °C',
    'Battery at -3 °C, below 0 °C',
  ]);
  const cells = withLimits({ spread: 0.3 });
  expect(cells.at(0, { message: '0x651', cellLow: 3.3, cellHigh: 3.62, cellAverage: 3.4 })).toEqual([
    'Cells differ by 320 mV, above 300 mV',
  ]);
  const charge = withLimits({ stateOfChargeLow: 10 });
  expect(charge.at(0, { message: '0x650', stateOfCharge: 9.5 })).toEqual([
    'State of charge at 9.5 %, below 10 %',
  ]);
  expect(charge.at(1, { message: '0x650', stateOfCharge: 12 })).toEqual([]);
});

test('a battery that is not heard any more is an alarm, one that never was is not', () => {
  const { at } = withLimits({ silence: 60 });
  expect(at(100_000)).toEqual([]);
  at(200_000, { message: '0x650', stateOfCharge: 50 });
  expect(at(260_000)).toEqual([]);
  expect(at(260_001)).toEqual(['Nothing heard from the battery for over 60 s']);
  expect(at(300_000, { message: '0x650', stateOfCharge: 50 })).toEqual([]);
});

test('limits that the owner changes hold from the next look, and judge anew', () => {
  const { at, alarms } = withLimits({ temperatureHigh: 60, stateOfChargeLow: 10 });
  at(0, { message: '0x650', stateOfCharge: 8 });
  expect(at(1, { message: '0x150', temperatureMax: 63 })).toHaveLength(2);
  // Without its rule an alarm is over; within the new limit too, though not by the hysteresis.
  alarms.follow(alarmRules({ ...noLimits, temperatureHigh: 64 }));
  expect(at(2)).toEqual([]);
  expect(alarms.log.list.every(({ endedAt }) => endedAt !== undefined)).toBe(true);
  alarms.follow(alarmRules({ ...noLimits, temperatureHigh: 50 }));
  expect(at(3)).toEqual(['Battery at 63 °C, above 50 °C']);
  alarms.acknowledge();
  // What is acknowledged stays so by the new limit, and becomes an alarm again when it gets worse from there.
  alarms.follow(alarmRules({ ...noLimits, temperatureHigh: 40 }));
  at(4);
  expect(alarms.alarming).toBe(false);
  at(5, { message: '0x150', temperatureMax: 69 });
  expect(alarms.alarming).toBe(true);
});

test('saving other settings leaves the alarms as they are', () => {
  const limits = { ...noLimits, temperatureHigh: 60 };
  const site = new Site(limits, 'celsius');
  const { battery, alarms } = site.battery('battery');
  const hear = (temperatureMax: number, now: number): void => {
    battery.apply(evtvReading({ message: '0x150', temperatureMax }, now));
    site.sample(now);
  };
  hear(63, 0);
  site.follow({ ...limits }, 'celsius');
  // Within the hysteresis, where nothing new would rise.
  hear(59, 1);
  expect(alarms.list).toHaveLength(1);
  site.follow({ ...limits, temperatureHigh: 61 }, 'celsius');
  hear(59, 2);
  expect(alarms.list).toEqual([]);
});

test('alarms tell temperatures in the units of the owner, also those that stand already', () => {
  const site = new Site({ ...noLimits, temperatureHigh: 60 });
  const { battery, alarms } = site.battery('battery');
  const texts = (now: number): string[] => {
    battery.apply(evtvReading({ message: '0x150', temperatureMax: 63 }, now));
    site.sample(now);
    return alarms.list.map((alarm) => alarmSentence(alarm, site.units));
  };
  expect(texts(0)).toEqual(['Battery at 63 °C, above 60 °C']);
  site.follow({ ...noLimits, temperatureHigh: 60 }, 'fahrenheit');
  expect(texts(1)).toEqual(['Battery at 145 °F, above 140 °F']);
  expect(alarms.log.list).toHaveLength(1);
  // Other units are no other limits: what was acknowledged stays so.
  alarms.acknowledge();
  site.follow({ ...noLimits, temperatureHigh: 60 }, 'celsius');
  expect(texts(2)).toEqual(['Battery at 63 °C, above 60 °C']);
  expect(alarms.alarming).toBe(false);
});

test('the usual limits leave the pack voltage to its owner', () => {
  expect(usualAlarmLimits).toMatchObject({ packHigh: undefined, packLow: undefined, temperatureHigh: 60 });
});

test('the log has each alarm once, with its beginning, its acknowledgement and its end', () => {
  const { at, alarms } = withLimits({ packHigh: 57.6 });
  at(1000, { message: '0x150', packVoltage: 57.8 });
  at(2000, { message: '0x150', packVoltage: 57.9 });
  alarms.acknowledge();
  at(3000, { message: '0x150', packVoltage: 57.8 });
  at(4000, { message: '0x150', packVoltage: 50 });
  at(5000, { message: '0x150', packVoltage: 58 });
  expect(alarms.log.list).toEqual([
    {
      number: 2,
      report: { code: 'pack-high', values: { value: 58, limit: 57.6, beyond: true } },
      risenAt: 5000,
      acknowledgedAt: undefined,
      endedAt: undefined,
    },
    // As it was at its worst.
    {
      number: 1,
      report: { code: 'pack-high', values: { value: 57.9, limit: 57.6, beyond: true } },
      risenAt: 1000,
      acknowledgedAt: 2000,
      acceptedExcess: expect.closeTo(0.3, 9) as number,
      endedAt: 4000,
    },
  ]);
});

test('the log is bounded, and what stands is not what gives way', () => {
  const log = new AlarmLog();
  const standing = log.rise(namedAlarm('stands'), 0);
  for (let i = 1; i < 300; i++) log.update(log.rise(namedAlarm(`alarm ${i}`), i), { endedAt: i });
  expect(log.list).toHaveLength(alarmLogLength);
  expect(log.list.at(-1)).toMatchObject({ number: standing, endedAt: undefined });
});
