import { evtvReading } from '../../src/devices/evtv/readings';
import { dataNotice, linkNotice } from '../../src/screens/notices';
import { screenNames } from '../../src/screens/screen';
import type { MonitoredBattery } from '../../src/model/site';
import { pictureOf as written } from '../golden-picture';
import { wordsOf } from '../pictures/words';
import { heardAt, pictureOf, screens, silence, surroundings } from './stories';

const { source } = surroundings(0);
const quiet = { ...source, frames: 0, ignored: 0, malformed: 0, sender: undefined };

test.each(screenNames)('S0.132: a controller that never speaks harms no screen, for a year: %s', (screen) => {
  const monitored = silence();
  const navigator = screens(monitored, screen);
  for (const now of [0, 1000, 60_000, 3_600_000, 86_400_000, 365 * 86_400_000]) {
    const around = surroundings(0, { now, source: quiet });
    monitored.alarms.look(monitored.battery, now);
    expect(pictureOf(navigator, around).canvas.width).toBe(800);
  }
  // What was never heard is not missed: there is nothing to acknowledge, and every way is open.
  expect(monitored.alarms.list).toEqual([]);
  expect(navigator.targets.map(({ name }) => name)).not.toContain('alarm');
});

test.each(screenNames)(
  'S0.132: nor says a screen anything else after a year than in its first minute: %s',
  (screen) => {
    const navigator = screens(silence(), screen);
    const said = (now: number): string[] =>
      wordsOf(written(pictureOf(navigator, surroundings(0, { now, source: quiet })).canvas).texts).map(
        ({ text }) => text,
      );
    const first = said(60_000);
    expect(said(365 * 86_400_000)).toEqual(first);
    // What is old or lost was there once.
    expect(first.join(' | ')).not.toMatch(/\b(old|late|lost|stale|ago|fault|NaN|Infinity|undefined)\b/i);
    if (screen === 'main') expect(first).toContain('Waiting for the battery (UDP 6500)');
  },
);

test('S0.132: it says that it waits, where, and what came instead; not that something is broken', () => {
  const { battery } = silence();
  const around = surroundings(0, { now: 86_400_000, source: quiet });
  const current = battery.current(around.now);
  expect(linkNotice(Infinity, current, around)).toEqual({ tone: 'silent', text: 'UDP 6500 · no data' });
  expect(dataNotice(Infinity, current, around)).toEqual({
    title: 'Waiting for the battery (UDP 6500)',
    detail: '0 frames, 0 ignored, 0 malformed',
  });
});

test('S0.132: when it speaks at last, the picture is that of one that has always spoken', () => {
  const speak = ({ battery }: MonitoredBattery): void => {
    battery.apply(
      evtvReading({ message: '0x150', packCurrent: 3, packVoltage: 49, temperatureMax: 27 }, heardAt),
    );
    battery.apply(evtvReading({ message: '0x650', stateOfCharge: 60 }, heardAt));
    battery.apply(
      evtvReading(
        { message: '0x68F', module: { index: 0, total: 1, voltages: [4, 4, 4, 4, 4, 3.9] } },
        heardAt,
      ),
    );
  };
  for (const screen of screenNames) {
    const [waiting, always] = [silence(), silence()];
    speak(always);
    const expected = pictureOf(screens(always, screen), surroundings(200)).canvas.toBuffer('raw');
    const navigator = screens(waiting, screen);
    const before = pictureOf(navigator, surroundings(-60_000, { source: quiet })).canvas.toBuffer('raw');
    speak(waiting);
    // Numbers change at most four times a second.
    navigator.update(surroundings(-300));
    const after = pictureOf(navigator, surroundings(200)).canvas.toBuffer('raw');
    expect([screen, after.equals(expected)]).toEqual([screen, true]);
    if (screen !== 'settings' && screen !== 'alarms') expect(after.equals(before)).toBe(false);
  }
});
