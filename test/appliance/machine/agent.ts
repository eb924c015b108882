import { createConnection, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** What a command in the guest came to. */
export interface Answer {
  readonly code: number;
  /** Standard output and standard error together. */
  readonly output: string;
}

/** The guest's end of a virtual serial port, which runs commands of bash as root, one after the other. */
export class Agent {
  private readonly waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void }[] = [];

  private constructor(private readonly socket: Socket) {
    const lines = createInterface({ input: socket });
    lines.on('error', () => undefined);
    lines.on('line', (line) => {
      const [code = '', output = ''] = line.split(' ');
      this.waiting.shift()?.resolve({ code: Number(code), output: Buffer.from(output, 'base64').toString() });
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
      this.socket.write(`${Buffer.from(command).toString('base64')}\n`);
    });
  }

  close(): void {
    this.socket.destroy();
  }
}
