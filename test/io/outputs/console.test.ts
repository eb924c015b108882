import { takeOverConsole } from '../../../src/io/outputs/console';
import type { ConsoleSystem } from '../../../src/io/outputs/console-system';

const KDSETMODE = 0x4b3a;
const KDGETMODE = 0x4b3b;
const KDGKBMODE = 0x4b44;
const KDSKBMODE = 0x4b45;
const VT_SETMODE = 0x5602;
const VT_GETSTATE = 0x5603;
const VT_RELDISP = 0x5605;
const VT_ACTIVATE = 0x5606;
const TIOCGDEV = 0x80045432;
const FBIOBLANK = 0x4611;

/** A system of which the calls named in `failing` (such as `open /dev/tty` or `ioctl 4b3a 1`) fail with EPERM. */
function fakeSystem(failing: string[] = [], isDevice = true, shown = 1) {
  const calls: string[] = [];
  const turns: boolean[] = [];
  const kernel = { shown, isSwitching: false, mode: '', signalled: undefined as (() => void) | undefined };
  const paths: string[] = [];
  const call = (text: string) => {
    calls.push(text);
    if (failing.includes(text)) throw Object.assign(new Error('not allowed'), { code: 'EPERM' });
  };
  const system: ConsoleSystem = {
    isDevice: () => isDevice,
    open: (path) => {
      call(`open ${path}`);
      return paths.push(path) - 1;
    },
    close: (fd) => call(`close ${paths[fd]}`),
    write: (fd, text) => call(`write ${paths[fd]} ${JSON.stringify(text)}`),
    ioctl: () => ({
      withBuffer: (fd, request, data) => {
        call(`ioctl ${paths[fd]} ${request.toString(16)}`);
        if (request === VT_GETSTATE) data.writeUInt16LE(kernel.shown);
        if (request === VT_SETMODE) kernel.mode = data.toString('hex');
        if (request === TIOCGDEV) data.writeUInt32LE(4 * 256 + 7);
        if (request === KDGKBMODE) data.writeUInt32LE(3);
        return 0;
      },
      withNumber: (fd, request, value) => {
        call(`ioctl ${paths[fd]} ${request.toString(16)} ${value}`);
        if (request === VT_RELDISP && !kernel.isSwitching)
          throw Object.assign(new Error('nobody waits'), { code: 'EINVAL' });
        kernel.isSwitching = false;
        return 0;
      },
    }),
    blankInterval: () => 600,
    switchSignal: 12,
    onSwitch: (callback) => {
      kernel.signalled = callback;
      return () => (kernel.signalled = undefined);
    },
  };
  const warnings: string[] = [];
  const take = (ownTerminal = false) =>
    takeOverConsole({
      framebuffer: '/dev/fb0',
      warn: (text) => warnings.push(text),
      ownTerminal,
      turned: (isShown) => turns.push(isShown),
      system,
    });
  /** Another terminal is wanted, or ours again; the kernel then waits, or has switched already. */
  const showOther = () => {
    kernel.isSwitching = true;
    kernel.signalled?.();
    kernel.shown = 2;
  };
  const showOurs = () => {
    kernel.shown = 7;
    kernel.signalled?.();
  };
  return { calls, warnings, turns, kernel, take, showOther, showOurs };
}

/** asm-generic/ioctls.h */
const TCFLSH = 0x540b;

const hex = (request: number) => request.toString(16);

test('takes the terminal that the process runs on, and gives it back once', () => {
  const { calls, warnings, take } = fakeSystem();
  const console = take();
  expect(calls.splice(0)).toEqual([
    'open /dev/tty',
    `ioctl /dev/tty ${hex(KDGETMODE)}`,
    `ioctl /dev/tty ${hex(KDSETMODE)} 1`,
    'write /dev/tty "\\u001b[?25l\\u001b[9;0]"',
    'open /dev/fb0',
    `ioctl /dev/fb0 ${hex(FBIOBLANK)} 0`,
    'close /dev/fb0',
    `ioctl /dev/tty ${hex(VT_SETMODE)}`,
  ]);
  console.close();
  console.close();
  expect(calls).toEqual([
    `ioctl /dev/tty ${hex(VT_SETMODE)}`,
    `ioctl /dev/tty ${hex(KDSETMODE)} 0`,
    'write /dev/tty "\\u001b[?25h\\u001b[9;10]"',
    `ioctl /dev/tty ${hex(TCFLSH)} 0`,
    'close /dev/tty',
  ]);
  expect(warnings).toEqual([]);
});

test.each([[`ioctl /dev/tty ${hex(KDGETMODE)}`], ['open /dev/tty']])(
  'takes the terminal in the foreground when its own is none (%s fails)',
  (failing) => {
    const { calls, take } = fakeSystem([failing]);
    take();
    expect(calls).toContain(`ioctl /dev/tty0 ${hex(KDSETMODE)} 1`);
    expect(calls.filter((text) => text === 'close /dev/tty')).toHaveLength(
      failing.startsWith('open') ? 0 : 1,
    );
  },
);

test('warns and leaves the console alone when there is none', () => {
  const { calls, warnings, take } = fakeSystem(['open /dev/tty', 'open /dev/tty0']);
  take().close();
  expect(calls).toEqual(['open /dev/tty', 'open /dev/tty0']);
  expect(warnings).toEqual([
    "The console can't be taken over (/dev/tty0: this user may not): its text may show through; run as root or on a console.",
  ]);
});

