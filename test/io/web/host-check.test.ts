import fc from 'fast-check';
import { isOwnHost, isSameOrigin } from '../../../src/io/web/host-check';

describe('a page is answered under any address and name of this machine, and no other (DNS rebinding)', () => {
  test.each([
    '192.168.1.72',
    '192.168.1.72:8080',
    '[fe80::1]:8080',
    '[::1]',
    'localhost',
    'LOCALHOST:8080',
    'localhost.',
    'packdial.local:8080',
    'garage-pi:8080',
    'Battery.Example.org',
  ])('%s is', (host) => {
    expect(isOwnHost(host, ['garage-pi', 'battery.example.org'])).toBe(true);
  });

  test.each([
    undefined,
    '',
    'evil.example',
    'evil.example:8080',
    'localhost.evil.example',
    '192.168.1.72.evil.example',
    'evillocal',
    'garage-pi.evil.example',
    '[evil.example]',
    '[12]',
    'localhost:8080@evil.example',
    'localhost/evil.example',
    'a b',
    'localhost\r\nx',
    '999.1.1.1.1',
  ])('%s is not', (host) => {
    expect(isOwnHost(host, ['garage-pi', 'battery.example.org'])).toBe(false);
  });

  test('no domain of somebody else’s is taken for this machine', () => {
    fc.assert(
      fc.property(fc.domain(), (name) => {
        fc.pre(!name.endsWith('.local'));
        expect(isOwnHost(name, ['garage-pi'])).toBe(false);
      }),
    );
  });
});

describe('a request of a page of ours', () => {
  test.each([
    ['http://192.168.1.72:8080', '192.168.1.72:8080'],
    ['http://localhost', 'localhost:80'],
    ['https://battery.example.org', 'battery.example.org'],
    ['http://[::1]:8080', '[::1]:8080'],
  ])('%s to %s is', (origin, host) => expect(isSameOrigin(origin, host)).toBe(true));

  test.each([
    [undefined, 'localhost:8080'],
    ['null', 'localhost:8080'],
    ['http://localhost:8081', 'localhost:8080'],
    ['http://evil.example', 'localhost:8080'],
    ['http://localhost:8080.evil.example', 'localhost:8080'],
    ['file://localhost:8080', 'localhost:8080'],
    ['http://', ''],
    ['http://localhost:8080', undefined],
  ])('%s to %s is not', (origin, host) => expect(isSameOrigin(origin, host)).toBe(false));
});
