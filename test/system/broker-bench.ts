import { statusReadings } from '../../src/devices/evtv/status-readings';
import { evtvDecoder } from '../../src/devices/evtv/decoder';
import { systemClock } from '../../src/base/clock';
import type { BrokerAccess } from '../../src/io/mqtt/broker-access';
import { BrokerLink, type BrokerLinkParts, type LinkStatus } from '../../src/io/mqtt/broker-link';
import { Outbox } from '../../src/io/mqtt/outbox';
import { MqttSender } from '../../src/io/recorders/mqtt-sender';
import { FrameIntake } from '../../src/io/sources/frame-intake';
import type { SourceStatus } from '../../src/model/source-status';
import { worded, type Worded } from '../worded';
import { MqttSource } from '../../src/io/sources/mqtt-source';
import { Battery } from '../../src/model/battery';
import { completeStatus } from '../../src/protocol/complete-status';
import { packFramesOfSecond } from '../../src/simulation/pack-frames';
import { SimulatedPack } from '../../src/simulation/simulated-pack';

let ids = 0;

/** So quick that a test need not wait. */
const quick = { least: 20, most: 60 };

function parts(access: Partial<BrokerAccess> & { url: string }, keepalive = 30) {
  const id = `test-${process.pid}-${++ids}`;
  return {
    clock: systemClock,
    keepalive,
    delays: quick,
    clientId: () => Promise.resolve(id),
    access: () => Promise.resolve({ user: '', password: '', ...access }),
  } satisfies Partial<BrokerLinkParts>;
}

interface Running {
  /** Ends it and waits for that. */
  stop(): Promise<void>;
}

/** A connection by itself, and all that it says of itself. */
export function bareLink(
  access: Partial<BrokerAccess> & { url: string },
  more: Partial<BrokerLinkParts> = {},
): Running & { readonly statuses: Worded<LinkStatus>[]; readonly link: BrokerLink } {
  const statuses: Worded<LinkStatus>[] = [];
  const stop = new AbortController();
  const link = new BrokerLink({
    ...parts(access),
    up: () => undefined,
    status: (status) => statuses.push(worded(status)),
    ...more,
  });
  const done = link.run(stop.signal);
  return {
    statuses,
    link,
    stop: async () => {
      stop.abort();
      await done;
    },
  };
}

/** A sender of a simulated battery of so many modules. */
export function testSender(
  access: Partial<BrokerAccess> & { url: string },
  bmsId: string,
  {
    folder,
    keepalive,
    interval,
    repeat,
    modules = 16,
    seed = 1,
    before = () => Promise.resolve(),
  }: {
    folder: string;
    keepalive?: number;
    interval?: number;
    repeat?: number;
    modules?: number;
    seed?: number;
    /** What each connection waits for. */
    before?: () => Promise<void>;
  },
): Running & {
  readonly sender: MqttSender;
  readonly battery: Battery;
  readonly statuses: Worded<LinkStatus>[];
  readonly outbox: Outbox;
  /** When the latest CompleteStatus was put together, monotonic ms. */
  readonly sent: { readonly at: number };
} {
  const battery = new Battery('battery');
  const pack = new SimulatedPack({ modules, seed });
  const intake = new FrameIntake(systemClock, evtvDecoder(), {
    reading: (reading) => battery.apply(reading),
    status: () => undefined,
  }); // prettier-ignore
  const beat = (): void => {
    pack.advance(1);
    for (const frame of packFramesOfSecond(pack, {})) intake.frame(frame);
  };
  beat();
  const timer = setInterval(beat, 1000);
  const statuses: Worded<LinkStatus>[] = [];
  const outbox = new Outbox(folder);
  const sent = { at: NaN };
  const usual = parts(access, keepalive);
  const sender = new MqttSender({
    ...usual,
    access: async () => {
      await before();
      return usual.access();
    },
    bmsId,
    outbox,
    ...(interval !== undefined && { interval }),
    ...(repeat !== undefined && { repeat }),
    read: () => {
      sent.at = performance.now();
      return JSON.stringify(
        completeStatus(battery, { bmsId, source: 'test' }, systemClock.monotonic(), systemClock.wall()),
      );
    },
    status: (status) => statuses.push(worded(status)),
  });
  const stop = new AbortController();
  const done = sender.run(stop.signal);
  return {
    sender,
    battery,
    statuses,
    outbox,
    sent,
    stop: async () => {
      clearInterval(timer);
      stop.abort();
      await done;
    },
  };
}

/** A receiver with its battery. */
export function testReceiver(
  access: Partial<BrokerAccess> & { url: string },
  bmsId: string,
  keepalive?: number,
  heard?: () => void,
): Running & {
  readonly battery: Battery;
  readonly intake: FrameIntake;
  readonly statuses: Worded<SourceStatus>[];
} {
  const battery = new Battery('battery');
  const statuses: Worded<SourceStatus>[] = [];
  const intake = new FrameIntake(systemClock, evtvDecoder(), {
    reading: (reading) => battery.apply(reading),
    status: (status) => statuses.push(worded(status)),
  }); // prettier-ignore
  const source = new MqttSource({
    ...parts(access, keepalive),
    bmsId,
    read: statusReadings,
    // Called with each message that is taken.
    ...(heard !== undefined && { config: heard }),
  });
  const stop = new AbortController();
  const done = source.run(stop.signal, intake);
  return {
    battery,
    intake,
    statuses,
    stop: async () => {
      stop.abort();
      await done;
    },
  };
}
