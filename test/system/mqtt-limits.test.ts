import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../temporary-folder';
import { until } from '../until';
import { bareLink, testReceiver, testSender } from './broker-bench';
import { Mosquitto } from './mosquitto';

const folder = temporaryFolder();
const brokers: Mosquitto[] = [];
const running: { stop(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.stop()));
  await Promise.all(brokers.splice(0).map((each) => each.kill()));
});

/** The address of a broker with these lines in its configuration. */
async function broker(...lines: readonly string[]): Promise<string> {
  const made = await Mosquitto.start({ folder, lines });
  brokers.push(made);
  return `mqtt://127.0.0.1:${made.port}`;
}

function keep<T extends { stop(): Promise<void> }>(part: T): T {
  running.push(part);
  return part;
}

let outboxes = 0;
const outbox = (): { folder: string } => ({ folder: join(folder, `outbox-${++outboxes}`) });

test('a broker that knows no QoS above 0 is used without, which is said once', async () => {
  const url = await broker('max_qos 0');
  const sender = keep(testSender({ url }, 'MorganOak', outbox()));
  const receiver = keep(testReceiver({ url }, 'MorganOak'));
  await until('the battery is heard', () => receiver.battery.age(performance.now()) < 2000);
  expect(sender.statuses.filter(({ up }) => up).map(({ text }) => text)).toEqual([
    'Connected to 127.0.0.1, which acknowledges no messages: what is lost on the way is not sent again',
  ]);
  sender.sender.send('alarm', '{}');
  await until('an alarm has left', () => sender.outbox.length === 0);
  await sender.stop();
  await until('the sender has said goodbye', () => receiver.statuses.at(-1)?.note === 'no sender');
});

test('one that does neither that nor keep messages is used without both', async () => {
  const url = await broker('max_qos 0', 'retain_available false');
  const sender = keep(testSender({ url }, 'MorganOak', outbox()));
  await until('it is connected', () => sender.statuses.some(({ up }) => up));
  expect(sender.statuses.filter(({ up }) => up).map(({ text }) => text)).toEqual([
    'Connected to 127.0.0.1, which keeps no messages: whoever subscribes later waits up to a minute; ' +
      'it acknowledges no messages: what is lost on the way is not sent again',
  ]);
});

test('what is larger than a broker takes is not sent, and the connection stays', async () => {
  const url = await broker('max_packet_size 1000');
  const sender = keep(testSender({ url }, 'MorganOak', { ...outbox(), interval: 50 }));
  const receiver = keep(testReceiver({ url }, 'MorganOak'));
  await until('it is said', () => sender.statuses.at(-1)?.note === 'too large');
  expect(sender.statuses.at(-1)?.text).toMatch(
    /^Connected to 127\.0\.0\.1, which takes 1000 bytes at most: EVTV\/MorganOak\/CompleteStatus has \d{4} and is not sent; raise the broker's limit$/,
  );
  await until('and again', () => sender.sender.counters.skipped > 5);
  expect(sender.statuses.filter(({ up }) => !up).map(({ text }) => text)).toEqual([
    'Connecting to 127.0.0.1',
  ]);
  expect(receiver.statuses.at(-1)).toMatchObject({ text: 'Hearing MorganOak from 127.0.0.1' });
});

test('what a broker does not let the display publish is named', async () => {
  const acl = join(folder, 'acl');
  writeFileSync(acl, 'topic read #\ntopic write EVTV/+/CompleteStatus\n', { mode: 0o700 });
  const url = await broker(`acl_file ${acl}`);
  const sender = keep(testSender({ url }, 'MorganOak', outbox()));
  await until('it is said', () => sender.statuses.at(-1)?.note === 'refused');
  expect(sender.statuses.at(-1)).toMatchObject({
    up: true,
    text: 'Connected to 127.0.0.1, which does not allow what this display publishes as EVTV/MorganOak/availability (MQTT reason 135)',
  });
});

test('one that takes one message at a time to be acknowledged gets one at a time', async () => {
  const url = await broker('max_inflight_messages 1');
  const heard = new Set<string>();
  keep(
    bareLink(
      { url },
      {
        up: (session) => void session.subscribe(['t/+']),
        message: ({ topic }) => heard.add(topic),
      },
    ),
  );
  const taken: boolean[] = [];
  const { statuses } = keep(
    bareLink(
      { url },
      {
        up: (session) => {
          for (let i = 0; i < 50; i++)
            void session.publish(`t/${i}`, 'x', { qos: 1 }).then((done) => taken.push(done));
        },
      },
    ),
  );
  await until('all are heard', () => heard.size === 50 && taken.length === 50);
  expect(taken).not.toContain(false);
  expect(statuses.filter(({ up }) => up)).toHaveLength(1);
});
