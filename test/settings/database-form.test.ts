import fc from 'fast-check';
import {
  databaseKinds,
  encryptions,
  formKeys,
  missingKey,
  type DatabaseForm,
  type DatabaseKey,
} from '../../src/model/database-form';
import { parseDatabaseAddress } from '../../src/protocol/database-address';
import {
  addressFault,
  addressOf,
  formOf,
  isHost,
  keepsSecret,
  kindOfAddress,
  userOf,
  withKept,
  withoutSecret,
} from '../../src/settings/database-form';

test.each([
  ['postgres://me:p%40ss@pi.local/boat', 'postgres', 'none'],
  ['postgres://me@pi.local:5433/boat?sslmode=require', 'postgres', 'unchecked'],
  ['mysql://me:hush@10.0.0.2:3307/boat?sslmode=verify-full', 'mariadb', 'checked'],
  ['http://nas:8428/write', 'victoria', 'none'],
  ['https://me:hush@nas:8428/write', 'victoria', 'checked'],
  ['http://me:hush@nas:8086/write?db=boat', 'influx', 'none'],
  ['http://:to%3Dken@nas:8086/api/v2/write?org=o%20rg&bucket=b', 'influx2', 'none'],
])('%s is a form of %s, and comes out of it again', (address, kind, encryption) => {
  const form = formOf(address);
  expect(form).toMatchObject({ kind, encryption });
  expect(parseDatabaseAddress(addressOf(form))).toEqual(parseDatabaseAddress(address));
  expect(kindOfAddress(address)).toBe(kind);
});

test.each([
  ['postgres:///boat?host=/run/postgresql', 'postgres'],
  ['mariadb://me@h/boat?host=/run/mysqld/mysqld.sock', 'mariadb'],
  ['http://me:hush@nas:8086/write?db=boat&rp=year', 'other'],
  ['http://nas/write', 'other'],
  ['telegraf+unix:///run/telegraf.sock', 'telegraf'],
  ['postgres://me@pi/boat?shape=battery_pack', 'postgres'],
])('%s has parts that no form has, and stays as it is', (address, kind) => {
  expect(formOf(address)).toEqual({ kind: 'other', values: { address }, encryption: 'none' });
  expect(addressOf(formOf(address))).toBe(address);
  expect(kindOfAddress(address)).toBe(kind);
});

test('whatever is typed into a form makes its address or none, and is read from it again', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 20 });
  const forms = fc.record({
    kind: fc.constantFrom(...databaseKinds.filter((kind) => kind !== 'other')),
    values: fc.record({
      host: fc.constantFrom('pi.local', '10.0.0.2:5555', '[::1]:77', 'boat'),
      database: text,
      user: text,
      password: text,
      organisation: text,
      bucket: text,
      token: text,
    } satisfies Partial<Record<DatabaseKey, fc.Arbitrary<string>>>),
    encryption: fc.constantFrom('none' as const, 'checked' as const),
  });
  let read = 0;
  fc.assert(
    fc.property(forms, (form: DatabaseForm) => {
      const address = addressOf(form);
      const parsed = parseDatabaseAddress(address);
      const isWhole = missingKey(form) === undefined;
      if (parsed === undefined) {
        expect(addressFault(address)).toBeDefined();
        return;
      }
      if (!isWhole) return;
      read++;
      const again = formOf(address);
      expect(parseDatabaseAddress(addressOf(again))).toEqual(parsed);
      if (parsed.kind !== 'lines') {
        const { password = '', user = '', database = '' } = form.values;
        expect(parsed).toMatchObject({ password, user, database });
      }
    }),
  );
  expect(read).toBeGreaterThan(20);
});

