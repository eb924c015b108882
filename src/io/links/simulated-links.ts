import type { DeviceContext, DeviceType, PlayContext } from '../../devices/device-type';
import { boatAfterLeadUp, type LeadUpOptions } from '../../simulation/lead-up';
import type { SimulatedBoat } from '../../simulation/simulated-boat';
import { inSlices } from '../in-slices';
import { bytePair } from './byte-pair';
import { gattPair } from './gatt-pair';
import type { LinkOpener, OpenedLink } from './link-opener';

/** What status and information call the way to such a device. */
export const simulatedLabel = 'SIMULATED';

/** The Bluetooth devices of a simulated boat, played within the program and read as if they were in the air. */
export class SimulatedLinks {
  private constructor(private readonly boat: SimulatedBoat) {}

  /**
   * The devices of a boat that has a past, which takes a moment to compute. They count in the time of whoever reads them.
   *
   * @throws RangeError as `SimulatedBoat` does
   */
  static async make(options: LeadUpOptions): Promise<SimulatedLinks> {
    return new SimulatedLinks(await inSlices(boatAfterLeadUp(options)));
  }

  /** The way to one of its devices. @param type one that can be played */
  opener(type: DeviceType, context: DeviceContext): LinkOpener {
    const place = 'the simulated boat';
    const open = (): Promise<OpenedLink> =>
      Promise.resolve(openPlayed(type, { ...context, site: this.boat }));
    return { label: simulatedLabel, place, open };
  }
}

/**
 * A connection with a device at a serial line or in the air that is played within the program until it is closed. One of a type
 * that can't be played says nothing.
 */
export function openPlayed({ link, simulation }: DeviceType, context: PlayContext): OpenedLink {
  const { values } = context;
  const services = simulation?.offer?.(values).services.map(({ uuid }) => uuid) ?? [];
  const pair =
    link === 'gatt' ? gattPair(services, String(values['address'])) : bytePair(String(values['port']));
  const stop = new AbortController();
  const playing = simulation?.play(pair.played, context, stop.signal);
  return {
    link: pair.ours,
    close: async () => {
      stop.abort();
      pair.close();
      await playing;
    },
  };
}
