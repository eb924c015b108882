import { closeSync, constants, openSync, read, writeSync } from 'node:fs';
import { systemIoctl } from '../../src/io/ioctl';

// From asm-generic/ioctls.h, linux/sockios.h and linux/tty.h.
const unlockTerminal = 0x40045431;
const terminalNumber = 0x80045430;
const setLineDiscipline = 0x5423;
const interfaceNameOf = 0x8910;
const slcanDiscipline = 17;

/** The other end of a serial line whose CAN interface the kernel's driver makes. */
export class SlcanLine {
  readonly name: string;
  readonly #master = openSync('/dev/ptmx', constants.O_RDWR | constants.O_NOCTTY);
  readonly #line: number;

  constructor() {
    const ioctl = systemIoctl();
    const number = Buffer.alloc(4);
    ioctl.withBuffer(this.#master, unlockTerminal, Buffer.alloc(4));
    ioctl.withBuffer(this.#master, terminalNumber, number);
    this.#line = openSync(`/dev/pts/${number.readInt32LE()}`, constants.O_RDWR | constants.O_NOCTTY);
    number.writeInt32LE(slcanDiscipline);
    ioctl.withBuffer(this.#line, setLineDiscipline, number);
    const name = Buffer.alloc(40);
    ioctl.withBuffer(this.#line, interfaceNameOf, name);
    this.name = name.toString('latin1', 0, name.indexOf(0));
    this.#drain();
  }

  /** The driver waits until its commands are taken. */
  #drain(): void {
    read(this.#master, Buffer.alloc(256), 0, 256, null, (error) => {
      if (error === null) this.#drain();
    });
  }

  /** A line of the protocol, such as `sp128000`: passive, with 128 errors received and none sent. */
  say(line: string): void {
    writeSync(this.#master, `${line}\r`);
  }

  unplug(): void {
    closeSync(this.#line);
    closeSync(this.#master);
  }
}
