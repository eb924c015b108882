import { decodeEvtvFrame } from '../../../src/devices/evtv/decode';
import { evtvReading } from '../../../src/devices/evtv/readings';
import { SignWatch } from '../../../src/features/signs/sign-watch';
import { Battery } from '../../../src/model/battery';
import { freshValues } from '../../../src/model/log-values';
import { dataFrame } from '../../../src/protocol/can-frame';
import { completeStatus } from '../../../src/protocol/complete-status';
import { noticeWords } from '../../../src/words/en';

/** A display with one option touched, whose controller tells of 34 A out of the battery and 114.5 Ah taken. */
function display({ invertCurrent150 = true, invert151 = false, listed = false } = {}) {
  const battery = new Battery('battery');
  const clock = { now: 0, monotonic: () => clock.now };
  const logged: string[] = [];
  const log = { warn: (text: string) => void logged.push(text) };
  const watch = new SignWatch({ batteries: [battery], listed, clock, log });
  const hear = (id: number, hex: string): void => {
    const decoded = decodeEvtvFrame(dataFrame(id, Buffer.from(hex, 'hex')), { invertCurrent150, invert151 });
    if ('rejected' in decoded) throw new Error(decoded.rejected);
    battery.apply(evtvReading(decoded, clock.now));
  };
  const seconds = (count: number, pack = 'deffe70187fb2912', fine = 'acf2ffff00000000'): void => {
    for (let i = 0; i < count; i++) {
      hear(0x150, pack);
      if (fine !== '') hear(0x151, fine);
      watch.everySecond();
      clock.now += 1000;
    }
  };
  const words = () => watch.notices().map(({ report }) => noticeWords(report));
  return { battery, clock, logged, seconds, words };
}

test('S0.103: opposite currents for ten seconds are a notice that names the options, and ampere-hours follow the current that is shown', () => {
  const { battery, clock, logged, seconds, words } = display();
  seconds(10);
  expect(words()).toEqual([]);
  expect(battery.quantity('ampHours', clock.now).value).toBe(114.5);
  const changes = battery.changes;
  seconds(1);
  expect(battery.changes).toBe(changes + 1);
  const text =
    '0x151 tells −34.1 A, which is shown, and 0x150 +34.0 A. Charging is +. ' +
    'If what is shown has the wrong sign, touch “Invert fine current”, else “Invert current”.';
  const title = 'Two messages tell opposite currents';
  expect(words()).toEqual([{ short: 'Is the current’s sign right?', title, text }]);
  expect(logged).toEqual([`${title}: ${text}`]);
  expect(battery.current(clock.now).value).toBe(-34.12);
  expect(battery.quantity('ampHours', clock.now).value).toBe(-114.5);
  expect(freshValues(battery, clock.now)?.ampHours).toBe(-114.5);
  const status = completeStatus(battery, { bmsId: '', source: 'evtv-udp' }, clock.now, new Date());
  expect([status.packCurrent, status.ampHours]).toEqual([-34.12, -114.5]);
});

test('S0.103: the options are named as they are on the page of a device', () => {
  const { seconds, words } = display({ listed: true });
  seconds(11);
  expect(
    words()
      .map(({ text }) => text)
      .join(),
  ).toMatch(/touch “Sign of 0x151”, else “Sign of the current”\.$/);
});

test('S0.103: nothing is said where both agree, and nothing is turned', () => {
  for (const options of [
    { invertCurrent150: false, invert151: false },
    { invertCurrent150: true, invert151: true },
  ]) {
    const { battery, clock, seconds, words, logged } = display(options);
    seconds(60);
    expect([words(), logged]).toEqual([[], []]);
    const sign = options.invert151 ? -1 : 1;
    expect(battery.current(clock.now).value).toBe(-34.12 * sign);
    expect(battery.quantity('ampHours', clock.now).value).toBe(-114.5 * sign);
  }
});

test('S0.103: currents of two amperes and less, interruptions and a moment of change tell nothing', () => {
  const { seconds, words } = display();
  seconds(60, 'feffe70187fb2912', '38ffffff00000000');
  expect(words()).toEqual([]);
  for (let i = 0; i < 10; i++) {
    seconds(9);
    seconds(1, '0000e70187fb2912', '0000000000000000');
  }
  expect(words()).toEqual([]);
});

test('S0.103: it stands through a night without current, and goes when both have agreed for ten seconds', () => {
  const { battery, clock, seconds, words } = display();
  seconds(11);
  seconds(3600, '0000e70187fb2912', '0000000000000000');
  expect(words()).toHaveLength(1);
  // Now 0x150 tells +34 A as raw value, which is turned to −34 A.
  seconds(10, '2200e70187fb2912');
  expect(words()).toHaveLength(1);
  seconds(1, '2200e70187fb2912');
  expect(words()).toEqual([]);
  expect(battery.quantity('ampHours', clock.now).value).toBe(114.5);
});

test('S0.103: without 0x151 nothing contradicts, and what 0x150 tells is shown', () => {
  const { battery, clock, seconds, words } = display();
  seconds(11);
  seconds(6, 'deffe70187fb2912', '');
  expect(words()).toEqual([]);
  expect(battery.current(clock.now).value).toBe(34);
  expect(battery.quantity('ampHours', clock.now).value).toBe(114.5);
});
