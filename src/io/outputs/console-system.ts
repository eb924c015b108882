import { closeSync, constants, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { constants as system } from 'node:os';
import { systemIoctl, type Ioctl } from '../ioctl';

/** What taking over the console needs of the system; all of it throws an Error with a `code` on failure. */
export interface ConsoleSystem {
  /** True for a device, false for a regular file or nothing at all. */
  isDevice(path: string): boolean;
  /** Opens for writing without becoming the owner of the terminal. */
  open(path: string): number;
  close(fd: number): void;
  write(fd: number, text: string): void;
  ioctl(): Ioctl;
  /** After how many seconds the console blanks the screen; 0 is never. */
  blankInterval(): number;
  /** The number of the signal by which the kernel asks for the screen and gives it back. */
  readonly switchSignal: number;
  /** Calls back at that signal, until the returned function is called: then it ends the process again. */
  onSwitch(callback: () => void): () => void;
}

/** SIGUSR1 is what Node starts its inspector with. */
const switchSignal = 'SIGUSR2';

/** The machine's own console. */
export const linuxConsole: ConsoleSystem = {
  isDevice: (path) => statSync(path, { throwIfNoEntry: false })?.isCharacterDevice() ?? false,
  open: (path) => openSync(path, constants.O_WRONLY | constants.O_NOCTTY | constants.O_NONBLOCK),
  close: closeSync,
  write: (fd, text) => void writeSync(fd, text),
  ioctl: systemIoctl,
  blankInterval: () => Number(readFileSync('/sys/module/kernel/parameters/consoleblank', 'latin1')),
  switchSignal: system.signals[switchSignal],
  onSwitch: (callback) => {
    process.on(switchSignal, callback);
    return () => void process.off(switchSignal, callback);
  },
};
