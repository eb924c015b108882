import type { ContactTracker, DeviceState } from './contact-tracker';
import {
  ABS_MT_POSITION_X,
  ABS_MT_POSITION_Y,
  ABS_PRESSURE,
  ABS_X,
  ABS_Y,
  BTN_LEFT,
  BTN_TOOL_FINGER,
  BTN_TOUCH,
  EV_ABS,
  EV_KEY,
  EV_REL,
  EV_SYN,
  REL_X,
  REL_Y,
  SYN_MT_REPORT,
} from './event-codes';
import type { EvdevRecord } from './evdev-records';

/** What says that something touches: a button, how hard it presses, or that there is a finger at all. */
export type TouchSign = 'button' | 'pressure' | 'tool';

/** Which of the signs that mean contact are there. */
class Buttons {
  private touch = false;
  private left = false;
  /** Down since before we looked: to be let go first. */
  private stale = false;
  private serial = 0;
  contact: number | undefined;

  constructor(private readonly sign: TouchSign = 'button') {}

  record({ type, code, value }: EvdevRecord): void {
    if (type === EV_ABS && code === ABS_PRESSURE && this.sign === 'pressure') this.touch = value > 0;
    if (type !== EV_KEY) return;
    if (code === BTN_TOOL_FINGER && this.sign === 'tool') this.touch = value !== 0;
    if (code === BTN_TOUCH) this.touch = value !== 0;
    if (code === BTN_LEFT) this.left = value !== 0;
  }

  sync(): void {
    if (!this.touch && !this.left) {
      this.contact = undefined;
      this.stale = false;
    } else if (!this.stale) this.contact ??= ++this.serial;
  }

  restore(pressed: boolean): void {
    this.touch = pressed;
    this.left = false;
    this.stale = pressed && this.contact === undefined;
    this.sync();
  }
}

/** A panel that knows one finger, or a tablet: absolute axes and a button. */
export class TouchTracker implements ContactTracker {
  x = 0;
  y = 0;
  private readonly buttons: Buttons;
  /** The first finger's position of a panel that lists all fingers each time (multi-touch protocol A). */
  private firstFinger = true;

  get contact(): number | undefined {
    return this.buttons.contact;
  }

  /**
   * @param sign by what it is known that it is touched
   * @param listed the panel has only the multi-touch axes, without slots
   */
  constructor(
    sign: TouchSign,
    private readonly listed = false,
  ) {
    this.buttons = new Buttons(sign);
  }

  record(record: EvdevRecord): void {
    const { type, code, value } = record;
    this.buttons.record(record);
    if (type === EV_SYN && code === SYN_MT_REPORT) this.firstFinger = false;
    if (type !== EV_ABS || (this.listed && !this.firstFinger)) return;
    if (code === (this.listed ? ABS_MT_POSITION_X : ABS_X)) this.x = value;
    if (code === (this.listed ? ABS_MT_POSITION_Y : ABS_Y)) this.y = value;
  }

  sync(): void {
    this.firstFinger = true;
    this.buttons.sync();
  }

  restore(state: DeviceState): void {
    this.firstFinger = true;
    this.x = state.x ?? this.x;
    this.y = state.y ?? this.y;
    this.buttons.restore(state.pressed);
  }
}

/** A mouse: it moves a point over the picture, at one pixel a step. */
export class MouseTracker implements ContactTracker {
  x: number;
  y: number;
  private readonly buttons = new Buttons();

  get contact(): number | undefined {
    return this.buttons.contact;
  }

  /** Starts in the middle of a picture of this size, in pixels. */
  constructor(
    private readonly width: number,
    private readonly height: number,
  ) {
    this.x = Math.floor(width / 2);
    this.y = Math.floor(height / 2);
  }

  record(record: EvdevRecord): void {
    const { type, code, value } = record;
    this.buttons.record(record);
    if (type !== EV_REL) return;
    if (code === REL_X) this.x = Math.max(0, Math.min(this.width - 1, this.x + value));
    if (code === REL_Y) this.y = Math.max(0, Math.min(this.height - 1, this.y + value));
  }

  sync(): void {
    this.buttons.sync();
  }

  restore(state: DeviceState): void {
    this.buttons.restore(state.pressed);
  }
}
