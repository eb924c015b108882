import type { Device } from '../../model/device';
import type { Quantity } from '../../model/freshness';
import type { Units } from '../../model/temperature';
import type { Fact } from './facts';
import type { DialWays } from './single-dial';

/** A number beneath the dial's power. */
export interface Beneath {
  readonly text: string;
  readonly unit: string;
  readonly tone: Quantity['freshness'];
  readonly caption: string;
}

/** What the screen of a kind of device says. Times are monotonic ms. */
export interface DevicePage {
  readonly ways: DialWays;
  /** Lines of facts at the most. */
  readonly mostFacts: number;
  /** Of the chart with a bar a day. */
  readonly daysTitle: string;
  /** W, on the dial. */
  power(device: Device, now: number): Quantity;
  /** W, what the dial's scale has to show at the least. */
  largest(device: Device, now: number): number;
  /** What the device does, in a word or two; empty where it does not tell. */
  word(device: Device, now: number): string;
  beneath(device: Device, now: number): Beneath;
  /** Wh that the device has counted itself today, where it does: the last bar is that high. */
  today?(device: Device, now: number): number | undefined;
  facts(device: Device, now: number, units: Units): Fact[];
}
