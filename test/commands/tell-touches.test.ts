import { tellTouches } from '../../src/commands/tell-touches';
import type { hearInputs } from '../../src/io/inputs/all-inputs';

type Sink = Parameters<typeof hearInputs>[2];

/** What the command prints of what happens on inputs, until a signal ends it. */
async function told(...happenings: readonly ((sink: Sink) => void)[]): Promise<string> {
  let printed = '';
  const code = await tellTouches(
    (_options, signal, sink) => {
      for (const happens of happenings) happens(sink);
      expect(signal.aborted).toBe(false);
      process.emit('SIGTERM');
      expect(signal.aborted).toBe(true);
      return Promise.resolve();
    },
    (line) => (printed += line),
  );
  expect(code).toBe(0);
  return printed;
}

const key =
  (name: string, action: 'down' | 'repeat' = 'down') =>
  (sink: Sink): void =>
    sink.key({ key: name, action, command: false });

const pointer =
  (type: 'press' | 'move' | 'release') =>
  (sink: Sink): void =>
    sink.pointer({ type, x: 0, y: 0 });

test('S0.8: every touch is told; a finger that is lifted and a mouse that moves are none', async () => {
  expect(await told(pointer('release'), pointer('move'))).toBe('');
  expect(await told(pointer('press'), pointer('move'), pointer('release'), pointer('press'))).toBe(
    'touch\ntouch\n',
  );
});

test('S0.8: Escape is told, and nothing that is typed at a login', async () => {
  const typed = [...Array.from('root', (letter) => key(letter)), key('Enter')];
  expect(await told(...typed, key('Escape'), key('Escape', 'repeat'))).toBe('key\n');
});
