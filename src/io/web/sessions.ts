import { createHash, randomBytes } from 'node:crypto';
import type { Access, Passwords } from './passwords';

/** One login, as it is kept: nothing in it opens anything. */
export interface KeptSession {
  /** What it was given for; what it opens is told by `digest` alone. */
  readonly access: 'view' | 'control';
  /** SHA-256 of the token together with the password that it was given for, in hexadecimal digits. */
  readonly digest: string;
  /** ms since 1970. */
  readonly expires: number;
}

/** Logins of each kind at the same time; the oldest of its kind goes first. */
const mostOfOneKind = 32;
/** ms that a login lasts. */
const lasts = 30 * 24 * 3_600_000;

/**
 * Who has logged in. A token is random and known to the browser alone; what is kept of it can't be turned back, and fits no more
 * when the password is another. Times are the wall clock's, for logins outlast packdial; a clock that jumps forward by
 * a month ends them. However many log in to look, nobody who may touch is thrown out by them.
 */
export class Sessions {
  /** Oldest first. */
  private kept: KeptSession[];

  /**
   * @param passwords one password for each access
   * @param kept logins of before, oldest first
   * @param changed told what to keep
   */
  constructor(
    private readonly passwords: Passwords,
    kept: readonly KeptSession[] = [],
    private readonly changed: (kept: readonly KeptSession[]) => void = () => undefined,
  ) {
    this.kept = withinLimits(kept);
  }

  /** s that a login lasts, for the cookie. */
  static readonly seconds = lasts / 1000;

  /** Makes a login. @returns its token: 43 characters of base64url */
  open(access: 'view' | 'control', now: number): string {
    const token = randomBytes(32).toString('base64url');
    const expires = now + lasts;
    const digest = digestOf(token, this.passwords[access]);
    this.replace(withinLimits([...this.kept, { access, digest, expires }]));
    return token;
  }

  /** What a token opens. */
  access(token: string | undefined, now: number): Access {
    if (token === undefined || !/^[\w-]{43}$/.test(token)) return 'none';
    for (const access of ['control', 'view'] as const) {
      if (this.passwords[access] === '') continue;
      const digest = digestOf(token, this.passwords[access]);
      if (this.kept.some((session) => session.digest === digest && now < session.expires)) return access;
    }
    return 'none';
  }

  /** Ends a login. */
  close(token: string | undefined): void {
    if (token === undefined) return;
    const digests = [digestOf(token, this.passwords.control), digestOf(token, this.passwords.view)];
    const left = this.kept.filter(({ digest }) => !digests.includes(digest));
    if (left.length < this.kept.length) this.replace(left);
  }

  private replace(kept: KeptSession[]): void {
    this.kept = kept;
    this.changed(kept);
  }
}

/** The latest of each kind, in the order in which they are. */
function withinLimits(kept: readonly KeptSession[]): KeptSession[] {
  const room = { view: mostOfOneKind, control: mostOfOneKind };
  return kept
    .toReversed()
    .filter(({ access }) => room[access]-- > 0)
    .toReversed();
}

function digestOf(token: string, password: string): string {
  return createHash('sha256').update(`${token}\0${password}`).digest('hex');
}
