import type { DeviceContext, DeviceType } from '../../devices/device-type';
import { SimulatedBoat, type SimulatedBoatOptions } from '../../simulation/simulated-boat';
import { gattPair } from './gatt-pair';
import type { LinkOpener, OpenedLink } from './link-opener';

/** What status and information call the way to such a device. */
export const simulatedLabel = 'SIMULATED';

/** The Bluetooth devices of a simulated boat, played within the program and read as if they were in the air. */
export class SimulatedLinks {
  private readonly boat: SimulatedBoat;

  /** @throws RangeError as `SimulatedBoat` does */
  constructor(options: SimulatedBoatOptions) {
    this.boat = new SimulatedBoat(options);
  }

  /** The way to one of its devices. @param type one that can be played and is read over Bluetooth */
  opener(type: DeviceType, context: DeviceContext): LinkOpener {
    const place = 'the simulated boat';
    return { label: simulatedLabel, place, open: () => Promise.resolve(this.open(type, context)) };
  }

  private open({ simulation }: DeviceType, context: DeviceContext): OpenedLink {
    const { services = [] } = simulation?.offer?.(context.values) ?? {};
    const address = String(context.values['address']);
    const pair = gattPair(
      services.map(({ uuid }) => uuid),
      address,
    );
    const stop = new AbortController();
    const playing = simulation?.play(pair.played, { ...context, site: this.boat }, stop.signal);
    return {
      link: pair.ours,
      close: async () => {
        stop.abort();
        pair.close();
        await playing;
      },
    };
  }
}
