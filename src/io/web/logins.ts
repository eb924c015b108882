import type { FailureTable } from '../failure-table';
import { accessWith, openAccess, sameText, type Access, type Passwords } from './passwords';
import { Sessions } from './sessions';

/** Who asks, by what the request tells. */
export interface Asker {
  /** The Cookie header. */
  readonly cookie: string | undefined;
  /** The Authorization header. */
  readonly authorization?: string | undefined;
  readonly address: string;
}

/** A cookie that logs in, or why there is none. */
export type LoginAnswer =
  | { readonly access: 'view' | 'control'; readonly cookie: string }
  | {
      readonly status: 401 | 429;
      readonly problem: string;
      /** s until the next try. */
      readonly wait: number;
    };

/** Who may do what: logins by password, by the key of the demonstration, and by HTTP's Basic for programs. */
export class Logins {
  constructor(
    private readonly parts: {
      readonly passwords: Passwords;
      readonly sessions: Sessions;
      readonly key?: string;
      readonly failures: FailureTable;
      readonly wall: () => number;
    },
  ) {}

  /** What somebody may do. */
  access(asker: Asker): Access {
    const { passwords, sessions, wall } = this.parts;
    const session = sessions.access(tokenIn(asker.cookie), wall());
    if (session === 'control') return session;
    const basic = this.basic(asker);
    if (basic === 'control') return basic;
    return session === 'view' || basic === 'view' ? 'view' : openAccess(passwords);
  }

  /** What the page has to know: what is allowed, whether there is a password that would allow more. */
  state(asker: Asker): {
    readonly access: Access;
    readonly loggedIn: boolean;
    readonly canLogIn: boolean;
    readonly hasKey: boolean;
  } {
    const { passwords, sessions, key, wall } = this.parts;
    const loggedIn = sessions.access(tokenIn(asker.cookie), wall()) !== 'none';
    return {
      access: this.access(asker),
      loggedIn,
      canLogIn: passwords.control !== '' || passwords.view !== '',
      hasKey: key !== undefined,
    };
  }

  /** Checks a password, unless the address has to wait: then the password is not even looked at. */
  login(password: string, address: string): LoginAnswer {
    const { passwords, sessions, failures, wall } = this.parts;
    const wait = failures.wait(address);
    if (wait > 0) {
      return { status: 429, problem: `Too many tries; wait ${wait} s.`, wait };
    }
    const access = accessWith(password, passwords);
    if (access === 'none') {
      failures.failed(address);
      return { status: 401, problem: 'That is not the password.', wait: failures.wait(address) };
    }
    failures.succeeded(address);
    return { access, cookie: cookieFor(sessions.open(access, wall())) };
  }

  /** The cookie for who has the key. */
  openWithKey(key: string, address: string): string | undefined {
    const { key: own, sessions, failures, wall } = this.parts;
    if (own === undefined || failures.wait(address) > 0) return undefined;
    if (!sameText(key, own)) {
      failures.failed(address);
      return undefined;
    }
    return cookieFor(sessions.open('control', wall()));
  }

  /** Ends the login. @returns the cookie that takes it away */
  logout({ cookie }: Asker): string {
    this.parts.sessions.close(tokenIn(cookie));
    return `${cookieName}=; ${attributes}; Max-Age=0`;
  }

  private basic({ authorization, address }: Asker): Access {
    const match = /^Basic ([A-Za-z0-9+/]{1,400}={0,2})$/i.exec(authorization ?? '');
    if (match === null) return 'none';
    const { failures } = this.parts;
    if (failures.wait(address) > 0) return 'none';
    const pair = Buffer.from(match[1] ?? '', 'base64').toString();
    const access = accessWith(pair.slice(pair.indexOf(':') + 1), this.parts.passwords);
    if (access === 'none') failures.failed(address);
    else failures.succeeded(address);
    return access;
  }
}

const cookieName = 'packdial';
/** A page of somebody else's can neither read it nor have it sent along. */
const attributes = 'Path=/; HttpOnly; SameSite=Strict';

function cookieFor(token: string): string {
  return `${cookieName}=${token}; ${attributes}; Max-Age=${Sessions.seconds}`;
}

function tokenIn(cookie: string | undefined): string | undefined {
  return /(?:^|;\s*)packdial=([\w-]{43})(?:;|$)/.exec(cookie ?? '')?.[1];
}
