import { LoginThrottle } from '../../../src/io/web/login-throttle';

test('wrong passwords make an address wait for 1, 2, 4 up to 60 seconds', () => {
  const throttle = new LoginThrottle();
  let now = 0;
  const waits = Array.from({ length: 9 }, () => {
    const wait = throttle.failed('192.168.1.9', now);
    expect(throttle.wait('192.168.1.9', now)).toBe(wait);
    expect(throttle.wait('192.168.1.9', now + wait - 1)).toBe(1);
    now += wait;
    expect(throttle.wait('192.168.1.9', now)).toBe(0);
    return wait / 1000;
  });
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
});

test('others do not wait for it', () => {
  const throttle = new LoginThrottle();
  throttle.failed('192.168.1.9', 0);
  expect(throttle.wait('192.168.1.10', 0)).toBe(0);
});

test('the addresses of one machine are one: IPv4 in both ways, and all of a /64', () => {
  const throttle = new LoginThrottle();
  throttle.failed('::ffff:192.168.1.9', 0);
  expect(throttle.wait('192.168.1.9', 0)).toBe(1000);
  throttle.failed('2001:db8:0:1::5', 0);
  expect(throttle.wait('2001:db8:0:1:ffff:1:2:3', 0)).toBe(1000);
  expect(throttle.wait('2001:db8:0:2::5', 0)).toBe(0);
});

test('a right password and a quarter of an hour of quiet forgive', () => {
  const throttle = new LoginThrottle();
  throttle.failed('a', 0);
  throttle.failed('a', 1000);
  throttle.succeeded('a');
  expect(throttle.failed('a', 2000)).toBe(1000);
  expect(throttle.failed('a', 2000 + 1000 + 15 * 60_000 + 1)).toBe(1000);
});

test('it remembers a thousand addresses and no more', () => {
  const throttle = new LoginThrottle();
  for (let i = 0; i < 1001; i++) throttle.failed(`10.0.${i >> 8}.${i & 255}`, 0);
  expect(throttle.wait('10.0.0.0', 0)).toBe(0);
  expect(throttle.wait('10.0.0.1', 0)).toBe(1000);
  expect(throttle.wait('10.0.3.232', 0)).toBe(1000);
});
