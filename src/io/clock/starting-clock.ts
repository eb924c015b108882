import type { Clock } from '../../base/clock';

/** What tells whether the machine's time of day can be right. None of them throws. */
export interface ClockSigns {
  /** s since the machine was started. */
  uptime(): number;
  /** A clock that runs while the machine is off has a time that can be right. */
  hasClock(): boolean;
  /** Some server of the time has been heard since the start. */
  isSynchronised(): boolean;
}

/** Is called once, when a time that was waited for is believed. */
export type ToldOfTime = (why: 'synchronised' | 'waited long enough') => void;

/** s of uptime after which whoever starts needs not wait: what should set the clock has had its time. */
const longUp = 600;
/** ms for which the first synchronisation is waited for. */
const patience = 180_000;
/** ms by which the time of day must be set for that to be somebody who knows it. */
const smallestStep = 1000;
/** ms between two looks. */
const lookInterval = 500;

/**
 * The machine's clock, which is not believed before it can be right. A machine without a clock of its own starts with the time
 * of its last switch-off, which looks like any other: what is measured would be stamped with a time that has been already, and the
 * past shown as now. Until the first synchronisation, for three minutes at most, the time of day is in 1970, which
 * nobody takes for the time (see `isPlausible`): samples are held, and get their times when it is known.
 */
export class StartingClock implements Clock {
  private readonly begun: number;
  private readonly offset: number;
  private trusted: boolean;
  private lookedAt: number;

  /** @param machine the machine's clocks */
  constructor(
    private readonly machine: Clock,
    private readonly signs: ClockSigns,
    private readonly told: ToldOfTime = () => undefined,
  ) {
    this.begun = machine.monotonic();
    this.lookedAt = this.begun;
    this.offset = this.difference();
    this.trusted = signs.hasClock() || signs.uptime() >= longUp || signs.isSynchronised();
  }

  /** It is waited for somebody who knows the time. */
  get isWaiting(): boolean {
    return !this.trusted;
  }

  monotonic(): number {
    return this.machine.monotonic();
  }

  wall(): Date {
    if (!this.trusted) this.look();
    return this.trusted ? this.machine.wall() : new Date(Math.max(0, this.machine.monotonic()));
  }

  private look(): void {
    const now = this.machine.monotonic();
    if (now - this.lookedAt < lookInterval) return;
    this.lookedAt = now;
    const { signs } = this;
    const wasSet = Math.abs(this.difference() - this.offset) >= smallestStep;
    const known = wasSet || signs.isSynchronised() || signs.hasClock();
    if (!known && now - this.begun < patience) return;
    this.trusted = true;
    this.told(known ? 'synchronised' : 'waited long enough');
  }

  /** Changes where the time of day is set. */
  private difference(): number {
    return this.machine.wall().getTime() - this.machine.monotonic();
  }
}
