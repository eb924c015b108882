import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BrokerChoice } from '../../../src/io/mqtt/broker-choice';
import { BrokerStore } from '../../../src/io/mqtt/broker-store';
import { clientId } from '../../../src/io/mqtt/client-id';
import { brokerFilesText } from '../../../src/words/en';
import { temporaryFolder } from '../../temporary-folder';

const folder = temporaryFolder();
let stores = 0;
const place = (): string => join(folder, `store-${++stores}`);
const nothing = { url: '', user: '', password: '', ca: '', cert: '', key: '' };
const set = (host: string) => ({ host, cert: `cert of ${host}`, key: `key of ${host}` });
const trouble = { code: 'broker-no-answer', values: { host: 'new.example' } } as const;

test('the old set is kept until the new one has connected, and takes turns with it until then', async () => {
  const path = place();
  const store = new BrokerStore(path);
  const choice = new BrokerChoice(nothing, store);
  await expect(choice.access()).rejects.toMatchObject({ trouble: { code: 'no-broker-set' } });
  expect(await store.take(set('old.example'))).toBe(true);
  await choice.tried(await choice.access(), undefined);
  expect(readdirSync(path)).toEqual(['proven.json']);
  expect(statSync(join(path, 'proven.json')).mode & 0o777).toBe(0o600);
  expect(await store.take(set('old.example'))).toBe(false);

  expect(await store.take(set('new.example'))).toBe(true);
  const hosts: string[] = [];
  for (let i = 0; i < 4; i++) {
    const access = await choice.access();
    hosts.push(access.url);
    await choice.tried(access, trouble);
  }
  expect(hosts).toEqual(['mqtts://new.example:8883', 'mqtts://old.example:8883', 'mqtts://new.example:8883', 'mqtts://old.example:8883']); // prettier-ignore
  expect(choice.trouble).toEqual(trouble);
  expect(brokerFilesText(trouble)).toBe(
    "The new broker files do not connect: new.example can't be reached: nobody answers",
  );
  expect(readdirSync(path).sort()).toEqual(['fresh.json', 'proven.json']);

  await choice.tried(await choice.access(), undefined);
  expect(readdirSync(path)).toEqual(['proven.json']);
  expect(await choice.access()).toMatchObject({
    url: 'mqtts://new.example:8883',
    cert: 'cert of new.example',
  });
  expect(choice.trouble).toBeUndefined();
});

test('what the settings say goes first; a certificate is not shown to a broker without TLS', async () => {
  const store = new BrokerStore(place());
  await store.take(set('stick.example:8884'));
  const plain = new BrokerChoice({ ...nothing, url: 'mqtt://10.0.0.2', user: 'u', password: 'p' }, store);
  expect(await plain.access()).toEqual({ url: 'mqtt://10.0.0.2', user: 'u', password: 'p' });
  const own = join(folder, 'own.pem');
  writeFileSync(own, '-----BEGIN CERTIFICATE-----');
  const mixed = new BrokerChoice({ ...nothing, url: 'mqtts://b.example', ca: own }, store);
  expect(await mixed.access()).toMatchObject({
    ca: '-----BEGIN CERTIFICATE-----',
    key: 'key of stick.example:8884',
  });
  expect((await new BrokerChoice(nothing, store).access()).url).toBe('mqtts://stick.example:8884');
  const missing = new BrokerChoice({ ...nothing, url: 'mqtts://b.example', ca: '/nonexistent.pem' }, store);
  await expect(missing.access()).rejects.toMatchObject({
    trouble: { code: 'pem-unreadable', values: { path: '/nonexistent.pem', reason: 'it is missing' } },
  });
});

test('a set that a power cut has damaged counts as none', async () => {
  const path = place();
  const store = new BrokerStore(path);
  await store.take(set('a.example'));
  writeFileSync(join(path, 'fresh.json'), '{"host":"a.ex');
  expect(await store.sets()).toEqual({ fresh: undefined, proven: undefined });
});

test('S0.61: no owner has to think of an id for each display: the one at the broker is a random one that is kept, under 23 letters', async () => {
  const file = join(folder, 'id', 'client-id');
  const id = await clientId(file);
  expect(id).toMatch(/^packdial-[0-9a-f]{12}$/);
  expect(await clientId(file)).toBe(id);
  writeFileSync(file, 'rubbish\0');
  expect(await clientId(file)).not.toBe(id);
  expect(await clientId('/proc/nowhere/client-id')).toMatch(/^packdial-/);
});
