import { BankWatch } from '../../../src/features/bank/bank-watch';
import { Bank } from '../../../src/model/bank';
import { Battery } from '../../../src/model/battery';
import { Device } from '../../../src/model/device';

/** A bank of three that passes time, with what the log was told. */
function watched(meter?: Device) {
  const members = ['house', 'bow', 'stern'].map((name) => new Battery(name));
  const lines: string[] = [];
  const clock = { now: 0, monotonic: () => clock.now };
  const say = (text: string): void => void lines.push(text);
  const bank = new Bank('Bank', members, meter);
  const watch = new BankWatch({ bank, clock, log: { info: say, warn: say } });
  const pass = (seconds: number, ...received: readonly string[]): void => {
    for (let i = 0; i < seconds; i++) {
      clock.now += 1000;
      for (const member of members)
        if (received.includes(member.name))
          member.apply({
            device: member.name,
            at: clock.now,
            group: 'basic',
            period: 1000,
            values: { current: 1 },
          });
      watch.everySecond();
    }
  };
  return { watch, lines, pass, text: () => watch.lines()[0]?.text };
}

const all = ['house', 'bow', 'stern'];

test('a bank that is received in full is worth no line in the log', () => {
  const { pass, lines, text } = watched();
  pass(120, ...all);
  expect([text(), lines]).toEqual(['3 batteries, all received', []]);
});

test('a member that stays away is told once, with what is missing and what to do, and so is its return', () => {
  const { pass, lines, text } = watched();
  pass(20, ...all);
  pass(120, 'house', 'bow');
  const sentence =
    /^2 of 3 batteries: stern not received for \d+ s; current and power are unknown; set removed=true for one that was taken out$/;
  expect(lines).toEqual([expect.stringMatching(/^Bank: 2 of 3 batteries: stern not received for 40 s; /)]);
  expect(lines[0]?.slice('Bank: '.length)).toMatch(sentence);
  expect(text()).toMatch(/stern not received for 2 min/);
  pass(60, ...all);
  expect(lines.slice(1)).toEqual(['Bank: 3 batteries, all received']);
});

test('a link that flickers is not told each time', () => {
  const { pass, lines } = watched();
  for (let i = 0; i < 10; i++) {
    pass(20, ...all);
    pass(20, 'house', 'bow');
  }
  expect(lines).toEqual([]);
});

test('where a meter tells the current, that is said instead', () => {
  const meter = new Device('shunt', 'meter');
  const { pass, lines, text } = watched(meter);
  pass(1, ...all);
  meter.apply({ device: 'shunt', at: 0, group: 'all', period: Infinity, values: { current: 7 } });
  expect(text()).toBe('3 batteries, all received; current from shunt');
  pass(60, 'house', 'bow');
  expect(lines[0]).toMatch(/stern not received for \d+ s; current from shunt; set removed/);
});

test('one that was never received has no age', () => {
  const { pass, text } = watched();
  pass(2, 'house', 'bow');
  expect(text()).toContain('stern not received yet');
});
