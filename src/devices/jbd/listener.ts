import type { DeviceContext, ReadingSink } from '../device-type';
import { JbdAssembler } from './assembler';
import { echoedRead, registerName, type JbdFrame } from './frame';
import { decodeFrame } from './readings';

/** ms between two polls, by the settings. */
export function pollInterval({ values }: Pick<DeviceContext, 'values'>): number {
  return Number(values['every'] ?? 5) * 1000;
}

/** Turns the bytes that a battery sends into readings. */
export class JbdListener {
  private readonly assembler: JbdAssembler;

  /** @param wanted whether a frame is one that was asked for; by default every frame is taken for what it says itself */
  constructor(
    private readonly context: DeviceContext,
    private readonly sink: ReadingSink,
    private readonly wanted: (frame: JbdFrame) => boolean = () => true,
  ) {
    this.assembler = new JbdAssembler({
      frame: (frame, at) => this.take(frame, at),
      rejected: (cause, detail) => sink.rejected(cause, detail),
    });
  }

  /** Takes a piece of what was received. @param at monotonic ms */
  push(piece: Uint8Array, at: number): void {
    this.assembler.push(piece, at);
  }

  /** Gives up on half a frame whose rest has not come for 2 s. */
  settle(now: number): void {
    this.assembler.settle(now);
  }

  private take(frame: JbdFrame, at: number): void {
    const register = registerName(frame.register);
    if (frame.register === echoedRead) {
      this.sink.rejected('echo', 'our own request came back');
      return;
    }
    if (!this.wanted(frame)) {
      this.sink.rejected('not asked for', register);
      return;
    }
    const decoded = decodeFrame(frame, {
      device: this.context.name,
      at,
      period: pollInterval(this.context),
    });
    if ('rejected' in decoded) {
      this.sink.rejected(decoded.rejected, decoded.detail);
      return;
    }
    for (const note of decoded.notes) this.sink.rejected('implausible', `${register}: ${note}`);
    this.sink.reading(decoded.reading);
  }
}
