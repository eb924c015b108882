import { packAfterLeadUp } from '../../simulation/lead-up';
import { packFrames, packFramesOfSecond, turnsPerSecond } from '../../simulation/pack-frames';
import { SimulatedPack, type SimulatedPackOptions } from '../../simulation/simulated-pack';
import { inSlices } from '../in-slices';
import { sleep, systemTimers, type Timers } from '../timers';
import type { FrameSink, FrameSource } from './frame-source';
import { RunOnce } from './run-once';
import { StatusReporter } from './status-reporter';

/** What to simulate and how fast. */
export interface SimulateSourceOptions extends SimulatedPackOptions {
  /** How many times faster than life the sun moves, more than 0. Frames come at a controller's pace all the same. Default 1. */
  readonly speed?: number;
  /** Also send 0x151, current and power in hundredths. Default false. */
  readonly finePower?: boolean;
  /** V per cell that charging and discharging are cut off at, asked each time. Default: those of the simulated pack. */
  readonly cutoffs?: () => { readonly high: number; readonly low: number };
  /** It begins where the past of a demonstration ends. Default false. */
  readonly afterLeadUp?: boolean;
  /** Default: the machine's own. */
  readonly timers?: Timers;
}

/** A made-up battery on a made-up sunny day, heard as if a controller were there. */
export class SimulateSource implements FrameSource {
  readonly name = 'simulate';
  private readonly once = new RunOnce();

  /** @throws RangeError when there are not 1..40 modules or the speed is not a number above 0. */
  constructor(private readonly options: SimulateSourceOptions) {
    const { speed = 1 } = options;
    if (!(Number.isFinite(speed) && speed > 0)) throw new RangeError(`speed must be above 0, not ${speed}`);
    // Made once now for its checks: a mistake shows when the source is made, not when it runs.
    new SimulatedPack(options);
  }

  async run(signal: AbortSignal, sink: FrameSink): Promise<void> {
    this.once.start();
    const { speed = 1, timers = systemTimers, modules } = this.options;
    if (signal.aborted) return;
    const pack =
      this.options.afterLeadUp === true
        ? await inSlices(packAfterLeadUp(this.options), { timers })
        : new SimulatedPack(this.options);
    const status = new StatusReporter(sink, 'SIMULATED');
    status.report('up', { code: 'simulating', values: { modules, speed } });
    for (const frame of packFramesOfSecond(pack, this.options)) sink.frame(frame);
    for (let turn = 0; ; turn = (turn + 1) % turnsPerSecond) {
      if (!(await sleep(1000 / turnsPerSecond, signal, timers))) return;
      pack.advance(speed / turnsPerSecond);
      for (const frame of packFrames(pack, turn, this.options)) sink.frame(frame);
    }
  }
}
