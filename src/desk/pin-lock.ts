import { timingSafeEqual } from 'node:crypto';
import type { Clock } from '../base/clock';
import type { SettingsLock } from '../screens/config/settings-lock';
import { lockWords } from '../words/en/settings-lock';

/** Wrong PINs in a row that cost no time. */
const freeTries = 5;
/** ms to wait after them; twice as long after each further wrong one. */
const firstWait = 30_000;
const longestWait = 3_600_000;
/** ms without a touch after which it closes by itself. */
const idleTime = 300_000;

/**
 * A lock with a PIN, of 4 to 8 digits; it is open while there is none. Whoever tries PINs one after another waits longer and
 * longer, which a restart of the display ends: a try would then cost a start.
 */
export class PinLock implements SettingsLock {
  wanted: string | undefined;
  private opened = false;
  private lastTouch = 0;
  private wrong = 0;
  private waitUntil = 0;

  /** @param pin the PIN as it is set at the moment; empty when there is none */
  constructor(
    private readonly pin: () => string,
    private readonly clock: Pick<Clock, 'monotonic'>,
  ) {}

  get locked(): boolean {
    if (this.pin() === '') return false;
    if (this.opened && this.clock.monotonic() - this.lastTouch >= idleTime) this.opened = false;
    return !this.opened;
  }

  get closesIn(): number | undefined {
    if (this.locked || this.pin() === '') return undefined;
    return this.lastTouch + idleTime - this.clock.monotonic();
  }

  open(pin: string): string | undefined {
    const now = this.clock.monotonic();
    // Not even the right one: it would be found by trying.
    if (now < this.waitUntil) return lockWords.wait(Math.ceil((this.waitUntil - now) / 1000));
    if (isSame(pin, this.pin())) {
      this.wrong = 0;
      this.opened = true;
      this.touched();
      return undefined;
    }
    this.wrong++;
    const left = freeTries - this.wrong;
    if (left > 0) return lockWords.wrong(left);
    const wait = Math.min(longestWait, firstWait * 2 ** -left);
    this.waitUntil = now + wait;
    return lockWords.wait(wait / 1000);
  }

  touched(): void {
    this.lastTouch = this.clock.monotonic();
  }

  close(): void {
    this.opened = false;
  }
}

/** Compares without telling by its duration how much is right. */
function isSame(typed: string, pin: string): boolean {
  const bytes = (text: string): Buffer => Buffer.alloc(16, text.slice(0, 16).padEnd(16));
  return timingSafeEqual(bytes(typed), bytes(pin));
}
