import { parseDatabaseAddress, withoutPassword } from '../../src/protocol/database-address';

test.each([
  [
    'postgres://packdial:p%40ss@pi.local/homeauto',
    {
      kind: 'postgres',
      host: 'pi.local',
      port: 5432,
      database: 'homeauto',
      user: 'packdial',
      password: 'p@ss',
      tls: 'disable',
      place: 'pi.local/homeauto',
    },
  ],
  [
    'postgresql://[::1]:6000/a?sslmode=verify-full',
    { kind: 'postgres', host: '::1', port: 6000, tls: 'verify-full' },
  ],
  [
    'postgres:///homeauto?host=/run/postgresql',
    { host: '/run/postgresql', user: '', place: '/run/postgresql/homeauto' },
  ],
  ['mysql://u:p@10.0.0.2:3307/boat', { kind: 'mariadb', port: 3307, place: '10.0.0.2:3307/boat' }],
  ['mariadb://u@host/boat?sslmode=require', { kind: 'mariadb', port: 3306, password: '', tls: 'require' }],
  [
    'postgres://homeauto@pi/homeauto?shape=battery_pack&sslmode=require',
    { shape: 'battery_pack', tls: 'require', place: 'pi/homeauto (battery_pack)' },
  ],
  [
    'telegraf+unix:///tmp/telegraf.sock',
    { kind: 'telegraf', transport: 'unix', host: '/tmp/telegraf.sock', place: '/tmp/telegraf.sock' },
  ],
  ['telegraf+udp://pi:8094', { transport: 'udp', host: 'pi', port: 8094, place: 'pi:8094' }],
  ['telegraf+tcp://[::1]:8094/', { transport: 'tcp', host: '::1', port: 8094, place: '[::1]:8094' }],
  ['postgres://pi/boat?shape=packdial', { shape: 'packdial', place: 'pi/boat' }],
  ['http://pi:8428/write', { kind: 'lines', url: 'http://pi:8428/write', login: 'none', place: 'pi:8428' }],
  [
    'http://me:secret@pi:8086/write?db=boat',
    { url: 'http://pi:8086/write?db=boat', login: 'basic', place: 'pi:8086/boat' },
  ],
  [
    'http://:token@pi:8086/api/v2/write?org=o&bucket=day&shape=mean_min_max',
    {
      shape: 'mean_min_max',
      url: 'http://pi:8086/api/v2/write?org=o&bucket=day',
      place: 'pi:8086/day (mean_min_max)',
    },
  ],
  [
    'https://tok%3Den@pi/api/v2/write?org=o&bucket=b',
    { login: 'token', user: 'tok=en', port: 443, place: 'pi/b' },
  ],
])('%s is an address', (text, expected) => {
  expect(parseDatabaseAddress(text)).toMatchObject(expected);
});

test.each([
  '',
  'homeauto',
  'postgres://host',
  'postgres://host/',
  'postgres://host/a/b',
  'postgres:///a',
  'postgres://host/a?sslmode=perhaps',
  'postgres://host/a?sslmode=require&password=x',
  'postgres://host/a?shape=batterypack',
  'mysql://host/a?shape=battery_pack',
  'postgres://u:p%ZZ@host/a',
  'postgres://u:p ss@host/a',
  'mysql://host/a#b',
  'http://pi:8428/',
  'http://pi:8086/query?db=a',
  'http://pi:8086/write?db=a&u=me&p=secret',
  'http://pi:8428/write?shape=mean',
  'telegraf+unix://tmp/telegraf.sock',
  'telegraf+unix:///tmp/',
  `telegraf+unix:///${'x'.repeat(108)}`,
  'telegraf+udp://pi',
  'telegraf+tcp://me:hush@pi:8094',
  'telegraf+tcp://pi:8094/x',
  'telegraf+http://pi:8094',
  'ftp://pi/write',
  'mongodb://pi/a',
])('%s is none', (text) => {
  expect(parseDatabaseAddress(text)).toBeUndefined();
});

test.each([
  ['postgres://me:hush@pi/a', 'postgres://me:(hidden)@pi/a'],
  ['postgres://me@pi/a', 'postgres://me@pi/a'],
  ['http://hush@pi/api/v2/write', 'http://(hidden)@pi/api/v2/write'],
  ['https://me:hush@pi/write', 'https://me:(hidden)@pi/write'],
  ['http://pi/write?u=me&p=hush&db=a', 'http://pi/write?u=me&p=(hidden)&db=a'],
  ['http://pi:8428/write', 'http://pi:8428/write'],
  // What was mistyped is hidden too.
  ['postgres://me:hu/sh@pi/a', 'postgres://me:(hidden)@pi/a'],
  ['postgres://me:hu@sh@pi/a', 'postgres://me:(hidden)@pi/a'],
  ['me:hush@pi/a', '(hidden):(hidden)@pi/a'],
])('%s is told as %s', (address, told) => {
  expect(withoutPassword(address)).toBe(told);
});
