import type { AlarmLimits } from '../../src/model/alarm-limits';
import { AlarmLog, alarmLogLength } from '../../src/model/alarm-log';
import { alarmRules } from '../../src/model/alarm-rules';
import { Alarms } from '../../src/model/alarms';
import { Battery } from '../../src/model/battery';
import { alarmSentence, namedAlarm } from '../worded';

const limits: AlarmLimits = {
  packHigh: 57.6,
  packLow: undefined,
  temperatureHigh: undefined,
  temperatureLow: undefined,
  spread: undefined,
  stateOfChargeLow: undefined,
  silence: undefined,
};
const second = 1000;
const minute = 60 * second;
/** Monotonic ms: the display has run for a while. */
const start = 1_000_000;

function setUp() {
  const battery = new Battery('house');
  const alarms = new Alarms(alarmRules(limits));
  const look = (now: number): readonly string[] => {
    alarms.look(battery, now);
    return alarms.list.map((alarm) => alarmSentence(alarm));
  };
  return {
    alarms,
    look,
    tell: (voltage: number, now: number): readonly string[] => {
      battery.apply({ device: 'house', at: now, group: 'all', period: second, values: { voltage } });
      return look(now);
    },
    /** An earlier run left a pack at 58 V standing, acknowledged, and this one reads that from its file. */
    carryOn: (now: number): void => {
      const report = { code: 'pack-high', values: { value: 58, limit: 57.6, beyond: true } } as const;
      const entry = {
        report,
        risenAt: -5,
        acknowledgedAt: -4,
        endedAt: undefined,
        leftStanding: true,
      } as const;
      const [number = 0] = alarms.log.restore([entry]);
      alarms.carryOn([{ number, report, acceptedExcess: 0.4 }], now);
    },
  };
}

test('an alarm is one of the past ten seconds after it was last seen, and forgotten after a minute if acknowledged', () => {
  const { tell, look, alarms } = setUp();
  expect(tell(58, start)).toEqual(['Pack at 58.0 V, above 57.6 V']);
  alarms.acknowledge();
  expect(look(start + 10 * second - 1)).toEqual(['Pack at 58.0 V, above 57.6 V']);
  expect(look(start + 10 * second)).toEqual(['Pack was at 58.0 V, above 57.6 V']);
  expect(look(start + minute - 1)).toHaveLength(1);
  expect(look(start + minute)).toEqual([]);
  expect(alarms.log.list[0]).toMatchObject({ endedAt: start + minute });
});

test('what the owner has acknowledged before a restart does not alarm again', () => {
  const { tell, carryOn, alarms } = setUp();
  carryOn(start);
  tell(58, start + 10 * minute - 1);
  expect([alarms.alarming, alarms.list.length]).toEqual([false, 1]);
  // The same entry as before, and it stands.
  expect(alarms.log.list).toHaveLength(1);
  expect(alarms.log.list[0]).toMatchObject({ risenAt: -5, acknowledgedAt: -4, endedAt: undefined });
  expect(alarms.log.list[0]).not.toHaveProperty('leftStanding');
});

test('nor does it where the file is read after the first look', () => {
  const { tell, carryOn, alarms } = setUp();
  tell(58, start);
  expect(alarms.alarming).toBe(true);
  carryOn(start + second);
  expect([alarms.alarming, alarms.log.list.length]).toEqual([false, 1]);
});

test('ten minutes after a restart the same is a new alarm', () => {
  const { tell, carryOn, alarms } = setUp();
  carryOn(start);
  tell(50, start + second);
  tell(58, start + 10 * minute);
  expect([alarms.alarming, alarms.log.list.length]).toEqual([true, 2]);
});

test('what has become clearly worse since the restart alarms again, in the list too', () => {
  const { tell, carryOn, alarms } = setUp();
  carryOn(start);
  tell(58, start + second);
  expect(alarms.alarming).toBe(false);
  tell(61, start + 2 * second);
  expect(alarms.alarming).toBe(true);
  // The list does not say that the owner knows of what is worse now.
  expect(alarms.log.list[0]).toMatchObject({ acknowledgedAt: undefined });
});

test('an acknowledgement of an earlier run is used once', () => {
  const { tell, carryOn, alarms } = setUp();
  tell(61, start);
  carryOn(start + second);
  expect(alarms.alarming).toBe(true);
  tell(50, start + 2 * second);
  tell(58, start + 3 * second);
  expect(alarms.alarming).toBe(true);
});

test('changed limits judge anew what is first known of after a silence', () => {
  const { tell, look, alarms } = setUp();
  tell(58, start);
  alarms.follow(alarmRules({ ...limits, packHigh: 58.1 }));
  look(start + 5 * second);
  // Within the hysteresis of the new limit, where nothing would have risen.
  expect(tell(58, start + 6 * second)).toEqual([]);
});

test('the count of changes of the list only grows, and only when something has changed', () => {
  const { tell, look, carryOn, alarms } = setUp();
  const counts = [alarms.log.changes];
  const count = (): number => counts.push(alarms.log.changes);
  carryOn(start);
  count();
  tell(58, start);
  count();
  tell(50, start + second);
  count();
  tell(58, start + 2 * second);
  count();
  alarms.acknowledge();
  count();
  expect(counts.every((value, i) => i === 0 || value > (counts[i - 1] ?? 0))).toBe(true);
  const { changes } = alarms.log;
  // As bad as before, then less, then silent: nothing that the list tells.
  tell(58, start + 3 * second);
  tell(57.8, start + 4 * second);
  look(start + 30 * second);
  expect(alarms.log.changes).toBe(changes);
});

test('a full list drops what an earlier run has left before what stands still', () => {
  const log = new AlarmLog();
  const left = Array.from({ length: alarmLogLength }, (_, i) => ({
    report: namedAlarm(`left ${i}`),
    risenAt: -i,
    acknowledgedAt: undefined,
    endedAt: undefined,
    leftStanding: true as const,
  }));
  const oldest = log.restore(left).at(-1) ?? NaN;
  log.standAgain(oldest);
  for (let i = 0; i < 5; i++) log.rise(namedAlarm(`new ${i}`), i);
  expect(log.list).toHaveLength(alarmLogLength);
  expect(log.list.at(-1)).toMatchObject({ number: oldest, risenAt: 1 - alarmLogLength });
});