test.each([
  ['', 'scheme'],
  ['pi.local', 'scheme'],
  ['mongodb://me:hush@pi/boat', 'scheme'],
  ['telnet://pi/write', 'scheme'],
  ['postgres://me:hu sh@pi/boat', 'characters'],
  ['postgres://me:hu/sh@pi/boat', 'characters'],
  ['postgres://me:hu#sh@pi/boat', 'characters'],
  ['postgres:///boat', 'no-host'],
  ['mysql://me:hush@pi', 'no-database'],
  ['mysql://me:hush@pi/', 'no-database'],
  ['postgres://pi/boat?sslmode=maybe', 'encryption'],
  ['postgres://pi/boat?password=hush', 'parameter'],
  ['postgres://pi/boat?shape=round&sslmode=require', 'no-address'],
  ['telegraf+udp://pi', 'telegraf'],
  ['telegraf+smoke://pi', 'scheme'],
  ['http://pi:8086/query?db=boat', 'no-write'],
  ['http://pi:8086/write?db=boat&u=me&p=hush', 'secret-in-query'],
])('%s is no address, and why', (text, fault) => {
  expect(addressFault(text)).toBe(fault);
  expect(addressFault('postgres://me:hush@pi/boat')).toBeUndefined();
});

test.each(['pi', 'pi.local', '10.0.0.2', '10.0.0.2:5432', '[fe80::1]:99', 'nas:1'])('%s is a host', (text) =>
  expect(isHost(text)).toBe(true),
);
test.each(['', 'a b', 'me@pi', 'pi/boat', '::1', 'pi:port', 'pi:99999', 'http://pi', 'pi?x', 'a%2Fb'])(
  '“%s” is none',
  (text) => expect(isHost(text)).toBe(false),
);

test('a password is kept for the same host and user, and never told to another', () => {
  const kept = 'postgres://me:p%40ss@pi/boat';
  const form = withoutSecret(formOf(kept));
  expect(JSON.stringify(form)).not.toContain('ss');
  expect(addressOf(withKept(form, kept))).toBe(kept);
  const change = (values: DatabaseForm['values']): DatabaseForm => ({
    ...form,
    values: { ...form.values, ...values },
  });
  expect(keepsSecret(change({ database: 'shop' }), kept)).toBe(true);
  for (const values of [{ host: 'elsewhere' }, { host: 'pi:5433' }, { user: 'you' }]) {
    expect(keepsSecret(change(values), kept)).toBe(false);
    expect(addressOf(withKept(change(values), kept))).not.toContain('ss');
  }
  expect(addressOf(withKept(change({ password: 'new' }), kept))).toBe('postgres://me:new@pi/boat');
  expect(addressOf(withKept({ ...form, kind: 'mariadb' }, kept))).not.toContain('ss');
});

test('what has no form is shown without its password, or its token, and keeps it', () => {
  for (const [kept, shown] of [
    ['http://me:hush@nas:8086/write?db=b&rp=y', 'http://me@nas:8086/write?db=b&rp=y'],
    [
      'http://hush@nas:8086/api/v2/write?org=o&bucket=b&rp=y',
      'http://nas:8086/api/v2/write?org=o&bucket=b&rp=y',
    ],
  ] as const) {
    const form = withoutSecret(formOf(kept));
    expect(addressOf(form)).toBe(shown);
    expect(userOf(kept)).toBe(kept.includes('me:') ? 'me' : '');
  }
  const kept = 'http://me:hush@nas:8086/write?db=b&rp=y';
  expect(addressOf(withKept(withoutSecret(formOf(kept)), kept))).toBe(kept);
});

test('every kind can be filled in, and says what is missing first', () => {
  for (const kind of databaseKinds) {
    const values: Partial<Record<DatabaseKey, string>> = {};
    for (const key of formKeys[kind]) values[key] = key === 'address' ? 'http://pi:8428/write' : 'x';
    const [encryption = 'none'] = encryptions[kind];
    expect(missingKey({ kind, values, encryption })).toBeUndefined();
    expect(parseDatabaseAddress(addressOf({ kind, values, encryption }))).toBeDefined();
    expect(missingKey({ kind, values: {}, encryption })).toBe(formKeys[kind][0]);
  }
});
