import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** QEMU's control socket: one command at a time, each with its answer (QMP, QEMU Machine Protocol). */
export class Qmp {
  private readonly waiting: { resolve: (answer: unknown) => void; reject: (error: Error) => void }[] = [];

  private constructor(private readonly socket: Socket) {
    const lines = createInterface({ input: socket });
    // A machine that is switched off resets the connection; who waits for an answer is told by `close`.
    lines.on('error', () => undefined);
    lines.on('line', (line) => {
      const message = JSON.parse(line) as { return?: unknown; error?: { desc: string } };
      if (message.error !== undefined) this.waiting.shift()?.reject(new Error(message.error.desc));
      else if ('return' in message) this.waiting.shift()?.resolve(message.return);
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      for (const { reject } of this.waiting) reject(new Error('the machine is gone'));
    });
  }

  static async connect(path: string): Promise<Qmp> {
    const socket = createConnection(path);
    await once(socket, 'connect');
    const qmp = new Qmp(socket);
    await qmp.command('qmp_capabilities');
    return qmp;
  }

  command(execute: string, args?: Readonly<Record<string, unknown>>): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.socket.write(`${JSON.stringify({ execute, ...(args && { arguments: args }) })}\n`);
    });
  }

  close(): void {
    this.socket.destroy();
  }
}
