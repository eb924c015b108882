import {
  answers,
  isAddress,
  moduleRequest,
  parseModuleReply,
  passwordPattern,
  type ModuleReply,
  type ModuleRequest,
  type ModuleStep,
} from './module-frame';

/** What to do next. */
export type AuthenticationStep =
  /** Send the bytes and wait `patience` ms for `received`; then call `silence`. A secret stands in no log and no capture. */
  | {
      readonly is: 'send';
      readonly step: ModuleStep;
      readonly bytes: Uint8Array;
      readonly secret: boolean;
      readonly patience: number;
    }
  | { readonly is: 'done' }
  | { readonly is: 'failed'; readonly why: AuthenticationFailure };

/**
 * `refused`: the module knows the handshake, and the password is wrong; `silent`: it does not answer; `pairing`: it sends
 * back what it is told, as newer firmware does until it is paired; `no-address`, `bad-password`: nothing was sent, for the
 * address is not known, or the password is not six characters of ASCII.
 */
export type AuthenticationFailure = 'refused' | 'silent' | 'pairing' | 'no-address' | 'bad-password';

/** What is needed to get in. */
export interface AuthenticationOptions {
  /** As it is printed, such as `A4:C1:37:04:2D:BE`. */
  readonly address: string;
  /** The owner's. */
  readonly password: string;
}

/** ms that a module may take for an answer. */
const patience = 5000;
/** What the maker's app begins with, and the password of a module whose owner has set none. */
export const factoryPassword = '000000';

const accepted = 0;
const noPassword = 2;

/**
 * The handshake that some JBD modules want before they hand on anything: app key, random byte, password, a fresh random byte,
 * root password. Pure: it says what to send, and is told what came, or that nothing did. Modules differ: where one does not
 * answer the app key, or refuses it, the owner's password is sent in its place, once; such a module wants the factory
 * password after that, or nothing more. Each password is tried once: whoever holds the conversation must not begin again
 * with one that was refused.
 */
export class Authentication {
  private sent: ModuleRequest | undefined;
  private ended = false;
  /** True when the owner's password has taken the place of the app key. */
  private passwordFirst = false;
  private randoms = 0;

  constructor(private readonly options: AuthenticationOptions) {}

  /** The first step. */
  start(): AuthenticationStep {
    if (!passwordPattern.test(this.options.password)) return this.failed('bad-password');
    if (!isAddress(this.options.address)) return this.failed('no-address');
    return this.send({ step: 'app-key', key: factoryPassword });
  }

  /** A notification came; `undefined` when it has nothing to do with the step, and waiting goes on. */
  received(piece: Uint8Array): AuthenticationStep | undefined {
    const { sent } = this;
    if (sent === undefined || this.ended) return undefined;
    if (Buffer.from(piece).equals(moduleRequest(sent))) return this.failed('pairing');
    const reply = parseModuleReply(piece);
    if (reply === undefined || !answers(reply, sent.step)) return undefined;
    return this.judge(reply, sent);
  }

  /** Nothing came for as long as the step says. */
  silence(): AuthenticationStep {
    const { sent } = this;
    if (sent?.step === 'app-key' && this.canSendPasswordFirst) return this.sendPasswordFirst();
    // A module that took the owner's password for the app key may want nothing more.
    if (sent?.step === 'random' && this.passwordFirst && this.randoms === 1) return this.done();
    return this.failed('silent');
  }

  private judge(reply: ModuleReply, sent: ModuleRequest): AuthenticationStep | undefined {
    const [code] = reply.data;
    if (code === undefined) return undefined;
    if (sent.step === 'random') return this.afterRandom(code);
    if (code === noPassword) return this.done();
    if (code === accepted) return sent.step === 'root' ? this.done() : this.sendRandom();
    if (sent.step === 'app-key' && this.canSendPasswordFirst) return this.sendPasswordFirst();
    return this.failed('refused');
  }

  private afterRandom(random: number): AuthenticationStep {
    const { address } = this.options;
    if (this.randoms === 2) return this.send({ step: 'root', random, address });
    const password = this.passwordFirst ? factoryPassword : this.options.password;
    return this.send({ step: 'password', password, random, address });
  }

  private sendRandom(): AuthenticationStep {
    this.randoms++;
    return this.send({ step: 'random' });
  }

  private get canSendPasswordFirst(): boolean {
    return !this.passwordFirst && this.options.password !== factoryPassword;
  }

  private sendPasswordFirst(): AuthenticationStep {
    this.passwordFirst = true;
    return this.send({ step: 'app-key', key: this.options.password });
  }

  private send(request: ModuleRequest): AuthenticationStep {
    this.sent = request;
    const secret = request.step !== 'random';
    return { is: 'send', step: request.step, bytes: moduleRequest(request), secret, patience };
  }

  private done(): AuthenticationStep {
    this.ended = true;
    return { is: 'done' };
  }

  private failed(why: AuthenticationFailure): AuthenticationStep {
    this.ended = true;
    return { is: 'failed', why };
  }
}
