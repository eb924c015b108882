import { longestSave } from '../../../src/io/controller/longest-save';
import { ConfigRelay } from '../../../src/io/mqtt/config-relay';
import { MqttControllerLink } from '../../../src/io/mqtt/mqtt-controller-link';
import { Outbox } from '../../../src/io/mqtt/outbox';
import type {
  ControllerLink,
  ControllerPresence,
  ItemResult,
  ItemResults,
} from '../../../src/model/controller/controller-link';
import type { ControllerItemName, ControllerValues } from '../../../src/model/controller/items';
import { announcedMessage } from '../../../src/protocol/mqtt/config-message';
import { batteryTopics } from '../../../src/protocol/mqtt/topics';
import { saveReasonText } from '../../../src/words/en';
import { FakeTimers } from '../fake-timers';

const topics = batteryTopics('MorganOak');
const held: ControllerValues = { HIVOLT: 4.2, LOVOLT: 3.2, SSID: 'barn', WIFIPASS: 'secret of the barn' };

/** A controller at the sender's, and a receiver that configures it, with a broker between them that is a function call. */
function farAway(answers: (name: ControllerItemName) => ItemResult, { heard = true, lossy = false } = {}) {
  const timers = new FakeTimers();
  const clock = { monotonic: () => timers.now() };
  const saved: { changes: ControllerValues; by: string | undefined }[] = [];
  const presence: ControllerPresence = heard
    ? { state: 'heard', announced: { values: held, address: '192.168.1.20:6501', heardAt: 0 } }
    : { state: 'never' };
  const controller: ControllerLink = {
    presence,
    warning: undefined,
    saving: { state: 'idle' },
    save: (changes, by) => {
      saved.push({ changes, by });
      const names = Object.keys(changes) as ControllerItemName[];
      return Promise.resolve(new Map(names.map((name) => [name, answers(name)])));
    },
    confirm: () => undefined,
    acknowledge: () => undefined,
  };
  const published: string[] = [];
  const said: string[] = [];
  const outbox = new Outbox('/proc/nowhere/outbox');
  const link: MqttControllerLink = new MqttControllerLink({
    topics,
    clock,
    timers,
    outbox,
    connected: () => true,
    drain: () => {
      const message = outbox.first!;
      published.push(message.payload);
      // QoS 1: it may arrive twice.
      for (let i = 0; i < 2; i++) if (!lossy) void relay.take(Buffer.from(message.payload));
    },
    changed: () => undefined,
  });
  const relay = new ConfigRelay({
    controller: () => controller,
    reply: (payload) => {
      published.push(payload);
      link.replied(Buffer.from(payload));
    },
    words: saveReasonText,
    say: (text) => said.push(text),
  });
  if (heard && presence.state === 'heard')
    link.heard(JSON.parse(JSON.stringify(announcedMessage(presence.announced, 0))) as unknown);
  return { link, relay, saved, published, said, timers, outbox };
}

const states = (results: ItemResults): Record<string, string> =>
  Object.fromEntries([...results].map(([name, { state }]) => [name, state]));

test('S0.118: a SAVE on a receiver reaches the controller once, and its answer comes back item by item', async () => {
  const far = farAway((name) =>
    name === 'LOVOLT'
      ? { state: 'refused', reason: { code: 'said', values: { words: 'not now' } } }
      : { state: 'acknowledged' },
  );
  const results = await far.link.save({ HIVOLT: 4.1, LOVOLT: 3.1 });
  expect([...results]).toEqual([
    ['HIVOLT', { state: 'acknowledged' }],
    ['LOVOLT', { state: 'refused', reason: { code: 'said', values: { words: 'not now' } } }],
  ]);
  expect(far.saved).toEqual([{ changes: { HIVOLT: 4.1, LOVOLT: 3.1 }, by: 'relay' }]);
  expect(far.link.saving).toEqual({ state: 'finished', results });
  expect(far.link.presence).toMatchObject({ announced: { values: { HIVOLT: 4.1, LOVOLT: 3.2 } } });
  expect(far.outbox.length).toBe(0);
  far.link.acknowledge();
  expect(far.link.saving.state).toBe('idle');
});

