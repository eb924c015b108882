import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { once } from 'node:events';
import { gunzipSync } from 'node:zlib';

/** Takes line protocol as InfluxDB does, and keeps the lines of each write that it has said yes to. */
export class LineServer {
  /** By series and time, as a store keeps them. */
  readonly kept = new Map<string, string>();
  readonly requests: { readonly url: string; readonly authorization: string | undefined }[] = [];
  /** Says no instead. */
  answer: ((text: string) => { readonly status: number; readonly body: string } | undefined) | undefined;
  /** Takes it, and lets nobody know. */
  silent = false;

  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {
    server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
  }

  static async start(): Promise<LineServer> {
    const server = createServer();
    const made = new LineServer(server);
    server.on(
      'request',
      (request: IncomingMessage, response: ServerResponse) => void made.serve(request, response),
    );
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return made;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Ends all connections, and lets the other side know. */
  async dropConnections(): Promise<void> {
    await Promise.all(
      [...this.sockets].map(async (socket) => {
        const closed = once(socket, 'close');
        socket.end();
        await closed;
      }),
    );
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = gunzipSync(Buffer.concat(chunks)).toString();
    this.requests.push({ url: request.url ?? '', authorization: request.headers.authorization });
    const answer = this.answer?.(text);
    if (answer === undefined)
      for (const line of text.split('\n').filter((each) => each !== '')) {
        const fields = line.lastIndexOf(' ');
        const series = line.slice(0, line.slice(0, fields).lastIndexOf(' '));
        this.kept.set(`${series} ${line.slice(fields + 1)}`, line);
      }
    if (this.silent) return;
    response.writeHead(answer?.status ?? 204);
    response.end(answer?.body ?? '');
  }
}
