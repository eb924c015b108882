import type { InstalledDisplay } from './installed-display';
import { differing, part, type Picture } from './machine/picture';
import type { VirtualMachine } from './machine/virtual-machine';
import type { Twin } from './twin';

/** Of the panel, pixels. */
export const size = { width: 800, height: 480 };

/** A part of the picture, pixels. */
export type Region = readonly [left: number, top: number, right: number, bottom: number];

/** Where the title of a page of the settings stands, which no moment changes. */
export const settingsTitle: Region = [72, 8, 600, 60];
/** All that is below the head of a screen. */
export const belowHead: Region = [0, 70, 800, 480];

/** Somebody who touches the panel, and a twin that tells where and what must come of it. */
export class Walk {
  constructor(
    private readonly display: InstalledDisplay,
    private readonly machine: VirtualMachine,
    readonly twin: Twin,
  ) {}

  /** Touches, and waits until parts of the screen are what they are here, and all of it what the display has drawn. */
  async touch(name: string, ...regions: readonly Region[]): Promise<void> {
    const [x, y] = this.twin.touch(name);
    await this.machine.tap(x, y, size);
    await this.sees(`the twin's picture after ${name}`, this.twin.picture(), ...regions);
  }

  /** Pushes something upwards, and waits for the same. @param by pixels */
  async push(name: string, by: number, region: Region): Promise<void> {
    const [x, y] = this.twin.push(name, by);
    await this.machine.drag(x, y, y - by, size);
    await this.sees(`the twin's picture after ${name} was pushed up`, this.twin.picture(), region);
  }

  async sees(what: string, picture: Picture, ...regions: readonly Region[]): Promise<void> {
    for (const region of regions) {
      const expected = part(picture, ...region);
      await this.display.eventually(
        what,
        async () => differing(part(await this.machine.screenshot(), ...region), expected) === 0,
      );
    }
    await this.display.showsOwnPicture();
  }

  /** Touches without waiting for anything. */
  async press(name: string): Promise<void> {
    await this.machine.tap(...this.twin.touch(name), size);
  }

  /** Opens a text field of the settings, whichever page it is on, types, and leaves the keyboard with what was typed. */
  async type(field: string, text: string): Promise<void> {
    for (let page = 0; page < 30 && !this.twin.has(field); page++) await this.touch('right', settingsTitle);
    for (const name of [field, ...Array.from(text, (letter) => `key ${letter}`), 'key done'])
      await this.touch(name, belowHead);
  }

  /** Opens the settings and turns to the page of service. */
  async toService(): Promise<void> {
    await this.touch('settings', settingsTitle);
    for (let page = 0; page < 30 && !this.twin.has('copy-log'); page++)
      await this.touch('right', settingsTitle);
  }
}
