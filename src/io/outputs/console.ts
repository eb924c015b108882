import { attempt } from '../../base/attempt';
import { failureWords } from '../../base/failure-words';
import { linuxConsole, type ConsoleSystem } from './console-system';
import { ownTerminal as ownNumber, shownTerminal, TerminalTurns } from './terminal-turns';

/** What takeOverConsole needs. */
export interface ConsoleOptions {
  /** The framebuffer that is drawn on. For a regular file the console is left alone. */
  readonly framebuffer: string;
  /** Told in one sentence why the console could not be taken over. The picture works without. */
  readonly warn: (text: string) => void;
  /**
   * True where the process has a virtual terminal to itself (a service's `TTYPath=`): it is brought to the foreground, keys
   * are kept from it, and at the end the one that was shown before comes back.
   */
  readonly ownTerminal?: boolean;
  /** Called when another virtual terminal is shown in place of the picture (false), and when the picture may be drawn again. */
  readonly turned?: (isShown: boolean) => void;
  readonly system?: ConsoleSystem;
}

/** The text console while the picture covers it. */
export interface TakenConsole {
  /**
   * Lights the screen. To be called also when the framebuffer's driver has come back: in graphics mode the kernel does not
   * set the new one's mode, and the screen would stand still on its last picture. Never throws.
   */
  light(): void;
  /** False while another virtual terminal is shown: what is typed and touched is not meant for the picture. */
  readonly isShown: boolean;
  /**
   * Shows another virtual terminal. It does nothing unless this one is our own: elsewhere the kernel follows Ctrl-Alt-F2 itself.
   * Never throws.
   * @param terminal its number, 1 to 63
   */
  switchTo(terminal: number): void;
  /** Gives the console back, at once and only the first time. Never throws. */
  close(): void;
}

// linux/kd.h
const KDSETMODE = 0x4b3a;
const KDGETMODE = 0x4b3b;
const KD_TEXT = 0;
const KD_GRAPHICS = 1;
const KDGKBMODE = 0x4b44;
const KDSKBMODE = 0x4b45;
const K_OFF = 4;
// linux/vt.h
const VT_ACTIVATE = 0x5606;
// asm-generic/termbits.h and ioctls.h
const TCFLSH = 0x540b;
const TCIFLUSH = 0;
// linux/fb.h
const FBIOBLANK = 0x4611;
const FB_BLANK_UNBLANK = 0;

const hideCursor = '\x1b[?25l';
const showCursor = '\x1b[?25h';
const clearScreen = '\x1b[2J\x1b[H';
/** console_codes(4): the screen saver's interval. */
const blankAfter = (minutes: number) => `\x1b[9;${minutes}]`;

/**
 * Keeps the kernel from drawing text, cursor and blanking over the picture: graphics mode on the virtual terminal that
 * the process runs on, else on the one in the foreground. Without permission it warns and does what it can.
 */
