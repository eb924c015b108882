import type { ControllerState } from '../../protocol/can-controller';
import type { CanErrorReport } from '../../protocol/can-error-frame';
import type { CanFrame } from '../../protocol/can-frame';
import type { SlcanBitRate } from '../../protocol/slcan';
import { CanHealth } from './can-health';
import { shortName } from './slcan-label';

/**
 * s after which a channel through which nothing is heard is opened anew: a battery is heard every second, so the adapter may
 * have lost its power and its settings, or be off the bus.
 */
export const longestSilence = 10;

/** The bus behind an adapter, looked at once a second. */
export class SlcanBus {
  /** s without any frame since the channel was opened. */
  silentFor = 0;
  private readonly health: CanHealth;
  private frames = 0;
  private framesBefore = 0;
  private state: ControllerState | undefined;

  /** @param ids of the messages that the battery sends */
  constructor(
    device: string,
    private readonly bitRate: SlcanBitRate,
    private readonly ids: readonly number[],
  ) {
    this.health = new CanHealth(`at ${shortName(device)}`);
  }

  /** A frame of anybody came. */
  frame({ id, extended, remote }: CanFrame): void {
    this.frames++;
    // What an adapter says only when asked, in silence, holds no longer.
    if (this.silentFor > 0) this.state = undefined;
    if (!extended && !remote && this.ids.includes(id)) this.health.frame();
  }

  /** The adapter has said how its controller stands. */
  report(report: CanErrorReport): void {
    this.state = report.state ?? this.state;
    this.health.error(report);
  }

  /** To be called once a second. */
  look(): ReturnType<CanHealth['look']> {
    this.silentFor = this.frames === this.framesBefore ? this.silentFor + 1 : 0;
    this.framesBefore = this.frames;
    return this.health.look(
      { state: 'up', heard: this.frames },
      {
        kind: 'slcan',
        bitRate: this.bitRate,
        restartMs: longestSilence * 1000,
        listenOnly: false,
        ...(this.state && { state: this.state }),
      },
    );
  }
}
