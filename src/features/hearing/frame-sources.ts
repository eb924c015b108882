import { UserError } from '../../base/user-error';
import { evtvIds, evtvPart } from '../../devices/evtv/messages';
import type { FrameSource } from '../../io/sources/frame-source';
import { slcanLabel } from '../../io/sources/slcan-label';
import { checkBeginning } from '../../io/sources/unreadable-log';
import { anyInterface } from '../../settings/resolve-settings';
import type { Settings } from '../../settings/settings';

/** One way in for frames, as `--source` names it. */
export interface FrameSourceEntry {
  /** Two words for the status strip, such as `UDP 6500`, before the source has a status of its own. */
  label(settings: Settings): string;
  /**
   * The source, whose code is loaded only here. It may leave out frames with other ids than the wanted ones. One that
   * `yields` leaves a UDP port that is in use to its owner.
   */
  create(settings: Settings, wanted: readonly number[] | 'all', yields: boolean): Promise<FrameSource>;
  /** Finds mistakes that would only show once the source runs. @throws UserError for them */
  check?(settings: Settings): void;
}

/** Every source of frames by its name. */
export const frameSources: Readonly<Record<Settings['source'], FrameSourceEntry>> = {
  udp: {
    label: ({ port }) => `UDP ${port}`,
    create: async ({ port, lenient }, _, yields) => {
      const { UdpSource } = await import('../../io/sources/udp-source');
      return new UdpSource({ port, lenient, yields, partOf: evtvPart });
    },
  },
  can: {
    label: (settings) => `CAN ${settings.interface}`,
    create: async (settings, wanted) => {
      const { SocketCanSource } = await import('../../io/sources/socketcan-source');
      return new SocketCanSource({
        interfaceName: settings.interface,
        ids: wanted,
      });
    },
  },
  slcan: {
    label: ({ serial }) => slcanLabel(serial),
    create: async ({ serial, bitrate }, wanted) => {
      const { SlcanSource } = await import('../../io/sources/slcan-source');
      return new SlcanSource({ device: serial, bitRate: bitrate, ids: wanted === 'all' ? evtvIds : wanted });
    },
  },
  simulate: {
    label: () => 'SIMULATED',
    create: async (settings) => {
      const { SimulateSource } = await import('../../io/sources/simulate-source');
      const { modules, seed, fine: finePower, demo } = settings;
      const speed = simulatedSpeed(settings);
      return new SimulateSource({ modules, seed, speed, finePower, afterLeadUp: demo === 'battery' });
    },
    check: (settings) => void simulatedSpeed(settings),
  },
  replay: {
    label: () => 'REPLAY',
    create: async (settings, ids) => {
      const { ReplaySource } = await import('../../io/sources/replay-source');
      const { speed, loop } = settings;
      return new ReplaySource({
        file: replayFile(settings),
        speed,
        loop,
        interface: replayedBus(settings),
        ids,
      });
    },
    check: (settings) => checkBeginning(replayFile(settings)),
  },
};

/** @throws UserError for a speed of 0, at which no simulated time would pass */
export function simulatedSpeed({ speed }: Settings): number {
  if (speed > 0) return speed;
  throw new UserError('--speed is 0, which only a replay can do; give the simulation a number above 0.');
}

/** The interface of a log that is asked for; undefined where none is. */
export function replayedBus(settings: Settings): string | undefined {
  return settings.interface === anyInterface ? undefined : settings.interface;
}

/** @throws UserError when no file is named */
export function replayFile({ file }: Settings): string {
  if (file === '') throw new UserError('--source replay needs a log to play: name one with --file.');
  return file;
}
