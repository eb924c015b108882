import type { FrameCounters } from '../../io/sources/frame-intake';
import { isIgnored } from '../../io/sources/frame-intake';
import type { FrameSource, RejectionCause } from '../../io/sources/frame-source';
import type { AgedReading } from '../../model/reading';
import type { SourceStatus } from '../../model/source-status';
import type { DescribedDevice } from '../../protocol/device-json';
import { LoggedReception, type Reception, type ReceptionParts } from './reception';
import { describedRemote, type RemoteDevice } from './remote-devices';

/**
 * The devices of one sender: all come over one connection with the broker, which the first of them stands for.
 *
 * @param source asked when receiving begins
 */
export function brokerReceptions(
  devices: readonly RemoteDevice[],
  parts: ReceptionParts,
  source: () => FrameSource | undefined,
): readonly Reception[] {
  const [first, ...others] = devices.map(describedRemote);
  if (first === undefined) return [];
  const connection = new BrokerReception(first, { ...parts, oneOfSeveral: false }, source);
  return [connection, ...others.map((described) => new OtherDevice(described, connection))];
}

class BrokerReception extends LoggedReception {
  private messages = 0;
  private ignored = 0;
  private malformed = 0;
  private readonly causes: Partial<Record<RejectionCause, number>> = {};
  private sender: string | undefined;

  constructor(
    described: DescribedDevice,
    parts: ReceptionParts,
    private readonly source: () => FrameSource | undefined,
  ) {
    super(described, 'MQTT', parts);
  }

  get counters(): FrameCounters {
    const { messages: frames, ignored, malformed, sender } = this;
    return { frames, ignored, malformed, sender, causes: { ...this.causes } };
  }

  protected async receive(signal: AbortSignal): Promise<void> {
    await this.source()?.run(signal, {
      // There are no frames behind a broker.
      frame: () => undefined,
      deviceReadings: (device, readings, sender) => this.take(device, readings, sender),
      rejected: (cause, detail) => {
        this.causes[cause] = (this.causes[cause] ?? 0) + 1;
        if (isIgnored(cause)) this.ignored++;
        else this.malformed++;
        this.rejected(cause, detail);
      },
      status: (status) => this.report(status),
    });
  }

  private take(device: string, readings: readonly AgedReading[], sender: string | undefined): void {
    if (sender !== undefined) this.sender = sender;
    this.messages++;
    const now = this.parts.clock.monotonic();
    for (const { reading, age } of readings)
      this.parts.listener.reading({ ...reading, device, at: now - age });
  }
}

/** Another device of the same sender: what there is to tell of the connection is the first one's. */
class OtherDevice implements Reception {
  readonly counters: FrameCounters = { frames: 0, ignored: 0, malformed: 0, causes: {}, sender: undefined };

  constructor(
    readonly described: DescribedDevice,
    private readonly connection: BrokerReception,
  ) {}

  get name(): string {
    return this.described.name;
  }

  get kind(): DescribedDevice['kind'] {
    return this.described.kind;
  }

  get status(): SourceStatus {
    return this.connection.status;
  }

  run(): Promise<void> {
    return Promise.resolve();
  }

  everySecond(): void {
    // The connection writes what there is to log.
  }
}
