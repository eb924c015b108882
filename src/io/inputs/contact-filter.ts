import { systemTimers, type Timers } from '../timers';
import type { PointerEvent } from './pointer-event';

/**
 * Milliseconds that a contact lasts at least: longer than from one frame of a panel of 60 Hz to the next, with what its driver
 * lets it wait, and shorter than any finger's.
 */
const shortestContact = 25;

/**
 * Leaves out contacts that come and go within one frame of the panel, which no finger makes (raspberrypi/linux#4749: one every 13
 * seconds). A press waits until the contact has moved or has lasted long enough. The kernel's own times decide, so a tap is none
 * the less one where the program was busy meanwhile.
 */
export class ContactFilter {
  private waiting:
    { readonly press: PointerEvent; readonly at: number; readonly forget: () => void } | undefined;

  constructor(
    private readonly deliver: (event: PointerEvent) => void,
    private readonly timers: Timers = systemTimers,
  ) {}

  /** @param at when it happened, ms of the kernel's clock for input events */
  take(event: PointerEvent, at: number): void {
    switch (event.type) {
      case 'press':
        this.press(event, at);
        break;
      case 'move':
        this.pass();
        this.deliver(event);
        break;
      case 'release': {
        const { waiting } = this;
        // Where that clock was set back meanwhile, nobody knows: a tap too many is better than none at all.
        if (waiting !== undefined && at >= waiting.at && at - waiting.at < shortestContact) this.drop();
        else {
          this.pass();
          this.deliver(event);
        }
      }
    }
  }

  /** The device is gone: a press that waits has never been one. Returns whether there was one. */
  drop(): boolean {
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.forget();
    return waiting !== undefined;
  }

  private press(press: PointerEvent, at: number): void {
    // What has been sent meanwhile is read first: the release may be there already.
    let forget = this.timers.after(shortestContact, () => {
      forget = this.timers.after(0, () => this.pass());
    });
    this.waiting = { press, at, forget: () => forget() };
  }

  private pass(): void {
    const { waiting } = this;
    if (this.drop() && waiting !== undefined) this.deliver(waiting.press);
  }
}
