import { RetainedMessages, type RetainedMessage } from '../../../src/io/mqtt/retained-messages';

/** A file, and what a broker keeps, over several runs. */
function kept() {
  const broker = new Map<string, string>();
  const disk: { text?: string } = {};
  const store = {
    read: () => (disk.text === undefined ? Promise.reject(new Error('ENOENT')) : Promise.resolve(disk.text)),
    write: (text: string) => {
      disk.text = text;
      return Promise.resolve();
    },
  };
  let isReached = true;
  const session = {
    publish: (topic: string, payload: string, options?: { readonly retain?: boolean }) => {
      if (!isReached) return Promise.resolve(false);
      expect(options?.retain).toBe(true);
      if (payload === '') broker.delete(topic);
      else broker.set(topic, payload);
      return Promise.resolve(true);
    },
  };
  const run = async (topics: readonly string[]): Promise<string[]> => {
    const messages: RetainedMessage[] = topics.map((topic) => ({ topic, payload: `of ${topic}` }));
    await new RetainedMessages(messages, store).publish(session);
    return [...broker.keys()].sort();
  };
  return { run, broker, disk, store, session, reach: (reached: boolean) => (isReached = reached) };
}

test('what is sent no more is taken away, and nothing else', async () => {
  const { run, broker } = kept();
  broker.set('homeassistant/sensor/lamp/config', 'of somebody else');
  expect(await run(['a', 'b', 'c'])).toEqual(['a', 'b', 'c', 'homeassistant/sensor/lamp/config']);
  expect(await run(['b'])).toEqual(['b', 'homeassistant/sensor/lamp/config']);
  expect(await run([])).toEqual(['homeassistant/sensor/lamp/config']);
});

test('while the broker is away nothing is forgotten', async () => {
  const { run, reach } = kept();
  await run(['a', 'b']);
  reach(false);
  await run([]);
  reach(true);
  expect(await run([])).toEqual([]);
});

test('a power cut while they are sent forgets none', async () => {
  const { run, store, session, broker } = kept();
  const cut = { publish: () => new Promise<boolean>(() => undefined) };
  void new RetainedMessages([{ topic: 'a', payload: 'of a' }], store).publish(cut);
  await new Promise((resolve) => setImmediate(resolve));
  // It had arrived when the power went.
  await session.publish('a', 'of a', { retain: true });
  expect(await run([])).toEqual([]);
  expect(broker.size).toBe(0);
});

test.each(['', 'null', '{"a":1}', '[1,2]', '["', JSON.stringify([''])])(
  'a file that is none of ours takes nothing away: %p',
  async (text) => {
    const { run, disk, broker } = kept();
    disk.text = text;
    broker.set('a', 'of somebody else');
    expect(await run(['b'])).toEqual(['a', 'b']);
    expect(disk.text).toBe('["b"]\n');
  },
);

test('a disk that takes nothing keeps nobody from publishing', async () => {
  const { session, broker } = kept();
  const broken = {
    read: () => Promise.reject(new Error('EIO')),
    write: () => Promise.reject(new Error('EIO')),
  };
  const messages = new RetainedMessages([{ topic: 'a', payload: 'of a' }], broken);
  await messages.publish(session);
  await messages.publish(session);
  expect([...broker.keys()]).toEqual(['a']);
});
