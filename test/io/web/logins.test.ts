import { Logins } from '../../../src/io/web/logins';
import { Sessions } from '../../../src/io/web/sessions';
import { Served } from '../outputs/rfb/served';
import type { Refused } from '../outputs/rfb/test-viewer';

const passwords = { control: 'Sesame12', view: 'LookOnly' };
/** Of the same visitor, as a socket for both families and one for IPv4 alone write it. */
const [mapped, plain] = ['::ffff:192.168.1.9', '192.168.1.9'];

/** The page's logins beside the VNC server that has the same passwords, and so the same list of who has guessed. */
class BothWays {
  readonly served = new Served(64, 48, { passwords });
  readonly logins = new Logins({
    passwords,
    sessions: new Sessions(passwords),
    failures: this.served.server.failures,
    wall: () => this.served.now,
  });

  /** s that a visitor has to wait. */
  get wait(): number {
    return this.served.server.failures.wait(plain);
  }

  pass(seconds: number): void {
    this.served.now += seconds * 1000;
  }

  basic(password: string) {
    const authorization = `Basic ${Buffer.from(`any:${password}`).toString('base64')}`;
    return this.logins.access({ cookie: undefined, authorization, address: mapped });
  }

  /** Comes over VNC. @returns what the server says instead of letting the viewer in, or nothing */
  async vnc(password: string): Promise<string> {
    const viewer = this.served.connect({ address: plain });
    try {
      await viewer.enter({ password });
      return '';
    } catch (error) {
      return (error as Refused).message;
    } finally {
      viewer.stream.destroy();
    }
  }
}

describe('who guesses the password for control waits ever longer', () => {
  test('though the one for viewing is given to the login in between', () => {
    const both = new BothWays();
    for (const wait of [1, 2, 4, 8, 16, 32, 60, 60]) {
      expect(both.logins.login('guess', mapped)).toMatchObject({ status: 401, wait });
      both.pass(wait);
      expect(both.logins.login(passwords.view, mapped)).toMatchObject({ access: 'view' });
    }
  });

  test('though it is given to HTTP’s Basic in between', () => {
    const both = new BothWays();
    for (const wait of [1, 2, 4, 8, 16, 32, 60, 60]) {
      expect(both.basic('guess')).toBe('none');
      expect(both.wait).toBe(wait);
      both.pass(wait);
      expect(both.basic(passwords.view)).toBe('view');
    }
  });

  test('though he guesses over VNC, and shows the other to the page in between', async () => {
    const both = new BothWays();
    for (const wait of [1, 2, 4, 8]) {
      expect(await both.vnc('guess')).toBe('The password is wrong.');
      expect(both.wait).toBe(wait);
      both.pass(wait);
      expect(both.logins.login(passwords.view, mapped)).toMatchObject({ access: 'view' });
      expect(both.basic(passwords.view)).toBe('view');
    }
  });

  test('though he guesses here, and shows the other to VNC in between', async () => {
    const both = new BothWays();
    for (const wait of [1, 2, 4, 8]) {
      expect(both.logins.login('guess', mapped)).toMatchObject({ status: 401, wait });
      both.pass(wait);
      expect(await both.vnc(passwords.view)).toBe('');
    }
  });
});

test.each(['login', 'basic'] as const)('the password for control, given to %s, ends the waiting', (way) => {
  const both = new BothWays();
  for (const wait of [1, 2, 4]) {
    both.logins.login('guess', mapped);
    both.pass(wait);
  }
  if (way === 'basic') expect(both.basic(passwords.control)).toBe('control');
  else expect(both.logins.login(passwords.control, mapped)).toMatchObject({ access: 'control' });
  expect(both.logins.login('guess', mapped)).toMatchObject({ wait: 1 });
});
