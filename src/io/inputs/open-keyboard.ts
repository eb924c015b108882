import { EvdevReader, openDevice } from './evdev-reader';
import type { KeyEvent } from './key-event';
import { KeyboardDecoder } from './keyboard-decoder';
import { probeKeyboard, type KeyboardDevice } from './keyboard-device';
import type { Keymap } from './keymap/keymap';
import { usKeymap } from './keymap/us-keymap';

/** What happens with an open keyboard. */
export interface KeyboardListener {
  key(event: KeyEvent): void;
  /** It is gone, and closed already. */
  gone(): void;
}

/** A keyboard that is being read. Others read it too: the console's own Ctrl+Alt+Delete goes on working. */
export class OpenKeyboard {
  /**
   * Opens an input device. Returns undefined when it is no keyboard.
   * Throws an Error with a `code` when it can't be opened (ENOENT, EACCES) or is no input device (ENOTTY).
   * @param probe asks the open device what it is; replaced in tests
   * @param keymap what its keys type
   */
  static open(
    path: string,
    listener: KeyboardListener,
    probe: (fd: number) => KeyboardDevice | undefined = probeKeyboard,
    keymap: Keymap = usKeymap,
  ): OpenKeyboard | undefined {
    const opened = openDevice(path, probe);
    return opened && new OpenKeyboard(opened.fd, opened.found, listener, keymap);
  }

  /** The driver's name for it. */
  readonly name: string;
  private readonly reader: EvdevReader;

  private constructor(
    fd: number,
    { name, readState }: KeyboardDevice,
    listener: KeyboardListener,
    keymap: Keymap,
  ) {
    this.name = name;
    const decoder = new KeyboardDecoder(readState, keymap);
    this.reader = new EvdevReader(fd, {
      record: (record) => {
        for (const event of decoder.decode(record)) listener.key(event);
      },
      gone: () => listener.gone(),
    });
  }

  /** Closes the device; no key comes any more. */
  close(): void {
    this.reader.close();
  }
}
