import { isNearby, plainAddress } from '../../src/io/network-check';

test.each([
  '127.0.0.1',
  '::1',
  '::ffff:192.168.1.9',
  '10.1.2.3',
  '172.31.255.255',
  '169.254.9.9',
  'fe80::1%wlan0',
  'fd12::1',
  '100.100.1.2',
  '203.0.113.77',
  '2001:db8:1:2::99',
])('%s is of the house', (address) => {
  expect(isNearby(address, ['203.0.113.5/24', '2001:db8:1:2::1/64'])).toBe(true);
});

test.each([
  '8.8.8.8',
  '::ffff:8.8.8.8',
  '172.32.0.1',
  '203.0.114.1',
  '2001:db8:1:3::1',
  '',
  'battery',
  '1.2.3',
])('%s is not, so that a router that lets the Internet in leads nobody to the battery', (address) => {
  expect(isNearby(address, ['203.0.113.5/24', '2001:db8:1:2::1/64'])).toBe(false);
});

test('an address is written as a person writes it', () => {
  expect(plainAddress('::ffff:192.168.1.9')).toBe('192.168.1.9');
  expect(plainAddress('fe80::1%eth0')).toBe('fe80::1');
});
