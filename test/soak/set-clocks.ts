/**
 * When somebody sets the machine's clock, and to what: hours since the start, and the time. A Raspberry Pi starts in 1970 or
 * when it was switched off, and learns the time from the network later; where it is summer time, the hours of a day are 23
 * or 25 twice a year; 32 bits of seconds end in January 2038, and those of the oldest protocols in 2036 and 2106.
 */
export const clockJumps: readonly (readonly [hours: number, time: string])[] = [
  [0, '1970-01-01T00:00:00Z'],
  [1, '2020-11-25T10:00:00Z'],
  // Years forward at the first synchronisation, on the day before the end of summer time in Europe.
  [2, '2026-10-24T12:00:00Z'],
  [26, '2026-10-25T11:00:00Z'],
  [30, '2026-10-25T17:00:00Z'],
  // A year back, and the day before summer time begins.
  [50, '2025-10-26T12:00:00Z'],
  [74, '2027-03-27T12:00:00Z'],
  [98, '2036-02-07T00:00:00Z'],
  [110, '2038-01-18T12:00:00Z'],
  [134, '2106-02-07T00:00:00Z'],
  [146, '2026-06-12T10:00:00Z'],
];
