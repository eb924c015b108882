import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { encodeLine, LineReader, type ProtocolLine } from '../../../src/protocol/controller-lines';
import { firstValues } from '../../../src/simulation/simulated-controller';
import { until } from '../../until';
import { ListeningController } from './controller-bench';

const there = new ListeningController();
const displays: Display[] = [];
beforeEach(() => there.open());
afterEach(async () => {
  for (const { socket } of displays.splice(0)) socket.destroy();
  await there.close();
});

/** A display that says what it likes. */
class Display {
  readonly heard: ProtocolLine[] = [];
  ended = false;
  readonly socket: Socket = connect(there.port, '127.0.0.1');
  private readonly reader = new LineReader();

  constructor() {
    displays.push(this);
    this.socket.on('error', () => undefined);
    this.socket.on('data', (bytes: Buffer) => this.heard.push(...this.reader.push(bytes)));
    this.socket.on('close', () => (this.ended = true));
  }

  async says(word: string, text: string): Promise<ProtocolLine | undefined> {
    const before = this.heard.length;
    this.socket.write(encodeLine({ word, text }));
    await until('an answer, or the end', () => this.heard.length > before || this.ended);
    return this.heard.at(-1);
  }
}

test('one display is served at a time; another is told that it is busy, and served when the first is gone', async () => {
  const [first, second] = [new Display(), new Display()];
  expect(await first.says('SAVE', '1')).toEqual({ word: 'HELLO', text: 'Simulated' });
  expect(await second.says('SAVE', '1')).toMatchObject({ word: 'BUSY' });
  first.socket.destroy();
  await once(first.socket, 'close');
  let third: ProtocolLine | undefined;
  for (let i = 0; i < 50 && third?.word !== 'HELLO'; i++) third = await new Display().says('SAVE', '1');
  expect(third?.word).toBe('HELLO');
});

test('a damaged line ends the conversation, and nothing of it is kept', async () => {
  const display = new Display();
  await display.says('SAVE', '1');
  await display.says('HIVOLT', '4.0');
  display.socket.write('LOVOLT=3.0*00000000\r\nCOMMIT=2*00000000\r\n');
  await until('the conversation is ended', () => display.ended);
  expect(display.heard.at(-1)?.word).toBe('FAIL');
  expect(there.controller.values).toEqual(firstValues);
});

test('a display that breaks off before COMMIT has changed nothing', async () => {
  const display = new Display();
  await display.says('SAVE', '1');
  expect(await display.says('HIVOLT', '4.0')).toEqual({ word: 'ACK', text: 'HIVOLT' });
  display.socket.destroy();
  await once(display.socket, 'close');
  expect(there.controller.values).toEqual(firstValues);
});

test('a line comes byte by byte, and a megabyte without an end is cut off', async () => {
  const display = new Display();
  for (const byte of encodeLine({ word: 'SAVE', text: '1' })) display.socket.write(Buffer.from([byte]));
  await until('an answer', () => display.heard.length > 0);
  expect(display.heard[0]?.word).toBe('HELLO');
  display.socket.write(Buffer.alloc(1 << 20, 'A'));
  await until('the conversation is ended', () => display.ended);
  expect(there.controller.values).toEqual(firstValues);
});

test('many who connect and say nothing don’t keep the next one out for long', async () => {
  const idle = Array.from({ length: 20 }, () => new Display());
  await until('most of them are sent away', () => idle.filter(({ ended }) => ended).length >= 16);
  for (const { socket } of idle) socket.destroy();
  let answer: ProtocolLine | undefined;
  for (let i = 0; i < 50 && answer?.word !== 'HELLO'; i++) answer = await new Display().says('SAVE', '1');
  expect(answer?.word).toBe('HELLO');
});