test('without permission for graphics mode it still hides the cursor, and clears the picture at the end', () => {
  const { calls, warnings, take } = fakeSystem([`ioctl /dev/tty ${hex(KDSETMODE)} 1`]);
  const console = take();
  expect(calls).toContain('write /dev/tty "\\u001b[?25l\\u001b[9;0]"');
  console.close();
  expect(calls).toContain('write /dev/tty "\\u001b[?25h\\u001b[9;10]\\u001b[2J\\u001b[H"');
  expect(warnings).toHaveLength(1);
});

test('what fails on the way back does not keep the rest from being done', () => {
  const { calls, take } = fakeSystem([
    `ioctl /dev/tty ${hex(KDSETMODE)} 0`,
    'write /dev/tty "\\u001b[?25h\\u001b[9;10]"',
    'close /dev/tty',
    'open /dev/fb0',
  ]);
  take().close();
  expect(calls.at(-1)).toBe('close /dev/tty');
});

test('a regular file as framebuffer leaves the console alone', () => {
  const { calls, take } = fakeSystem([], false);
  take().close();
  expect(calls).toEqual([]);
});

test.each([
  [
    'brings its own terminal to the foreground, keeps keys from it, and shows the one before at the end',
    2,
    2,
  ],
  ['shows the first terminal at the end when its own was left in the foreground by a crash', 7, 1],
])('%s', (_what, shown, afterwards) => {
  const { calls, warnings, take } = fakeSystem([], true, shown);
  const console = take(true);
  expect(calls).toContain(`ioctl /dev/tty ${hex(KDSKBMODE)} 4`);
  expect(calls.includes(`ioctl /dev/tty ${hex(VT_ACTIVATE)} 7`)).toBe(shown !== 7);
  calls.length = 0;
  console.close();
  // In graphics mode the kernel switches to no other terminal.
  expect(calls).toEqual([
    `ioctl /dev/tty ${hex(VT_SETMODE)}`,
    `ioctl /dev/tty ${hex(KDSETMODE)} 0`,
    'write /dev/tty "\\u001b[?25h\\u001b[9;10]"',
    `ioctl /dev/tty ${hex(TCFLSH)} 0`,
    `ioctl /dev/tty ${hex(KDSKBMODE)} 3`,
    `ioctl /dev/tty ${hex(VT_ACTIVATE)} ${afterwards}`,
    'close /dev/tty',
  ]);
  expect(warnings).toEqual([]);
});

test('says when its terminal can not be shown', () => {
  const { warnings, take } = fakeSystem([`ioctl /dev/tty ${hex(VT_ACTIVATE)} 7`]);
  take(true).close();
  expect(warnings).toEqual([
    "The virtual terminal can't be brought to the foreground (this user may not): text may show through.",
  ]);
});

test('lights the screen again when it is asked to, and never throws', () => {
  const { calls, take } = fakeSystem([`ioctl /dev/fb0 ${hex(FBIOBLANK)} 0`]);
  const console = take();
  calls.length = 0;
  console.light();
  expect(calls).toEqual(['open /dev/fb0', `ioctl /dev/fb0 ${hex(FBIOBLANK)} 0`, 'close /dev/fb0']);
});

test('another terminal is let onto the screen at once, and the picture comes back with its light', () => {
  const { calls, turns, kernel, take, showOther, showOurs } = fakeSystem([], true, 7);
  const console = take(true);
  // VT_PROCESS, and the same signal for both ways.
  expect(kernel.mode).toBe('01000c000c000000');
  calls.length = 0;
  showOther();
  expect([calls.splice(0), turns.splice(0), console.isShown]).toEqual([
    [`ioctl /dev/tty ${hex(VT_RELDISP)} 1`],
    [false],
    false,
  ]);
  showOurs();
  expect(calls).toContain(`ioctl /dev/fb0 ${hex(FBIOBLANK)} 0`);
  expect([turns, console.isShown]).toEqual([[true], true]);
});

test('a signal that is doubled or anybody else’s changes nothing', () => {
  const { turns, kernel, take, showOther, showOurs } = fakeSystem([], true, 7);
  take(true);
  kernel.signalled?.();
  expect(turns).toEqual([]);
  showOther();
  kernel.signalled?.();
  expect(turns).toEqual([false]);
  // Back and away again before the first signal was noticed: the kernel waits for an answer to the second.
  showOther();
  kernel.signalled?.();
  showOurs();
  kernel.signalled?.();
  expect(turns).toEqual([false, true]);
});

test('who looks at another terminal stays there when the display ends, and switching is the kernel’s again', () => {
  const { calls, kernel, take, showOther } = fakeSystem([], true, 7);
  const console = take(true);
  showOther();
  calls.length = 0;
  console.close();
  expect(calls).toContain(`ioctl /dev/tty ${hex(KDSETMODE)} 0`);
  expect(calls.filter((text) => text.includes(hex(VT_ACTIVATE)))).toEqual([]);
  expect([kernel.mode, kernel.signalled]).toEqual(['0000000000000000', undefined]);
  console.switchTo(2);
  expect(calls.at(-1)).toBe('close /dev/tty');
});

test('Ctrl-Alt-F3 is carried out on a terminal of its own, where the kernel gets no keys', () => {
  for (const ownTerminal of [true, false]) {
    const { calls, take } = fakeSystem([], true, 7);
    take(ownTerminal).switchTo(3);
    expect(calls.includes(`ioctl /dev/tty ${hex(VT_ACTIVATE)} 3`)).toBe(ownTerminal);
  }
});

test('where switching is not allowed, the picture is taken over all the same', () => {
  const { kernel, warnings, take } = fakeSystem([`ioctl /dev/tty ${hex(VT_SETMODE)}`]);
  const console = take();
  expect([console.isShown, kernel.signalled, warnings]).toEqual([true, undefined, []]);
  console.close();
});
