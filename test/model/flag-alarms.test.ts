import { usualAlarmLimits, type AlarmLimits } from '../../src/model/alarm-limits';
import { alarmRules } from '../../src/model/alarm-rules';
import { Alarms } from '../../src/model/alarms';
import { Battery } from '../../src/model/battery';
import { protectionFlags } from '../../src/model/flag-names';
import type { Reading } from '../../src/model/reading';
import { alarmSentence } from '../worded';

function setUp(limits: Partial<AlarmLimits> = {}) {
  const battery = new Battery('house');
  const alarms = new Alarms(alarmRules({ ...usualAlarmLimits, silence: undefined, ...limits }));
  return {
    alarms,
    tell: (at: number, group: string, parts: Partial<Reading>): void =>
      battery.apply({ device: 'house', at, group, period: 1000, values: {}, ...parts }),
    look: (now: number) => {
      alarms.look(battery, now);
      return alarms.list.map(({ report }) => report);
    },
    texts: (now: number) => {
      alarms.look(battery, now);
      return alarms.list.map((alarm) => alarmSentence(alarm));
    },
  };
}

const word = (flag: (typeof protectionFlags)[number]): number => 2 ** protectionFlags.indexOf(flag);

test('a protection says how hot it was only where that is known now', () => {
  const { tell, look, alarms } = setUp();
  const flag = 'charge-over-temperature';
  const values = { protection: word(flag) };
  tell(0, 'state', { values });
  expect(look(0)).toStrictEqual([{ code: 'protection', values: { flag } }]);
  tell(0, 'warmth', { values: { temperatureMax: 48 } });
  tell(5000, 'state', { values });
  expect(look(5000)).toStrictEqual([{ code: 'protection', values: { flag } }]);
  // Once it is known, the list of alarms has it too.
  tell(6000, 'state', { values });
  tell(6000, 'warmth', { values: { temperatureMax: 52 } });
  expect(look(6000)).toStrictEqual([{ code: 'protection', values: { flag, value: 52 } }]);
  expect(alarms.log.list[0]?.report).toEqual({ code: 'protection', values: { flag, value: 52 } });
});

test('a protection of a cell names the cell where cells are told one by one, else its voltage', () => {
  const { tell, look } = setUp();
  const flag = 'cell-over-voltage';
  const values = { protection: word(flag) };
  tell(0, 'state', { values });
  expect(look(0)).toStrictEqual([{ code: 'protection', values: { flag } }]);
  tell(0, 'sum', { values: { cellHigh: 3.7 } });
  expect(look(0)).toStrictEqual([{ code: 'protection', values: { flag, value: 3.7 } }]);
  tell(0, 'cells', { cells: { first: 0, total: 2, volts: [3.4, 3.7] } });
  expect(look(0)).toStrictEqual([{ code: 'protection', values: { flag, cell: 2, value: 3.7 } }]);
});

test('a console that says OK, with blanks around it, reports no error', () => {
  const { tell, look } = setUp();
  for (const errors of ['  OK \r', ' none ', ' 0x00', '   ']) {
    tell(0, 'console', { texts: { errors } });
    expect(look(0)).toEqual([]);
  }
  tell(0, 'console', { texts: { errors: ' Fan stuck ' } });
  expect(look(0)).toEqual([{ code: 'battery-error', values: { text: 'Fan stuck' } }]);
});

test('a limit goes by what is fresh, and at the limit itself a value is not beyond it', () => {
  const { tell, texts } = setUp({ packHigh: 57.6 });
  tell(0, 'all', { values: { voltage: 58 } });
  expect(texts(5000)).toEqual([]);
  tell(6000, 'all', { values: { voltage: 58 } });
  expect(texts(6000)).toEqual(['Pack at 58.0 V, above 57.6 V']);
  tell(7000, 'all', { values: { voltage: 57.6 } });
  expect(texts(7000)).toEqual(['Pack at 57.6 V, limit 57.6 V']);
});

test.each(['highCutoff', 'lowCutoff'] as const)('%s is a limit though the other is not told', (name) => {
  const { tell, look } = setUp();
  tell(0, 'limits', { values: { [name]: 3.5 } });
  tell(0, 'cells', { cells: { first: 0, total: 2, volts: [3.3, 3.7] } });
  expect(look(0).map(({ code }) => code)).toEqual([name === 'highCutoff' ? 'cell-high' : 'cell-low']);
});

test('an alarm by the highest cell of all is over when that is, whether or not cells are told one by one', () => {
  for (const cells of [undefined, { first: 0, total: 4, volts: [3.3, 3.3] }]) {
    const { tell, look } = setUp();
    const at = (now: number, cellHigh: number): readonly unknown[] => {
      tell(now, 'limits', { values: { highCutoff: 3.6 } });
      tell(now, 'sum', { values: { cellHigh } });
      if (cells !== undefined) tell(now, 'cells', { cells });
      return look(now);
    };
    expect(at(0, 3.7)).toHaveLength(1);
    expect(at(1000, 3.3)).toEqual([]);
  }
});

test.each([
  ['all of them', 240, 0],
  ['not all, as there are more than are kept,', 300, 1],
])('where the highest cell is late, single cells end its alarm if they are %s', (_, total, standing) => {
  const { tell, look } = setUp();
  tell(0, 'limits', { period: 60_000, values: { highCutoff: 3.6 } });
  tell(0, 'sum', { values: { cellHigh: 3.7 } });
  expect(look(0)).toHaveLength(1);
  tell(5000, 'cells', { cells: { first: 0, total, volts: new Array<number>(total).fill(3.3) } });
  expect(look(5000)).toHaveLength(standing);
});
