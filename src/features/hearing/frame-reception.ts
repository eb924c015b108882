import type { FrameDecoder } from '../../devices/device-type';
import { FrameIntake, type FrameCounters } from '../../io/sources/frame-intake';
import type { FrameSource } from '../../io/sources/frame-source';
import type { CanFrame } from '../../protocol/can-frame';
import type { Settings } from '../../settings/settings';
import { statusOrigin } from '../../settings/status-origin';
import { frameSources } from './frame-sources';
import { LoggedReception, type ReceptionParts } from './reception';
import { createSource, frameDecoder } from './sources';

/** What a battery behind a source of frames may need beside. */
export interface FrameReceptionOptions {
  /** Where the frames come from, if that is not what the settings name as source; asked when receiving begins. */
  readonly source?: () => FrameSource | undefined;
  /** Takes frames of a controller's announcement of its configuration. */
  readonly announcement?: (frame: CanFrame, sender: string) => void;
  /** What the frames are, if not an EVTV controller's that is read as the settings say. */
  readonly frames?: ReceivedFrames;
}

/** The frames of a type of device. */
export interface ReceivedFrames {
  /** The type's name. */
  readonly type: string;
  readonly ids: readonly number[];
  readonly decode: FrameDecoder;
}

/** A battery behind a controller, received through one of the sources of CAN frames. */
export class FrameReception extends LoggedReception {
  private readonly intake: FrameIntake;

  /** @param settings of this battery: source, port, interface, signs */
  constructor(
    name: string,
    private readonly settings: Settings,
    parts: ReceptionParts,
    private readonly options: FrameReceptionOptions = {},
  ) {
    const label = settings.mqtt === 'receiver' ? 'MQTT' : frameSources[settings.source].label(settings);
    super(
      { name, kind: 'battery', type: options.frames?.type ?? statusOrigin(settings).source },
      label,
      parts,
    );
    const { announcement } = options;
    this.intake = new FrameIntake(
      parts.clock,
      options.frames?.decode ?? frameDecoder(settings),
      {
        reading: (reading) => parts.listener.reading(reading),
        ...(announcement !== undefined && { announcement }),
        rejected: (cause, detail) => this.rejected(cause, detail),
        status: (status) => this.report(status),
      },
      name,
    );
  }

  get counters(): FrameCounters {
    return this.intake.counters;
  }

  protected async receive(signal: AbortSignal): Promise<void> {
    const { source, frames } = this.options;
    const wanted = source?.() ?? (await createSource(this.settings, frames?.ids));
    await wanted.run(signal, this.intake);
  }
}
