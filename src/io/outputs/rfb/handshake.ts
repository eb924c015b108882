import { randomBytes } from 'node:crypto';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { challengeLength } from '../../../protocol/vnc-authentication';
import type { FailureTable } from '../../failure-table';
import { systemTimers, type Timers } from '../../timers';
import { ProgressWriter } from './progress-writer';
import type { RemoteAccess, RfbPeer } from './rfb-peer';
import { StreamReader } from './stream-reader';
import { encrypted, type TlsContexts } from './tls-upgrade';
import type { VncPasswords } from './vnc-passwords';

/** ms that a viewer has for each step that it takes by itself. */
const stepTime = 10_000;
/** ms for the step in which somebody types a password, and may be asked about a certificate before. */
const typingTime = 60_000;
/** ms that the end of a stream waits for what was said last. */
const readingTime = 1000;

const version = 'RFB 003.008\n';
/** Security types of RFC 6143, 7.1.2, and rfbproto.rst. */
const security = { none: 1, vnc: 2, veNCrypt: 19 } as const;
/**
 * Types within VeNCrypt: encryption, and then VNC's authentication. Those with a user name beside the password are not offered:
 * gtk-vnc would take them and ask for a name that nobody has.
 */
const types = { tlsVnc: 258, x509Vnc: 261 } as const;

/** What a handshake needs of the server. */
export interface HandshakeParts {
  readonly passwords: VncPasswords;
  readonly failures: FailureTable;
  readonly tls: TlsContexts;
  /**
   * Why nobody more is let in at the moment; empty when there is room.
   *
   * @param access of the one who comes; absent while the password that he will give is not known
   */
  readonly full: (access?: RemoteAccess) => string;
  readonly timers?: Timers;
}

/** Somebody who may come in. */
export interface Admitted {
  /** What to go on with: another one, where it is encrypted. */
  readonly stream: Duplex;
  readonly access: RemoteAccess;
  /** A word or two, for the log. */
  readonly by: string;
}

/** Why somebody may not come in. */
export class Refusal extends Error {}

/**
 * Finds out what a viewer may do (RFC 6143, 7.1.1 to 7.1.3), up to what it says first of itself.
 *
 * @throws Refusal when it may do nothing, any Error when it is gone; the stream then ends by itself
 */
export async function admit(stream: Duplex, peer: RfbPeer, parts: HandshakeParts): Promise<Admitted> {
  return new Handshake(stream, peer, parts).run();
}

class Handshake {
  private reader: StreamReader;
  private writer: ProgressWriter;
  /** 3, 7 or 8. */
  private minor = 8;
  private cancel: () => void = () => undefined;
  private tooSlow = false;

  constructor(
    private stream: Duplex,
    private readonly peer: RfbPeer,
    private readonly parts: HandshakeParts,
  ) {
    this.reader = new StreamReader(stream);
    this.writer = new ProgressWriter(stream, parts.timers);
  }

  async run(): Promise<Admitted> {
    try {
      this.allow(stepTime);
      await this.versions();
      const { access, by } = await this.authenticated();
      this.allow(stepTime);
      const full = this.parts.full(access);
      if (full !== '') await this.refuseResult(full);
      // Version 3.3 and 3.7 have no result where nothing was asked for.
      if (this.minor === 8 || by !== 'none') await this.writer.write(word(0));
      // Whether others may stay: they always may, so that a phone does not throw out the office.
      await this.reader.exactly(1);
      return { stream: this.stream, access, by };
    } catch (error) {
      this.endSoon();
      throw this.tooSlow ? new Refusal('took too long') : error;
    } finally {
      this.cancel();
    }
  }

  private async versions(): Promise<void> {
    await this.writer.write(Buffer.from(version));
    const answer = /^RFB (\d{3})\.(\d{3})\n$/.exec((await this.reader.exactly(12)).toString('latin1'));
    if (answer === null) throw new Refusal('is no VNC viewer');
    const [major, minor] = [Number(answer[1]), Number(answer[2])];
    // RFC 6143, 7.1.1: what is no version is taken for 3.3; Apple's 3.889 and RealVNC's 4 and 5 know 3.8.
    if (major > 3 || (major === 3 && minor >= 8)) this.minor = 8;
    else this.minor = major === 3 && minor === 7 ? 7 : 3;
  }

  private async authenticated(): Promise<Pick<Admitted, 'access' | 'by'>> {
    const { access, address } = this.peer;
    if (access !== undefined) {
      await this.choose([security.none]);
      return { access, by: 'none' };
    }
    const { passwords, full } = this.parts;
    if (!passwords.set) await this.refuseList('There is no password, so nobody is let in.');
    const wait = this.parts.failures.wait(address);
    if (wait > 0) await this.refuseList(tryLater(wait));
    const reason = full();
    if (reason !== '') await this.refuseList(reason);
    const { stream } = this;
    // Any other stream is encrypted by whoever has brought it, or not at all.
    const offered = stream instanceof Socket ? [security.veNCrypt, security.vnc] : [security.vnc];
    const chosen = await this.choose(offered);
    if (chosen === security.veNCrypt && stream instanceof Socket) return this.veNCrypt(stream);
    return { access: await this.vnc(), by: 'VNC authentication' };
  }

