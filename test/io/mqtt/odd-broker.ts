import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A packet as it came: the kind is the first byte's upper half (MQTT 5, 2.1.2). */
export interface HeardPacket {
  readonly kind: number;
  readonly qos: number;
  readonly body: Buffer;
}

export const kinds = { connect: 1, publish: 3, subscribe: 8 } as const;

/** A broker that answers each packet as a test has it, byte for byte. */
export class OddBroker {
  readonly heard: HeardPacket[] = [];
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  /** @param answer bytes to be sent; `end` hangs up */
  static async start(answer: (packet: HeardPacket) => Uint8Array | 'end' | undefined): Promise<OddBroker> {
    const server = createServer();
    const broker = new OddBroker(server);
    server.on('connection', (socket) => {
      broker.sockets.add(socket);
      let waiting = Buffer.alloc(0);
      socket.on('error', () => undefined);
      socket.on('data', (bytes: Buffer) => {
        waiting = Buffer.concat([waiting, bytes]);
        for (;;) {
          const [packet, size] = cut(waiting);
          if (packet === undefined) return;
          waiting = waiting.subarray(size);
          broker.heard.push(packet);
          const said = answer(packet);
          if (said === 'end') socket.destroy();
          else if (said !== undefined) socket.write(said);
        }
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return broker;
  }

  get url(): string {
    return `mqtt://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    return Promise.resolve();
  }
}

/** Version of MQTT that a CONNECT asks for: 4 or 5. */
export function versionOf({ body }: HeardPacket): number {
  return body.readUInt8(6);
}

/** Whether a CONNECT has a last will. */
export function hasWill({ body }: HeardPacket): boolean {
  return (body.readUInt8(7) & 4) !== 0;
}

/** Lets a client in, of either version. @param properties of MQTT 5, with their numbers */
export function letIn(connect: HeardPacket, ...properties: readonly number[]): Uint8Array {
  return versionOf(connect) === 5
    ? Uint8Array.of(0x20, 3 + properties.length, 0, 0, properties.length, ...properties)
    : Uint8Array.of(0x20, 2, 0, 0);
}

/** Grants what was asked for, of MQTT 5. @param codes one for each topic */
export function grant({ body }: HeardPacket, ...codes: readonly number[]): Uint8Array {
  return Uint8Array.of(0x90, 3 + codes.length, body.readUInt8(0), body.readUInt8(1), 0, ...codes);
}

function cut(bytes: Buffer): [HeardPacket | undefined, number] {
  let size = 0;
  for (let i = 1; i < bytes.length && i < 5; i++) {
    const byte = bytes.readUInt8(i);
    size += (byte & 127) << (7 * (i - 1));
    if (byte >= 128) continue;
    const end = i + 1 + size;
    if (bytes.length < end) return [undefined, 0];
    const first = bytes.readUInt8(0);
    return [{ kind: first >> 4, qos: (first >> 1) & 3, body: bytes.subarray(i + 1, end) }, end];
  }
  return [undefined, 0];
}
