import { Alarms } from '../../src/model/alarms';
import { Bank } from '../../src/model/bank';
import { bankRules } from '../../src/model/bank-rules';
import { Battery } from '../../src/model/battery';
import { alarmSentence } from '../worded';

const minute = 60_000;

class Watch {
  readonly members = ['House', 'Bow', 'Stern'].map((name) => new Battery(name));
  readonly bank = new Bank('Bank', this.members);
  readonly alarms = new Alarms(bankRules(this.bank));
  private now = 0;

  /** Lets time pass in which the members tell voltage and charge each second; `undefined` is a member that is silent. */
  run(ms: number, told: readonly (readonly [volts: number, charge: number] | undefined)[]): string[] {
    const heard = new Set<string>();
    for (const end = this.now + ms; this.now < end; this.now += 1000) {
      told.forEach((values, i) => {
        if (values === undefined) return;
        this.members[i]?.apply({
          device: '',
          at: this.now,
          group: 'basic',
          period: 1000,
          values: { voltage: values[0], current: 1, stateOfCharge: values[1] },
        });
      });
      this.alarms.look(this.bank, this.now);
      for (const alarm of this.alarms.list) heard.add(alarmSentence(alarm));
    }
    return [...heard];
  }
}

const even = [13.2, 70] as const;

test('members that differ in voltage for ten minutes are an alarm, until they are clearly near each other', () => {
  const watch = new Watch();
  const apart = [even, even, [13.45, 70] as const];
  expect(watch.run(10 * minute, apart)).toEqual([]);
  expect(watch.run(2000, apart)).toEqual(['Batteries differ in voltage by 0.25 V, above 0.20 V']);
  watch.run(5000, [even, even, [13.38, 70]]);
  expect(watch.alarms.list.map((alarm) => alarmSentence(alarm))).toEqual([
    'Batteries differ in voltage by 0.18 V, limit 0.20 V',
  ]);
  watch.run(5000, [even, even, [13.33, 70]]);
  expect(watch.alarms.list).toEqual([]);
});

test('a difference of the limit itself is none, though binary fractions make it a little more', () => {
  expect(46.1 - 45.9).toBeGreaterThan(0.2);
  const watch = new Watch();
  expect(
    watch.run(12 * minute, [
      [45.9, 70],
      [45.9, 70],
      [46.1, 70],
    ]),
  ).toEqual([]);
});

test('the same for charge', () => {
  const watch = new Watch();
  const apart = [even, even, [13.2, 91] as const];
  expect(watch.run(10 * minute, apart)).toEqual([]);
  expect(watch.run(2000, apart)).toEqual(['Batteries differ in charge by 21 %, above 20 %']);
});

test('a difference that passes within ten minutes is none', () => {
  const watch = new Watch();
  for (let i = 0; i < 3; i++) {
    expect(watch.run(9 * minute, [even, even, [13.6, 95]])).toEqual([]);
    expect(watch.run(5000, [even, even, even])).toEqual([]);
  }
});

test('a member that goes and comes again makes no jump of charge an alarm', () => {
  const watch = new Watch();
  for (let i = 0; i < 4; i++) {
    expect(watch.run(6 * minute, [even, even, [13.2, 100]])).toEqual([]);
    expect(watch.run(6 * minute, [even, even, undefined])).toEqual([]);
  }
});

test('a member that goes starts the ten minutes again, though the others differ as before', () => {
  const watch = new Watch();
  const other = [13.2, 100] as const;
  expect(watch.run(6 * minute, [even, even, other])).toEqual([]);
  expect(watch.run(9 * minute, [even, undefined, other])).toEqual([]);
  expect(watch.run(2 * minute, [even, undefined, other])).toEqual([
    'Batteries differ in charge by 30 %, above 20 %',
  ]);
});