export function takeOverConsole({
  framebuffer,
  warn,
  ownTerminal = false,
  turned = () => undefined,
  system = linuxConsole,
}: ConsoleOptions): TakenConsole {
  const light = (): void => void attempt(() => unblank(system, framebuffer));
  const nothing = { isShown: true, light, switchTo: () => undefined, close: () => undefined };
  if (!system.isDevice(framebuffer)) return { ...nothing, light: () => undefined };
  const terminal = openTerminal(system);
  if (typeof terminal === 'string') {
    warn(
      `The console can't be taken over (${terminal}): its text may show through; run as root or on a console.`,
    );
    return nothing;
  }
  const graphics = setGraphics(system, terminal, warn);
  const leaveForeground = ownTerminal ? comeToForeground(system, terminal, warn) : undefined;
  let interval = 0;
  attempt(() => (interval = system.blankInterval()));
  attempt(() => system.write(terminal, hideCursor + blankAfter(0)));
  light();
  let isShown = true;
  let turns: TerminalTurns | undefined;
  const turn = (shown: boolean): void => {
    isShown = shown;
    if (shown) light();
    turned(shown);
  };
  // Without, the kernel shows no other terminal as long as ours is in graphics mode.
  attempt(() => (turns = new TerminalTurns({ system, terminal, turned: turn })));

  let closed = false;
  return {
    light,
    get isShown() {
      return isShown;
    },
    switchTo: (number) => {
      if (ownTerminal && !closed) attempt(() => system.ioctl().withNumber(terminal, VT_ACTIVATE, number));
    },
    close: () => {
      if (closed) return;
      closed = true;
      turns?.close();
      attempt(() => system.ioctl().withNumber(terminal, KDSETMODE, KD_TEXT));
      // Back in text mode the kernel repaints what the console held; else only clearing removes the picture.
      const restore = showCursor + blankAfter(Math.round(interval / 60)) + (graphics ? '' : clearScreen);
      attempt(() => system.write(terminal, restore));
      // What was typed for the display went to the terminal too: no shell shall find it there and obey.
      attempt(() => system.ioctl().withNumber(terminal, TCFLSH, TCIFLUSH));
      leaveForeground?.(isShown);
      attempt(() => system.close(terminal));
    },
  };
}

/** The descriptor of a virtual terminal, or why there is none. */
function openTerminal(system: ConsoleSystem): number | string {
  let reason = 'no virtual terminal';
  for (const path of ['/dev/tty', '/dev/tty0']) {
    let fd: number | undefined;
    try {
      fd = system.open(path);
      // Only a virtual terminal has a mode: a login over the network has not.
      system.ioctl().withBuffer(fd, KDGETMODE, Buffer.alloc(8));
      return fd;
    } catch (error) {
      reason = `${path}: ${failureWords(error)}`;
      const opened = fd;
      if (opened !== undefined) attempt(() => system.close(opened));
    }
  }
  return reason;
}

function setGraphics(system: ConsoleSystem, terminal: number, warn: (text: string) => void): boolean {
  try {
    system.ioctl().withNumber(terminal, KDSETMODE, KD_GRAPHICS);
    return true;
  } catch (error) {
    warn(
      `The console stays in text mode (${failureWords(error)}): its text may show through; run as root or on a console.`,
    );
    return false;
  }
}

/**
 * Shows our own virtual terminal, and keeps what is typed from it: nobody reads it there, and Ctrl-C would end us. Returns
 * what undoes both, and is told whether ours is still shown.
 */
function comeToForeground(
  system: ConsoleSystem,
  terminal: number,
  warn: (text: string) => void,
): (isShown: boolean) => void {
  const keyboard = Buffer.alloc(4);
  let keyboardMode: number | undefined;
  attempt(() => {
    system.ioctl().withBuffer(terminal, KDGKBMODE, keyboard);
    system.ioctl().withNumber(terminal, KDSKBMODE, K_OFF);
    keyboardMode = keyboard.readUInt32LE();
  });
  // After a crash ours is still the one that is shown; the first one has a login.
  let before = 1;
  try {
    const shown = shownTerminal(system, terminal);
    const own = ownNumber(system, terminal);
    if (shown !== own) {
      before = shown;
      system.ioctl().withNumber(terminal, VT_ACTIVATE, own);
    }
  } catch (error) {
    warn(
      `The virtual terminal can't be brought to the foreground (${failureWords(error)}): text may show through.`,
    );
  }
  return (isShown) => {
    const mode = keyboardMode;
    if (mode !== undefined) attempt(() => system.ioctl().withNumber(terminal, KDSKBMODE, mode));
    // Who looks at another one stays there.
    if (isShown) attempt(() => system.ioctl().withNumber(terminal, VT_ACTIVATE, before));
  };
}

/** Lights the screen again that the console may have blanked before we came. */
function unblank(system: ConsoleSystem, framebuffer: string): void {
  const fd = system.open(framebuffer);
  try {
    system.ioctl().withNumber(fd, FBIOBLANK, FB_BLANK_UNBLANK);
  } finally {
    system.close(fd);
  }
}
