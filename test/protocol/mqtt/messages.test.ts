import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { AlarmLog } from '../../../src/model/alarm-log';
import { checkMqtt, mqttSettings } from '../../../src/settings/mqtt-settings';
import { AlarmFeed } from '../../../src/protocol/mqtt/alarm-message';
import { discoveryMessages } from '../../../src/protocol/mqtt/home-assistant';
import { batteryTopics } from '../../../src/protocol/mqtt/topics';
import { shownSetting } from '../../../src/settings/setting-secrets';
import { alarmSentence, namedAlarm } from '../../worded';

test('S0.110, S0.113: one topic has everything, and those of old versions are no more', () => {
  expect(batteryTopics('MorganOak')).toMatchObject({
    status: 'EVTV/MorganOak/CompleteStatus',
    availability: 'EVTV/MorganOak/availability',
    config: 'EVTV/MorganOak/Config',
  });
  expect(JSON.stringify(batteryTopics('MorganOak'))).not.toMatch(/\/Status"|Module/);
});

test('alarms are told once when they are raised and once when they are over, whatever happens between', () => {
  const log = new AlarmLog();
  const feed = new AlarmFeed('MorganOak', 'run', (report) => alarmSentence({ report }));
  const wall = new Date('2026-06-12T10:00:10Z');
  expect(feed.take(log, 0, wall)).toEqual([]);
  const number = log.rise(
    { code: 'cell-high', values: { cell: 12, volts: 4.25, limit: 4.2, beyond: true } },
    5000,
  );
  expect(feed.take(log, 10_000, wall)).toEqual([
    { schema: 1, bmsId: 'MorganOak', id: 'run-1', event: 'raised', text: 'Cell 12 at 4.25 V, above 4.20 V: stop charging', timestamp: '2026-06-12T10:00:05.000Z' },
  ]); // prettier-ignore
  log.update(number, {
    report: { code: 'cell-high', values: { cell: 12, volts: 4.26, limit: 4.2, beyond: true } },
  });
  expect(feed.take(log, 11_000, wall)).toEqual([]);
  log.update(number, { endedAt: 12_000 });
  const brief = log.rise(namedAlarm('another'), 12_500);
  log.update(brief, { endedAt: 12_600 });
  // A machine that does not know what time it is does not make one up.
  expect(feed.take(log, 13_000, undefined).map(({ id, event, timestamp }) => [id, event, timestamp])).toEqual(
    [
      ['run-1', 'cleared', null],
      ['run-2', 'raised', null],
      ['run-2', 'cleared', null],
    ],
  );
});

test('Home Assistant finds every value by itself, as one device, by topics that it takes', () => {
  const messages = discoveryMessages('Müller.1', '0.1.0');
  for (const { topic, payload } of messages) {
    expect(topic).toMatch(/^homeassistant\/sensor\/[a-zA-Z0-9_-]+\/[a-zA-Z0-9_-]+\/config$/);
    expect(JSON.parse(payload)).toMatchObject({
      state_topic: 'EVTV/Müller.1/CompleteStatus',
      availability_topic: 'EVTV/Müller.1/availability',
      device: { name: 'Müller.1' },
    });
  }
  expect(new Set(messages.map(({ topic }) => topic)).size).toBe(messages.length);
  expect(discoveryMessages('a.b', '1')[0]?.topic).not.toBe(
    discoveryMessages('a_2eb', '2')[0]?.topic.replace('x', ''),
  );
});

// home-assistant/addons#4240: from 2026.4 on Home Assistant takes the entity's name only from default_entity_id.
test('Home Assistant takes the names of entities, whatever the BMS ID', () => {
  for (const bmsId of ['pack 1', 'Müller', '.x.', '__', '北'])
    for (const { payload } of discoveryMessages(bmsId, '1'))
      expect((JSON.parse(payload) as { default_entity_id: string }).default_entity_id).toMatch(
        /^(?!.+__)sensor\.(?!_)[\da-z_]+(?<!_)$/,
      );
});

test('Home Assistant is told the same of an EVTV battery as ever', () => {
  const told = discoveryMessages('pack 1', '1.2.3').map(({ topic, payload }) => ({
    topic,
    payload: JSON.parse(payload) as unknown,
  }));
  const kept = JSON.parse(readFileSync(join(__dirname, '../../fixtures/home-assistant.json'), 'utf8')) as [];
  expect(told).toHaveLength(kept.length);
  expect(told).toEqual(expect.arrayContaining(kept));
});

test.each(['a/b', 'a+', '#', 'a b', 'a\0b', 'a\u001fb', '\ud800', 'x'.repeat(65)])(
  '%j is no BMS ID',
  (id) => {
    expect(v.safeParse(mqttSettings.bmsId.schema, id).success).toBe(false);
  },
);

test.each([
  ['mqtts://broker.example', true],
  ['mqtt://10.0.0.2:1884', true],
  ['wss://broker.example/mqtt', true],
  ['http://broker.example', false],
  ['mqtts://user:password@broker.example', false],
  ['broker.example', false],
])('%s as the address of a broker', (url, good) => {
  expect(v.safeParse(mqttSettings.mqttUrl.schema, url).success).toBe(good);
});

test('what belongs together is asked for together, and passwords are never told', () => {
  const good = { mqtt: 'sender', bmsId: 'A', mqttCert: '', mqttKey: '', devices: [] } as const;
  expect(() => checkMqtt(good)).not.toThrow();
  expect(() => checkMqtt({ ...good, bmsId: '' })).toThrow(/BMS ID/);
  expect(() => checkMqtt({ ...good, mqttKey: '/k' })).toThrow(/belong together/);
  expect(() => checkMqtt({ ...good, mqtt: 'off', bmsId: '' })).not.toThrow();
  expect(() => checkMqtt({ ...good, devices: ['a', 'b'] })).not.toThrow();
  expect(() => checkMqtt({ ...good, mqtt: 'receiver', devices: ['a', 'b'] })).toThrow(
    /^mqtt is receiver, .* but 2 devices are set up as well; take the devices out, or set mqtt to sender or off\.$/,
  );
  expect([shownSetting('mqttPassword', 'hush'), shownSetting('mqttUser', 'me')]).toEqual([
    '(hidden)',
    '"me"',
  ]);
});
