import * as http from 'node:http';
import * as https from 'node:https';
import type { Socket } from 'node:net';

/** An answer to a POST. */
export interface PostAnswer {
  readonly status: number;
  /** Its beginning. */
  readonly text: string;
}

/** Characters of an answer that are kept. */
const longestAnswer = 500;
/** ms without a sign of the server. */
const silence = 20_000;

/** POSTs to one server over one connection that is kept, and tells when it is another one: the server may be, too. */
export class HttpPost {
  private readonly agent;
  private socket: Socket | undefined;
  private renewed = false;

  /** @param url with its scheme, `http:` or `https:` */
  constructor(private readonly url: URL) {
    const options = { keepAlive: true, maxSockets: 1 };
    this.agent = url.protocol === 'https:' ? new https.Agent(options) : new http.Agent(options);
  }

  /** Whether the connection was made anew since this was asked last. */
  takeRenewed(): boolean {
    const { renewed } = this;
    this.renewed = false;
    return renewed;
  }

  /** Sends a body and waits for the answer. Follows no redirection. @throws the system's error (as a rejection) */
  send(body: Buffer, headers: Readonly<Record<string, string>>): Promise<PostAnswer> {
    const { request } = this.url.protocol === 'https:' ? https : http;
    return new Promise((resolve, reject) => {
      const options = {
        method: 'POST',
        agent: this.agent,
        headers: { ...headers, 'content-length': body.length },
      };
      const sent = request(this.url, options, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text = (text + chunk).slice(0, longestAnswer)));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
        response.on('error', reject);
        response.on('aborted', () => reject(Object.assign(new Error('aborted'), { code: 'ECONNRESET' })));
      });
      sent.on('socket', (socket) => {
        if (socket === this.socket) return;
        this.socket = socket;
        this.renewed = true;
      });
      sent.setTimeout(silence, () => sent.destroy(Object.assign(new Error('silent'), { code: 'ETIMEDOUT' })));
      sent.on('error', reject);
      sent.end(body);
    });
  }

  /** Ends the connection, and what is under way on it. */
  close(): void {
    this.socket = undefined;
    this.agent.destroy();
  }
}
