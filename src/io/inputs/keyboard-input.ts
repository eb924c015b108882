import { once } from 'node:events';
import type { DeviceFolder } from './device-folder';
import { DeviceSet } from './device-set';
import type { KeyEvent } from './key-event';
import type { KeyboardDevice } from './keyboard-device';
import type { Keymap } from './keymap/keymap';
import { OpenKeyboard } from './open-keyboard';

/** What KeyboardInput needs. */
export interface KeyboardOptions {
  /** Where keyboards appear. */
  readonly folder: DeviceFolder;
  /** What their keys type. */
  readonly keymap?: Keymap;
  /** For tests: how a device is asked what it is. */
  readonly probe?: (fd: number) => KeyboardDevice | undefined;
}

/** Where keys go. Implementations never throw. */
export interface KeyboardSink {
  key(event: KeyEvent): void;
  /** One sentence for people, on every change: what is used. Nothing is said of a keyboard that was never there. */
  status(text: string): void;
}

/** All keyboards, as they come and go: what is typed on any of them counts. */
export class KeyboardInput {
  private readonly keyboards: DeviceSet<OpenKeyboard>;
  private sink: KeyboardSink | undefined;
  private lastNames = '';

  constructor(private readonly options: KeyboardOptions) {
    const { folder, probe, keymap } = options;
    this.keyboards = new DeviceSet({
      paths: () => folder.paths(),
      open: (path, gone) =>
        OpenKeyboard.open(path, { key: (event) => this.sink?.key(event), gone }, probe, keymap),
      gone: () => {
        this.tell();
        // It may be back under the same name before anything tells.
        folder.lookSoon();
      },
    });
  }

  /** Hears keys until the signal is aborted; then every device is closed. Never rejects. */
  async run(signal: AbortSignal, sink: KeyboardSink): Promise<void> {
    if (signal.aborted) return;
    this.sink = sink;
    const leave = this.options.folder.follow(() => {
      this.keyboards.look();
      this.tell();
    });
    await once(signal, 'abort');
    leave();
    this.keyboards.close();
  }

  private tell(): void {
    const names = this.keyboards.devices.map(({ name }) => name).join(', ');
    if (names === this.lastNames) return;
    this.lastNames = names;
    this.sink?.status(names === '' ? 'No keyboard any more' : `Keys by ${names}`);
  }
}
