import type { DeviceValues, FrameDeviceType } from '../../devices/device-type';
import type { ConfiguredDevice } from '../../devices/parse-device';
import type { FrameCounters } from '../../io/sources/frame-intake';
import type { SourceStatus } from '../../model/source-status';
import type { Settings } from '../../settings/settings';
import { brokerReceptions } from './broker-receptions';
import { demoLinks, type MakesOpener } from './demo-links';
import { FrameReception, type FrameReceptionOptions } from './frame-reception';
import { LinkReception } from './link-reception';
import type { Reception, ReceptionParts } from './reception';
import type { RemoteDevice } from './remote-devices';
import type { SiteDevice } from './site-devices';

/** How all devices of a site are received. */
export class Receptions {
  readonly all: readonly Reception[];
  /** What is received is the boat of `--demo boat`. */
  readonly isDemo: boolean;
  /** They are a sender's, and come over one connection. */
  private readonly isRemote: boolean;

  /**
   * @param settings of the display: without devices they name the one battery
   * @param devices those that the settings list
   * @param options for the one battery that there is without devices; announcements are taken of a device at the display's own
   * UDP port, too
   */
  constructor(
    settings: Settings,
    devices: readonly SiteDevice[],
    parts: Omit<ReceptionParts, 'oneOfSeveral'>,
    options: FrameReceptionOptions,
  ) {
    const all = { ...parts, oneOfSeveral: devices.length > 1 };
    const names = (kind: string): string[] =>
      devices.filter(({ type }) => type.kind === kind).map(({ name }) => name);
    const demo = demoLinks(settings, names('battery'), names('solar-charger').length);
    this.isDemo = demo !== undefined;
    const remote = devices.filter(isRemote);
    this.isRemote = remote.length > 0;
    if (devices.length === 0) this.all = [new FrameReception('battery', settings, all, options)];
    else if (this.isRemote) this.all = brokerReceptions(remote, all, () => options.source?.());
    else {
      const own = devices.filter((device): device is ConfiguredDevice => !isRemote(device));
      this.all = own.map((device) => receptionOf(device, settings, all, demo, options));
    }
  }

  /** The status for the status strip: the device's own where there is one, else what they are together. */
  get status(): SourceStatus {
    const [first, ...others] = this.all.map(({ status }) => status);
    if (first === undefined)
      return { state: 'ended', label: 'NO DEVICE', report: { code: 'no-device', values: {} } };
    if (others.length === 0 || this.isRemote) return first;
    const devices = this.all.map(({ name, status }) => ({ name, status }));
    return {
      state: devices.some(({ status }) => status.state === 'up') ? 'up' : 'connecting',
      label: this.isDemo ? 'SIMULATED' : `${devices.length} DEVICES`,
      report: { code: 'several-devices', values: { devices } },
    };
  }

  /** What came in since the start, of all of them. */
  get counters(): FrameCounters {
    const [only, ...others] = this.all;
    if (only !== undefined && others.length === 0) return only.counters;
    const causes: Record<string, number> = {};
    let [frames, ignored, malformed] = [0, 0, 0];
    let sender: string | undefined;
    for (const { counters } of this.all) {
      frames += counters.frames;
      ignored += counters.ignored;
      malformed += counters.malformed;
      sender ??= counters.sender;
      for (const [cause, count] of Object.entries(counters.causes))
        causes[cause] = (causes[cause] ?? 0) + count;
    }
    return { frames, ignored, malformed, causes, sender };
  }

  /** Receives all until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    await Promise.all(this.all.map((reception) => reception.run(signal)));
  }

  everySecond(): void {
    for (const reception of this.all) reception.everySecond();
  }
}

function isRemote(device: SiteDevice): device is RemoteDevice {
  return device.type.link === 'broker';
}

function receptionOf(
  device: ConfiguredDevice,
  settings: Settings,
  parts: ReceptionParts,
  opener: MakesOpener | undefined,
  { announcement }: FrameReceptionOptions,
): Reception {
  const { name, type, values } = device;
  if (type.link !== 'frames') return new LinkReception({ ...device, type }, parts, settings, opener);
  const frames = { type: type.type, ids: type.ids, decode: type.decoder(values) };
  // With several controllers, the one that has its usual port is the one that is set up from here.
  const isOwn = type.source === 'udp' && values['port'] === settings.port;
  return new FrameReception(name, frameSettings(settings, type.source, values), parts, {
    frames,
    ...(isOwn && announcement !== undefined && { announcement }),
  });
}

/** The display's settings with those of one battery behind a controller in them. */
export function frameSettings(
  settings: Settings,
  source: FrameDeviceType['source'],
  { port, ...others }: DeviceValues,
): Settings {
  const own = { ...others, ...(port !== undefined && { [source === 'slcan' ? 'serial' : 'port']: port }) };
  return { ...settings, mqtt: 'off', ...own, source };
}