test('a password is never published, in either direction, and the receiver says why', async () => {
  const far = farAway(() => ({ state: 'acknowledged' }));
  expect(far.link.presence).toMatchObject({ announced: { values: { SSID: 'barn' } } });
  const results = await far.link.save({ WIFIPASS: 'another secret', SSID: 'house' });
  expect(states(results)).toEqual({ WIFIPASS: 'refused', SSID: 'acknowledged' });
  expect(results.get('WIFIPASS')).toMatchObject({ reason: { code: 'secret-at-broker' } });
  // Somebody else's program tries it.
  await far.relay.take(
    Buffer.from(JSON.stringify({ schema: 1, id: 'x', changes: { WIFIPASS: 'from outside' } })),
  );
  expect(far.saved.map(({ changes }) => changes)).toEqual([{ SSID: 'house' }]);
  const all = [...far.published, ...far.said, JSON.stringify(far.link.presence)].join();
  for (const secret of ['another secret', 'from outside', 'secret of the barn'])
    expect(all).not.toContain(secret);
});

test('values that are not good do not leave', async () => {
  const far = farAway(() => ({ state: 'acknowledged' }));
  expect(states(await far.link.save({ HIVOLT: 99 }))).toEqual({ HIVOLT: 'refused' });
  expect(far.published).toEqual([]);
});

test('without an answer nothing is said to be saved, and it is not sent later', async () => {
  const far = farAway(() => ({ state: 'acknowledged' }), { lossy: true });
  const saving = far.link.save({ HIVOLT: 4.1 });
  expect(far.link.saving.state).toBe('running');
  expect(states(await far.link.save({ LOVOLT: 3.1 }))).toEqual({ LOVOLT: 'refused' });
  await far.timers.advance(79_999);
  expect(far.link.saving.state).toBe('running');
  await far.timers.advance(1);
  expect(states(await saving)).toEqual({ HIVOLT: 'no answer' });
  expect(far.outbox.length).toBe(0);
});

test('a sender whose controller is slow is waited for: three tries of 20 s with pauses of 1 and 2 s', async () => {
  expect(longestSave).toBe(63_000);
  const far = farAway(() => ({ state: 'acknowledged' }), { lossy: true });
  const saving = far.link.save({ HIVOLT: 4.1 });
  const { id } = JSON.parse(far.published[0]!) as { id: string };
  await far.timers.advance(63_000 + 10_000);
  far.link.replied(
    Buffer.from(JSON.stringify({ schema: 1, id, results: { HIVOLT: { state: 'acknowledged' } } })),
  );
  expect(states(await saving)).toEqual({ HIVOLT: 'acknowledged' });
});

test('a sender that hears no controller refuses in words; a receiver that knows of none does not ask', async () => {
  const far = farAway(() => ({ state: 'acknowledged' }), { heard: false });
  expect(states(await far.link.save({ HIVOLT: 4.1 }))).toEqual({ HIVOLT: 'refused' });
  await far.relay.take(
    Buffer.from(JSON.stringify({ schema: 1, id: 'y', changes: { HIVOLT: 4.1, NOSUCH: 1 } })),
  );
  expect(JSON.parse(far.published.at(-1)!)).toMatchObject({
    id: 'y',
    results: { HIVOLT: { state: 'refused' }, NOSUCH: { state: 'refused', reason: 'There is no such item.' } },
  });
  expect(far.saved).toEqual([]);
});

test('the controller is lost when nothing was told of it for half a minute', async () => {
  const far = farAway(() => ({ state: 'acknowledged' }));
  await far.timers.advance(29_000);
  expect(far.link.presence.state).toBe('heard');
  await far.timers.advance(2000);
  expect(far.link.presence.state).toBe('lost');
});

test.each(['{', '[]', '{"schema":1}', '{"schema":2,"id":"a","changes":{}}', `{"schema":1,"id":"a","changes":{"HIVOLT":[4]}}`, 'x'.repeat(1e6)])(
  'what is no request is counted: %#',
  async (payload) => {
    const far = farAway(() => ({ state: 'acknowledged' }));
    await far.relay.take(Buffer.from(payload));
    expect([far.relay.malformed, far.saved.length, far.published.length]).toEqual([1, 0, 0]);
    far.link.replied(Buffer.from(payload));
    far.link.heard(payload);
  },
); // prettier-ignore
