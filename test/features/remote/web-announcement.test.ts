import { announceWeb, sshTunnel } from '../../../src/features/remote/web-announcement';

const connection = '192.168.1.20 50312 192.168.1.72 22';
const url = 'http://localhost:8080/open?key=abc';

test.each([
  [connection, 'pi', 'ssh -L 8080:localhost:8080 pi@192.168.1.72'],
  ['10.0.0.2 50312 10.0.0.7 2222', 'pi', 'ssh -p 2222 -L 8080:localhost:8080 pi@10.0.0.7'],
  ['fd00::2 50312 fd00::7 22', 'pi', 'ssh -L 8080:localhost:8080 pi@fd00::7'],
  [connection, '', 'ssh -L 8080:localhost:8080 192.168.1.72'],
  [undefined, 'pi', undefined],
  ['', 'pi', undefined],
  ['UNKNOWN 65535 UNKNOWN 65535', 'pi', undefined],
  ['10.0.0.2 50312 10.0.0.7 22;reboot', 'pi', undefined],
])('the way over ssh of %s as %s is %s', (from, user, command) => {
  expect(sshTunnel(from, 8080, user)).toBe(command);
});

/** What is told on a terminal, and in the log where there is none. */
function told(
  address: { local: boolean; keyed: boolean },
  over: string | undefined,
  onTerminal: boolean,
): string {
  let text = '';
  const add = (piece: string): void => void (text += piece);
  announceWeb(
    { url, port: 8080, ...address },
    { info: (line) => add(`${line}\n`) },
    { env: { SSH_CONNECTION: over }, user: 'pi', terminal: onTerminal ? add : undefined },
  );
  return text;
}

test.each([true, false])('on a terminal (%s) the address is the last that is told', (onTerminal) => {
  for (const over of [connection, undefined]) {
    const text = told({ local: true, keyed: true }, over, onTerminal);
    expect(text.trim().split('\n').at(-1)).toContain(url);
    expect(text.includes('ssh -L 8080:localhost:8080 pi@192.168.1.72')).toBe(over !== undefined);
  }
});

test('a page in the network needs no way over ssh, and one without a key is for everybody', () => {
  expect(told({ local: false, keyed: false }, connection, false)).toBe(`The web page is at ${url}\n`);
  expect(told({ local: false, keyed: false }, connection, true)).not.toContain('ssh');
});
