import { timeZoneMistake } from '../../src/settings/time-zone';

test.each([
  undefined,
  '',
  'Europe/Berlin',
  ':Europe/Berlin',
  'UTC',
  'GMT',
  'UTC0',
  'EST5EDT',
  'Asia/Calcutta',
  'GB',
])('TZ %s is one', (zone) => expect(timeZoneMistake(zone, () => true)).toBeUndefined());

test('a path of a zone was understood where local time is not UTC', () => {
  expect(timeZoneMistake('/usr/share/zoneinfo/Europe/Berlin', () => false)).toBeUndefined();
});

test.each(['Nowhere/Land', 'Berlin', 'europe/berlin', 'Europe/berlin', 'Europe/Berlin ', 'CET-1CEST'])(
  'TZ %j is none, which is told',
  (zone) => {
    expect(timeZoneMistake(zone, () => true)).toBe(
      `TZ is "${zone}", which is not a time zone, so times are shown in UTC: set one such as Europe/Berlin`,
    );
  },
);
