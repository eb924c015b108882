import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { StreamReader } from '../../../../src/io/outputs/rfb/stream-reader';
import { vncResponse } from '../../../../src/protocol/vnc-authentication';
import { Served } from './served';

/** Types within VeNCrypt, as rfbproto.rst numbers them. */
export const veNCryptTypes = { tlsVnc: 258, x509Vnc: 261 } as const;

/** A server that is reached over TCP, without which there is no VeNCrypt. */
export class ServedOverTcp extends Served {
  private readonly doors: Server[] = [];
  private comers = 0;

  /** How many connections there are. */
  connections(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.doors[0]?.getConnections((error, count) => (error ? reject(error) : resolve(count)));
    });
  }

  /** Opens the door. Each who comes in has an address of its own, so that only the password keeps anybody waiting. */
  async open(): Promise<number> {
    return this.listen((socket) => this.server.serve(socket, { address: `10.0.0.${this.comers++}` }));
  }

  /** A second way to the door, on which the wire breaks after so many bytes to the server. */
  async wireOf(port: number, bytes: number): Promise<number> {
    return this.listen((near) => {
      const far = connect(port, '127.0.0.1');
      let left = bytes;
      if (left === 0) far.end();
      near.on('data', (chunk: Buffer) => {
        if (left > 0) far.write(chunk.subarray(0, left));
        left -= chunk.length;
        if (left <= 0) far.end();
      });
      far.on('data', (chunk: Buffer) => near.write(chunk));
      for (const end of [near, far]) {
        end.on('error', () => undefined);
        end.on('close', () => [near, far].forEach((other) => other.destroy()));
      }
    });
  }

  /** Ends everything. */
  async close(): Promise<void> {
    this.server.close();
    await Promise.all(this.doors.map((door) => new Promise((resolve) => door.close(resolve))));
  }

  private async listen(serve: (socket: Socket) => void): Promise<number> {
    const door = createServer(serve).listen(0, '127.0.0.1');
    this.doors.push(door);
    await once(door, 'listening');
    return (door.address() as AddressInfo).port;
  }
}

/** A viewer of VeNCrypt that takes one step at a time, or a wrong one. */
export class VeNCryptViewer {
  /** Resolves when the connection is over, in order or not. */
  private readonly closed: Promise<void>;
  private reader: StreamReader;
  private stream: Duplex;

  private constructor(readonly socket: Socket) {
    this.stream = socket;
    this.reader = new StreamReader(socket);
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
  }

  static async to(port: number): Promise<VeNCryptViewer> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new VeNCryptViewer(socket);
  }

  write(...bytes: readonly (number | Buffer)[]): void {
    this.stream.write(
      Buffer.concat(bytes.map((one) => (typeof one === 'number' ? Buffer.from([one]) : one))),
    );
  }

  read(count: number): Promise<Buffer> {
    return this.reader.exactly(count);
  }

  /** All that the server still says before it ends. */
  async rest(): Promise<Buffer> {
    const { socket } = this;
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    await this.closed;
    return Buffer.concat(chunks);
  }

  /** As far as the server's version of VeNCrypt. */
  async chooses(): Promise<void> {
    await this.read(12);
    this.write(Buffer.from('RFB 003.008\n'));
    const [count = 0] = await this.read(1);
    const offered = await this.read(count);
    if (!offered.includes(19)) throw new Error('VeNCrypt is not offered');
    this.write(19);
    await this.read(2);
  }

  /** As far as the list of types. */
  async types(): Promise<readonly number[]> {
    await this.chooses();
    this.write(0, 2);
    const [, count = 0] = await this.read(2);
    const list = await this.read(4 * count);
    return Array.from({ length: count }, (_, i) => list.readUInt32BE(4 * i));
  }

  /** As far as the server's word that TLS may begin. */
  async ready(type: number = veNCryptTypes.tlsVnc): Promise<void> {
    await this.types();
    this.write(word(type));
    if ((await this.read(1))[0] !== 1) throw new Error('TLS is refused');
  }

  /** All the way in. @throws an Error where the server ends before that */
  async enter(password: string, type: number = veNCryptTypes.tlsVnc): Promise<void> {
    await this.ready(type);
    const { socket } = this;
    const tls = connectTls({
      socket,
      rejectUnauthorized: false,
      ...(type === veNCryptTypes.tlsVnc && {
        ciphers: 'AECDH-AES128-SHA:@SECLEVEL=0',
        maxVersion: 'TLSv1.2',
      }),
    });
    tls.on('error', () => undefined);
    const secure = new Promise((resolve) => tls.once('secureConnect', resolve));
    await Promise.race([secure, this.closed.then(() => Promise.reject(new Error('gone')))]);
    this.stream = tls;
    this.reader = new StreamReader(tls);
    this.write(vncResponse(await this.read(16), password));
    if ((await this.read(4)).readUInt32BE() !== 0) throw new Error('the password is wrong');
    this.write(1);
    await this.read(24);
  }
}

/** Four bytes. */
export function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
