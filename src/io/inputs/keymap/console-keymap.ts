import { closeSync, constants, openSync } from 'node:fs';
import { attempt } from '../../../base/attempt';
import { systemIoctl, type Ioctl } from '../../ioctl';
import { kernelSymbol } from './kernel-symbol';
import type { Keymap, KeySymbol } from './keymap';
import { usKeymap } from './us-keymap';

/** What reading the console's keymap needs of the system; all of it throws an Error on failure. */
export interface KeymapSystem {
  /** Opens a terminal without becoming its owner. */
  open(path: string): number;
  close(fd: number): void;
  ioctl(): Ioctl;
}

const linux: KeymapSystem = {
  open: (path) => openSync(path, constants.O_WRONLY | constants.O_NOCTTY | constants.O_NONBLOCK),
  close: closeSync,
  ioctl: systemIoctl,
};

// linux/kd.h
const KDGKBMODE = 0x4b44;
const KDSKBMODE = 0x4b45;
const KDGKBENT = 0x4b46;
const K_UNICODE = 3;

/**
 * The keymap of the text console, which console-setup loads at boot and loadkeys replaces. Each key is asked for when it is
 * pressed, so a keymap that is loaded meanwhile holds at once.
 */
export class ConsoleKeymap implements Keymap {
  private terminal: number | undefined;

  /** @param otherwise what keys type where there is no such terminal */
  constructor(
    private readonly system: KeymapSystem = linux,
    private readonly otherwise: Keymap = usKeymap,
  ) {}

  /** Whether there is a virtual terminal that this process may ask. */
  get isThere(): boolean {
    return this.ask(0, 0) !== undefined;
  }

  symbol(code: number, table: number): KeySymbol | undefined {
    const entry = this.ask(code, table);
    return entry === undefined ? this.otherwise.symbol(code, table) : kernelSymbol(entry);
  }

  /** Lets go of the terminal. */
  close(): void {
    const { terminal } = this;
    this.terminal = undefined;
    if (terminal !== undefined) attempt(() => this.system.close(terminal));
  }

  private ask(code: number, table: number): number | undefined {
    if (code > 0xff || table > 0xff) return undefined;
    // One that was hung up, as at a new login, answers no more.
    for (let tries = 0; tries < 2; tries++) {
      try {
        this.terminal ??= this.open();
        if (this.terminal === undefined) return undefined;
        return this.entry(this.terminal, code, table);
      } catch {
        this.close();
      }
    }
    return undefined;
  }

  private open(): number | undefined {
    for (const path of ['/dev/tty', '/dev/tty0']) {
      let fd: number | undefined;
      try {
        fd = this.system.open(path);
        // Only a virtual terminal has a keyboard.
        this.system.ioctl().withBuffer(fd, KDGKBMODE, Buffer.alloc(4));
        return fd;
      } catch {
        if (fd !== undefined) this.system.close(fd);
      }
    }
    return undefined;
  }

  private entry(terminal: number, code: number, table: number): number {
    const ioctl = this.system.ioctl();
    const mode = Buffer.alloc(4);
    ioctl.withBuffer(terminal, KDGKBMODE, mode);
    const found = mode.readUInt32LE();
    // While keys are kept from the terminal, as from our own, the kernel hides the characters of Unicode.
    const opened = found !== K_UNICODE && attempt(() => ioctl.withNumber(terminal, KDSKBMODE, K_UNICODE));
    try {
      // struct kbentry: table, index, value.
      const entry = Buffer.from([table, code, 0, 0]);
      ioctl.withBuffer(terminal, KDGKBENT, entry);
      return entry.readUInt16LE(2);
    } finally {
      if (opened) attempt(() => ioctl.withNumber(terminal, KDSKBMODE, found));
    }
  }
}
