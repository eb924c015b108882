import { attempt } from '../../base/attempt';
import type { ConsoleSystem } from './console-system';

/** What a TerminalTurns needs. */
export interface TurnOptions {
  readonly system: ConsoleSystem;
  /** Our own virtual terminal, open. */
  readonly terminal: number;
  /** Called with false when another terminal is shown from now on, and with true when ours is again. Must not throw. */
  readonly turned: (isShown: boolean) => void;
}

// linux/vt.h
const VT_GETSTATE = 0x5603;
const VT_SETMODE = 0x5602;
const VT_RELDISP = 0x5605;
const VT_AUTO = 0;
const VT_PROCESS = 1;
// asm-generic/ioctls.h: the number of the device that /dev/tty stands for.
const TIOCGDEV = 0x80045432;

/**
 * Lets other virtual terminals be shown in between. In graphics mode the kernel switches only with our consent (process mode): it
 * sends a signal and waits for an answer, and sends the signal again when ours is shown once more. Where the process is gone, it
 * takes the terminal back into text mode at the next switch.
 */
export class TerminalTurns {
  private isShown = true;
  private readonly stopListening: () => void;

  /** Throws an Error with a `code` without permission. */
  constructor(private readonly options: TurnOptions) {
    const { system, terminal } = options;
    // Listening first: a signal that nobody expects ends the process.
    this.stopListening = system.onSwitch(() => this.turn());
    try {
      system.ioctl().withBuffer(terminal, VT_SETMODE, switchMode(VT_PROCESS, system.switchSignal));
    } catch (error) {
      this.stopListening();
      throw error;
    }
  }

  /** Leaves switching to the kernel again. Never throws. */
  close(): void {
    const { system, terminal } = this.options;
    // It does that by itself when the process is gone.
    attempt(() => system.ioctl().withBuffer(terminal, VT_SETMODE, switchMode(VT_AUTO, 0)));
    this.stopListening();
  }

  /** The signal is the same for both ways, so that what is true is asked: a signal may be late, doubled, or anybody's. */
  private turn(): void {
    const { system, terminal } = this.options;
    try {
      // Fails unless a switch is waiting for it. Nothing is drawn meanwhile, and nothing after it.
      system.ioctl().withNumber(terminal, VT_RELDISP, 1);
      this.tell(false);
    } catch {
      this.tell(this.isForeground());
    }
  }

  private isForeground(): boolean {
    const { system, terminal } = this.options;
    try {
      return shownTerminal(system, terminal) === ownTerminal(system, terminal);
    } catch {
      return this.isShown;
    }
  }

  private tell(isShown: boolean): void {
    if (isShown === this.isShown) return;
    this.isShown = isShown;
    this.options.turned(isShown);
  }
}

/** The number of the terminal that is open. Throws an Error with a `code`. */
export function ownTerminal(system: ConsoleSystem, terminal: number): number {
  const device = Buffer.alloc(4);
  system.ioctl().withBuffer(terminal, TIOCGDEV, device);
  return device.readUInt32LE() & 0xff;
}

/** The number of the terminal that is on the screen. Throws an Error with a `code`. */
export function shownTerminal(system: ConsoleSystem, terminal: number): number {
  const state = Buffer.alloc(6);
  system.ioctl().withBuffer(terminal, VT_GETSTATE, state);
  return state.readUInt16LE();
}

/** struct vt_mode: mode, whether writes wait, and the signals for release, acquisition, and one that is not used. */
function switchMode(mode: number, signal: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes[0] = mode;
  bytes.writeInt16LE(signal, 2);
  bytes.writeInt16LE(signal, 4);
  return bytes;
}
