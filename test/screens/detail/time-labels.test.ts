import fc from 'fast-check';
import { resolve } from 'node:path';
import { useOwnFonts } from '../../../src/render/fonts';
import { timeLabels } from '../../../src/screens/detail/time-labels';
import { TextStyle } from '../../../src/render/text';
import { dayPalette } from '../../../src/render/theme';
import { inZone, zoneNames } from '../../zones';

useOwnFonts(resolve(__dirname, '../../..'));
const style = new TextStyle(15, 500, dayPalette.tertiary);
const axis = { x: 62, width: 702, style, endStyle: style };

// highcharts#4034, jqPlot#113: days of an axis after a change of the clocks.
test('the days of an axis begin at midnight on both sides of a change of the clocks', () => {
  const longest = 702 * 512_000;
  const days = (zone: (typeof zoneNames)[number], now: string): Record<string, number> => {
    const found: Record<string, number> = {};
    inZone(zone, () => {
      const { texts, xs } = timeLabels({ ...axis, span: longest, wall: new Date(now) });
      for (const [i, text] of texts.entries()) if (!text.includes(':')) found[text] = xs[i] ?? 0;
    });
    return found;
  };
  const place = (midnight: string, now: string): number =>
    Math.round(axis.x + axis.width * (1 - (Date.parse(now) - Date.parse(midnight)) / longest));
  const monday = '2026-03-30T10:00:00Z';
  expect(days('Europe/Berlin', monday)).toEqual({
    '30 Mar': place('2026-03-29T22:00:00Z', monday),
    '29 Mar': place('2026-03-28T23:00:00Z', monday),
    '28 Mar': place('2026-03-27T23:00:00Z', monday),
    '27 Mar': place('2026-03-26T23:00:00Z', monday),
  });
  // Where midnight is left out, the day begins at one o'clock.
  const labour = '2026-09-07T16:00:00Z';
  expect(days('America/Santiago', labour)).toMatchObject({
    '7 Sep': place('2026-09-07T03:00:00Z', labour),
    '6 Sep': place('2026-09-06T04:00:00Z', labour),
    '5 Sep': place('2026-09-05T04:00:00Z', labour),
  });
});

test.each([
  [
    'a midnight that is left out',
    'America/Santiago',
    '2026-09-06T07:00:00Z',
    '22:00 23:00 6 Sep 02:00 03:00',
  ],
  ['a midnight that comes twice', 'America/Havana', '2026-11-01T07:00:00Z', '22:00 23:00 1 Nov 00:00 01:00'],
  ['an hour that is left out', 'Europe/Berlin', '2026-03-29T03:00:00Z', '23:00 29 Mar 01:00 03:00 04:00'],
  [
    'half an hour that comes twice',
    'Australia/Lord_Howe',
    '2026-04-04T17:00:00Z',
    '23:00 5 Apr 01:00 02:00 03:00',
  ],
] as const)('each round time stands once on the axis around %s', (_, zone, now, expected) => {
  inZone(zone, () => {
    const { texts } = timeLabels({ ...axis, span: 6 * 3_600_000, wall: new Date(now) });
    expect([...texts].reverse().join(' ')).toBe(expected);
  });
});

test('labels never overlap each other or the ends, whatever the span and the time', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 300_000, max: 1_100_000_000 }),
      fc.integer({ min: 0, max: 4e9 }),
      fc.constantFrom(...zoneNames),
      (span, seconds, zone) => {
        let labels = { left: '', texts: [] as readonly string[], xs: [] as readonly number[] };
        inZone(zone, () => (labels = timeLabels({ ...axis, span, wall: new Date(seconds * 1000) })));
        const { left, texts, xs } = labels;
        const placed = texts
          .map((text, i) => ({
            from: (xs[i] ?? 0) - style.width(text) / 2,
            to: (xs[i] ?? 0) + style.width(text) / 2,
          }))
          .sort((a, b) => a.from - b.from);
        let free = axis.x + style.width(left);
        for (const { from, to } of placed) {
          expect(from).toBeGreaterThan(free);
          free = to;
        }
        expect(free).toBeLessThan(axis.x + axis.width - style.width('now'));
      },
    ),
  );
});
