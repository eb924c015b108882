import { createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import type { ControllerValues } from '../../model/controller/items';
import { encodeLine, LineReader, type ProtocolLine } from '../../protocol/controller-lines';
import type { SimulatedController } from '../../simulation/simulated-controller';
import { systemTimers, type Timers } from '../timers';

/** What a simulated controller does wrong, to show what a display makes of it. */
export const controllerFaults = ['refuse', 'silent', 'drop', 'forget', 'damage', 'busy', 'full'] as const;

/** One of them. */
export type ControllerFault = (typeof controllerFaults)[number];

/** What the server needs. */
export interface ControllerServerParts {
  readonly controller: SimulatedController;
  /** Keeps values for good. Rejects when it can't. */
  readonly keep: (values: ControllerValues) => Promise<void>;
  /** Values are kept and their display knows it. */
  readonly kept: (values: ControllerValues) => void;
  readonly fault?: ControllerFault | undefined;
  readonly timers?: Timers;
}

const mostConnections = 4;
/** ms that a display may think. */
const idleLimit = 10_000;

/** A simulated controller's ear for SAVE: one display at a time, the others are told that it is busy. */
export class ControllerServer {
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private saving: Socket | undefined;

  private constructor(
    private readonly parts: ControllerServerParts,
    server: Server,
  ) {
    this.server = server;
    server.maxConnections = mostConnections;
    server.on('connection', (socket) => this.serve(socket));
    server.on('error', () => undefined);
  }

  /**
   * Listens, on another port that is free where this one is taken: announcements tell which.
   *
   * @param make what it serves, once the port is known
   */
  static async open(
    { port, host }: { readonly port: number; readonly host: string },
    make: (port: number) => ControllerServerParts,
  ): Promise<{ readonly server: ControllerServer; readonly port: number }> {
    const listening = await listen(port, host).catch(() => listen(0, host));
    const address = listening.address();
    const bound = typeof address === 'object' && address !== null ? address.port : port;
    return { server: new ControllerServer(make(bound), listening), port: bound };
  }

  /** Lets go of its port and of everybody. Resolves when it is free. */
  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => undefined);
    const { controller, fault, timers = systemTimers } = this.parts;
    const reader = new LineReader();
    const conversation = controller.conversation();
    let waiting = timers.after(idleLimit, () => socket.destroy());
    socket.once('close', () => {
      waiting();
      this.sockets.delete(socket);
      if (this.saving === socket) this.saving = undefined;
    });
    const say = (line: ProtocolLine): void => {
      const bytes = encodeLine(line);
      if (fault === 'damage' && line.word !== 'HELLO') bytes[0] = 0x58;
      if (socket.writable) socket.write(bytes);
    };
    const last = (word: string, text: string): void => {
      say({ word, text });
      socket.end();
    };
    const take = (line: ProtocolLine): void => {
      if (fault === 'silent') return;
      this.saving ??= socket;
      if (this.saving !== socket || fault === 'busy') return last('BUSY', 'Another display is saving.');
      if (fault === 'drop' && line.word !== 'SAVE') return void socket.destroy();
      if (fault === 'refuse' && line.word !== 'SAVE' && line.word !== 'COMMIT') {
        return say({ word: 'NAK', text: `${line.word} The controller is locked.` });
      }
      const reply = conversation.take(line);
      if (reply.kind === 'say') return say(reply.line);
      if (reply.kind === 'end') return last(reply.line.word, reply.line.text);
      void this.keep(reply.values).then((kept) => {
        if (!kept) return last('FAIL', "Its memory can't be written.");
        if (fault === 'forget') socket.destroy();
        else last(reply.line.word, reply.line.text);
        this.parts.kept(reply.values);
      });
    };
    socket.on('data', (bytes: Uint8Array) => {
      waiting();
      waiting = timers.after(idleLimit, () => socket.destroy());
      for (const line of reader.push(bytes)) {
        // What a display sends behind its end is of no use.
        if (socket.writable) take(line);
      }
      if (reader.problem !== undefined && socket.writable) last('FAIL', 'The line was damaged.');
    });
  }

  private async keep(values: ControllerValues): Promise<boolean> {
    if (this.parts.fault === 'full') return false;
    try {
      await this.parts.keep(values);
      this.parts.controller.become(values);
      return true;
    } catch {
      return false;
    }
  }
}

async function listen(port: number, host: string): Promise<Server> {
  const server = createServer();
  server.listen(port, host);
  await once(server, 'listening');
  return server;
}
