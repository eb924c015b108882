import { openSerialPort } from '../../src/io/serial-port';

/** A line that nobody reads: closing waits for what was not sent, unless it is thrown away first. */
const line = { waiting: false, done: [] as string[] };

jest.mock('@serialport/bindings-cpp', () => ({
  LinuxBinding: {
    open: () =>
      Promise.resolve({
        fd: null,
        poller: { once: () => undefined },
        flush: () => {
          line.waiting = false;
          line.done.push('flush');
          return Promise.resolve();
        },
        close: () => {
          if (line.waiting) return new Promise(() => undefined);
          line.done.push('close');
          return Promise.resolve();
        },
      }),
  },
}));

test.each([true, false])(
  'a line that takes nothing does not hold the end of the program (discard %s)',
  async (discard) => {
    line.waiting = true;
    line.done = [];
    const port = await openSerialPort('/dev/ptmx', { bytes: () => undefined, gone: () => undefined });
    await port.close(discard);
    expect(line.done).toEqual(['flush', 'close']);
  },
);
