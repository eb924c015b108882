import { createConnection, type Socket } from 'node:net';

/** What a command in the guest came to. */
export interface Answer {
  readonly code: number;
  /** Standard output and standard error together. */
  readonly output: string;
}

/** The guest's end of a virtual serial port, which runs commands of bash as root, one after the other. */
export class Agent {
  private readonly waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void }[] = [];

  private received = Buffer.alloc(0);

  private constructor(private readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => {
      this.received = Buffer.concat([this.received, chunk]);
      for (let answer = this.takeAnswer(); answer !== undefined; answer = this.takeAnswer())
        this.waiting.shift()?.resolve(answer);
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      for (const { reject } of this.waiting.splice(0)) reject(new Error('the machine is gone'));
    });
  }

  /** Connects; the guest takes commands once its system has started. */
  static connect(path: string): Promise<Agent> {
    const socket = createConnection(path);
    return new Promise((resolve, reject) => {
      socket.once('connect', () => resolve(new Agent(socket)));
      socket.once('error', reject);
    });
  }

  /** Runs a command as soon as those before it have ended. Rejects when the machine goes away meanwhile. */
  run(command: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      // The agent in the guest undoes this with printf %b.
      this.socket.write(`${command.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}\n`);
    });
  }

  /** Takes the next answer, once all of it is there: a line with exit code and length, and the output. */
  private takeAnswer(): Answer | undefined {
    const head = this.received.indexOf('\n');
    if (head < 0) return undefined;
    const [code, length] = this.received.toString('latin1', 0, head).split(' ').map(Number);
    if (code === undefined || length === undefined || this.received.length < head + 1 + length)
      return undefined;
    const output = this.received.toString('utf8', head + 1, head + 1 + length);
    this.received = this.received.subarray(head + 1 + length);
    return { code, output };
  }

  close(): void {
    this.socket.destroy();
  }
}
