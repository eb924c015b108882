import type { DeviceContext, GattLink } from '../device-type';
import {
  Authentication,
  factoryPassword,
  type AuthenticationFailure,
  type AuthenticationStep,
} from './authentication';
import { readRequest, registers } from './frame';

/** The characteristics of a module. */
export interface ModulePair {
  readonly tells: string;
  readonly takes: string;
}

/**
 * How a module was found: `open`: the battery answers; `out-of-step`: it refused a password that it had taken before, and the next
 * link will tell; the others as an authentication fails.
 */
export type SignInResult = 'open' | 'out-of-step' | AuthenticationFailure;

/** A password that can be the passkey of a module that wants to be paired. */
const passkeyPattern = /^\d{6}$/;

/** ms in which a battery answers a request where no password is wanted; it is sent twice, for the first may only wake it. */
const plainTimes = [1000, 1000];

/**
 * Passwords that were refused, by the context that they came with: another comes with a context of its own. So a password
 * that is wrong is tried once, however often the link is opened.
 */
const refused = new WeakSet<DeviceContext>();

/**
 * Passwords that were taken, likewise. Such a one is right even if it is refused: a module that answers late answers what it was
 * asked before, and its random byte does not belong to the password that is sent then. Refused twice in a row, it was changed.
 */
const taken = new WeakSet<DeviceContext>();

/**
 * Sees to it that the battery behind a module answers: asks it, and where it does not, goes through the handshake of FF AA
 * with the owner's password, or the factory's where there is none. One that sends the request back is paired with it as the
 * passkey. Only requests to read and the handshake are sent. Never rejects.
 */
export async function signIn(
  link: GattLink,
  pair: ModulePair,
  context: DeviceContext,
  signal: AbortSignal,
): Promise<SignInResult> {
  const inbox = new Inbox();
  const stop = await link.notifications(pair.tells, (piece) => inbox.put(piece)).catch(() => undefined);
  if (stop === undefined) return 'silent';
  try {
    const plain = await askPlainly(link, pair, inbox, context, signal);
    if (plain === 'open') return plain;
    if (refused.has(context)) return 'refused';
    let result = plain === 'pairing' ? plain : await shakeHands(link, pair, inbox, context, signal);
    if (result === 'pairing') result = await pairUp(link, pair, inbox, context, signal);
    if (result === 'open') taken.add(context);
    if (result !== 'refused') return result;
    if (taken.delete(context)) return 'out-of-step';
    refused.add(context);
    return result;
  } finally {
    stop();
  }
}

async function askPlainly(
  link: GattLink,
  pair: ModulePair,
  inbox: Inbox,
  { clock }: DeviceContext,
  signal: AbortSignal,
): Promise<'open' | 'pairing' | 'silent'> {
  const request = readRequest(registers.basic);
  for (const time of plainTimes) {
    await write(link, pair, request);
    const end = clock.monotonic() + time;
    for (;;) {
      const piece = await inbox.next(end, clock, signal);
      if (piece === undefined) break;
      if (Buffer.from(piece).equals(request)) return 'pairing';
      if (piece[0] === request[0] && piece[1] === registers.basic) return 'open';
    }
  }
  return 'silent';
}

/** A module that sends back what it is told wants to be paired, and then hands on what it is told without more ado. */
async function pairUp(
  link: GattLink,
  pair: ModulePair,
  inbox: Inbox,
  context: DeviceContext,
  signal: AbortSignal,
): Promise<SignInResult> {
  const password = passwordOf(context);
  if (link.pair === undefined || !passkeyPattern.test(password)) return 'pairing';
  const result = await link.pair(Number(password));
  if (result === 'refused') return 'refused';
  // One that hung up is tried again as a lost link is.
  if (result === 'failed') return 'silent';
  return askPlainly(link, pair, inbox, context, signal);
}

function passwordOf({ values }: DeviceContext): string {
  return String(values['password'] ?? factoryPassword);
}

async function shakeHands(
  link: GattLink,
  pair: ModulePair,
  inbox: Inbox,
  context: DeviceContext,
  signal: AbortSignal,
): Promise<SignInResult> {
  const { clock } = context;
  const authentication = new Authentication({
    address: link.address,
    password: passwordOf(context),
  });
  let step = authentication.start();
  while (step.is === 'send') {
    await write(link, pair, step.bytes);
    const end = clock.monotonic() + step.patience;
    let next: AuthenticationStep | undefined;
    while (next === undefined) {
      const piece = await inbox.next(end, clock, signal);
      if (signal.aborted) return 'silent';
      next = piece === undefined ? authentication.silence() : authentication.received(piece);
    }
    step = next;
  }
  return step.is === 'failed' ? step.why : 'open';
}

async function write(link: GattLink, { takes }: ModulePair, bytes: Uint8Array): Promise<void> {
  // A link that is lost says so by being closed.
  await link.write(takes, bytes).catch(() => undefined);
}

/** Pieces that came and were not looked at yet. */
class Inbox {
  private readonly pieces: Uint8Array[] = [];
  private arrived: () => void = () => undefined;

  put(piece: Uint8Array): void {
    if (this.pieces.length < mostPieces) this.pieces.push(Uint8Array.from(piece));
    this.arrived();
  }

  /** The next; `undefined` when none has come by `end`, monotonic ms, or the signal is aborted. */
  async next(
    end: number,
    clock: DeviceContext['clock'],
    signal: AbortSignal,
  ): Promise<Uint8Array | undefined> {
    const piece = this.pieces.shift();
    if (piece !== undefined) return piece;
    const came = new AbortController();
    this.arrived = () => came.abort();
    await clock.sleep(Math.max(0, end - clock.monotonic()), AbortSignal.any([signal, came.signal]));
    return this.pieces.shift();
  }
}

/** A module that floods is read as far as this at a time. */
const mostPieces = 100;
