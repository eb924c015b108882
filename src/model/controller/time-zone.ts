// A POSIX time zone, as the TZ variable holds it (POSIX.1-2017, 8.3): std offset [dst [offset] [,start[/time],end[/time]]].
const name = '(?:[A-Za-z]{3,10}|<[A-Za-z0-9+-]{3,10}>)';
const offset = '[+-]?(?:2[0-4]|[01]?\\d)(?::[0-5]\\d){0,2}';
// Hours of a change may be -167 to 167: newer C libraries take them, and some zones need them.
const time = '[+-]?(?:16[0-7]|1[0-5]\\d|\\d{1,2})(?::[0-5]\\d){0,2}';
const day =
  '(?:M(?:1[0-2]|[1-9])\\.[1-5]\\.[0-6]|J(?:36[0-5]|3[0-5]\\d|[12]\\d\\d|[1-9]\\d?)|(?:36[0-5]|3[0-5]\\d|[12]\\d\\d|\\d{1,2}))';
const change = `${day}(?:/${time})?`;
const zone = new RegExp(`^${name}${offset}(?:${name}(?:${offset})?(?:,${change},${change})?)?$`);

/** The longest that is taken, characters. */
export const longestTimeZone = 63;

/** True for a POSIX time zone such as `CST6CDT,M3.2.0/2,M11.1.0` or `UTC0`. */
export function isTimeZone(text: string): boolean {
  return text.length <= longestTimeZone && zone.test(text);
}
