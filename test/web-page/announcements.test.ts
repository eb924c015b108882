import { Announcements, NewAlarms } from '../../src/web-page/announcements';

test('live values are said at most once a minute, and only when they are others', () => {
  const announcements = new Announcements();
  expect(announcements.next('77 % charged', 0)).toBe('77 % charged');
  expect(announcements.next('78 % charged', 1000)).toBeUndefined();
  expect(announcements.next('79 % charged', 59_999)).toBeUndefined();
  expect(announcements.next('79 % charged', 60_000)).toBe('79 % charged');
  expect(announcements.next('79 % charged', 200_000)).toBeUndefined();
  expect(announcements.next('80 % charged', 200_001)).toBe('80 % charged');
});

test('an alarm is said when it begins, not with each of its values', () => {
  const alarms = new NewAlarms();
  expect(alarms.of(['Cell 7 is low: 2.91 V'])).toEqual(['Cell 7 is low: 2.91 V']);
  expect(alarms.of(['Cell 7 is low: 2.89 V'])).toEqual([]);
  expect(alarms.of(['Cell 7 is low: 2.88 V', 'Cell 8 is low: 2.90 V'])).toEqual(['Cell 8 is low: 2.90 V']);
  expect(alarms.of(['Charge at 9 %', 'Cell 8 is low: 2.90 V'])).toEqual(['Charge at 9 %']);
  expect(alarms.of(['Charge at 8 %'])).toEqual([]);
  expect(alarms.of([])).toEqual([]);
  expect(alarms.of(['Charge at 8 %'])).toEqual(['Charge at 8 %']);
});