  /** What the viewer chooses; it can choose nothing else. */
  private async choose(offered: readonly number[]): Promise<number> {
    if (this.minor === 3) {
      // Here the server chooses, of what that version knows.
      const only = offered.includes(security.none) ? security.none : security.vnc;
      await this.writer.write(word(only));
      return only;
    }
    await this.writer.write(Buffer.from([offered.length, ...offered]));
    const [chosen = 0] = await this.reader.exactly(1);
    if (!offered.includes(chosen)) await this.refuseResult(`Security type ${chosen} was not offered.`);
    return chosen;
  }

  private async vnc(): Promise<RemoteAccess> {
    const { failures, passwords } = this.parts;
    const { address } = this.peer;
    const challenge = randomBytes(challengeLength);
    this.allow(typingTime);
    await this.writer.write(challenge);
    const response = await this.reader.exactly(challengeLength);
    this.allow(stepTime);
    // Many may try at the same time: of who has to wait it is not even looked at.
    const wait = failures.wait(address);
    if (wait > 0) return this.refuseResult(tryLater(wait));
    const access = passwords.access(challenge, response);
    if (access === undefined) {
      failures.failed(address);
      return this.refuseResult('The password is wrong.');
    }
    // Who may only look must not be able to guess the other password by being right in between.
    if (access === 'control') failures.succeeded(address);
    return access;
  }

  /** rfbproto.rst, VeNCrypt: which of its own types, encryption, and then the password. */
  private async veNCrypt(socket: Socket): Promise<Pick<Admitted, 'access' | 'by'>> {
    await this.writer.write(Buffer.from([0, 2]));
    const [major = 0, minor = 0] = await this.reader.exactly(2);
    if (major !== 0 || minor !== 2) {
      await this.writer.write(Buffer.from([255]));
      throw new Refusal(`wants VeNCrypt ${major}.${minor}`);
    }
    const { tls } = this.parts;
    // gtk-vnc takes a certificate wherever there is one, and then gives up because nobody vouches for it.
    const offered: readonly number[] = tls.showsCertificate ? [types.x509Vnc, types.tlsVnc] : [types.tlsVnc];
    await this.writer.write(Buffer.concat([Buffer.from([0, offered.length]), ...offered.map(word)]));
    const chosen = (await this.reader.exactly(4)).readUInt32BE();
    if (!offered.includes(chosen)) {
      await this.writer.write(Buffer.from([0]));
      throw new Refusal(`wants VeNCrypt's type ${chosen}, which was not offered`);
    }
    const certified = chosen === types.x509Vnc;
    const context = certified ? await tls.certified() : tls.anonymous();
    // What came too early would be taken for encrypted.
    if (this.reader.ahead) throw new Refusal('does not wait for its turn');
    this.allow(stepTime);
    await this.writer.write(Buffer.from([1]));
    this.stream = await encrypted(socket, context);
    this.reader = new StreamReader(this.stream);
    this.writer = new ProgressWriter(this.stream, this.parts.timers);
    this.allow(stepTime);
    return { access: await this.vnc(), by: certified ? 'TLS with a certificate' : 'TLS' };
  }

  /** In place of the list of security types. */
  private async refuseList(reason: string): Promise<never> {
    const none = this.minor === 3 ? word(0) : Buffer.from([0]);
    await this.writer.write(Buffer.concat([none, text(reason)]));
    throw new Refusal(reason);
  }

  /** As the result; only version 3.8 has a place for the reason. */
  private async refuseResult(reason: string): Promise<never> {
    await this.writer.write(this.minor === 8 ? Buffer.concat([word(1), text(reason)]) : word(1));
    throw new Refusal(reason);
  }

  /** Lets the viewer read why, if it does so at once. */
  private endSoon(): void {
    const { stream } = this;
    if (!stream.destroyed) stream.end();
    const cancel = (this.parts.timers ?? systemTimers).after(readingTime, () => stream.destroy());
    stream.once('close', cancel);
  }

  /** Gives the viewer so many ms from now on; then its stream ends. */
  private allow(time: number): void {
    this.cancel();
    this.cancel = (this.parts.timers ?? systemTimers).after(time, () => {
      this.tooSlow = true;
      this.stream.destroy();
    });
  }
}

function tryLater(seconds: number): string {
  return `Wrong passwords came from your address: try again in ${seconds} s.`;
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function text(reason: string): Buffer {
  const bytes = Buffer.from(reason);
  return Buffer.concat([word(bytes.length), bytes]);
}
