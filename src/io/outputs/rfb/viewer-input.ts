import { isCommandKey, keyOfKeysym } from '../../../protocol/rfb-keysyms';
import type { KeyEvent } from '../../inputs/key-event';
import type { PointerEvent } from '../../inputs/pointer-event';

/** Where a viewer's touches and keys go. */
export interface InputSink {
  readonly pointer: (event: PointerEvent) => void;
  readonly key: (event: KeyEvent) => void;
}

/** Keys that are remembered as held; nobody has more fingers. */
const mostHeld = 32;
/** Bit of the button that is a finger: the left one. */
const touching = 1;

/** What one viewer does with its mouse and its keys, as a finger and a keyboard of the display's own would tell it. */
export class ViewerInput {
  private pressed = false;
  private place = { x: 0, y: 0 };
  /** Keys that are down, by keysym. */
  private readonly held = new Map<number, string>();

  /** @param width of the picture, in pixels. @param height likewise */
  constructor(
    private readonly sink: InputSink,
    private readonly width: number,
    private readonly height: number,
  ) {}

  /** @param buttons a bit for each that is down. @param x anywhere. @param y likewise */
  pointer(buttons: number, x: number, y: number): void {
    const place = { x: Math.min(x, this.width - 1), y: Math.min(y, this.height - 1) };
    const down = (buttons & touching) !== 0;
    const moved = place.x !== this.place.x || place.y !== this.place.y;
    this.place = place;
    // Without a button down the mouse is a finger in the air.
    if (down && !this.pressed) this.sink.pointer({ type: 'press', ...place });
    else if (this.pressed && !down) this.sink.pointer({ type: 'release', ...place });
    else if (down && moved) this.sink.pointer({ type: 'move', ...place });
    this.pressed = down;
  }

  /** A key goes down, again while it is held, or up. @param keysym of X11, any number */
  key(down: boolean, keysym: number): void {
    if (!down) {
      this.held.delete(keysym);
      return;
    }
    const key = keyOfKeysym(keysym);
    // A viewer tells repetitions as the key going down again.
    const action = this.held.has(keysym) ? 'repeat' : 'down';
    if (this.held.size < mostHeld) this.held.set(keysym, key);
    this.sink.key({ key, action, command: [...this.held.values()].some(isCommandKey) });
  }

  /** The viewer is gone: its finger is lifted where it was, as that of a panel that is unplugged. */
  close(): void {
    if (this.pressed) this.sink.pointer({ type: 'release', ...this.place });
    this.pressed = false;
    this.held.clear();
  }
}
