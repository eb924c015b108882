import { UserError } from '../base/user-error';
import { parseDevices, type RawDevice } from '../devices/parse-device';
import { linkedDevices, type LinkedDevice } from '../features/hearing/device-sources';
import { simulatedSpeed } from '../features/hearing/frame-sources';
import { Radio } from '../io/bluetooth/radio';
import { systemDeviceClock } from '../io/links/device-clock';
import { LinkError } from '../io/links/link-opener';
import type { Log } from '../logging/log';
import type { Settings } from '../settings/settings';
import { boatDevices } from '../simulation/boat-devices';
import { boatCells } from '../simulation/simulated-boat';
import { statusText } from '../words/en';
import { boatOf, isBattery, misfit } from './boat-of-devices';
import { playDevices } from './simulate-device';

/**
 * Plays the devices of a boat, which share one sun and one load, until a signal: those that are named, at their links, else the
 * usual ones on the Bluetooth adapters of this machine. Prints the texts for `--device` with which a display reads them. Resolves
 * with the exit code.
 *
 * @param named devices of the command line; `undefined` without
 * @throws UserError for devices that can't be played or are no boat, and where adapters are lacking
 */
export async function simulateSite(
  settings: Settings,
  named: readonly RawDevice[] | undefined,
  log: Log,
  radio: Radio = new Radio(),
): Promise<number> {
  const raw = named ?? (await onAdapters(radio));
  const devices = linkedDevices(await parseDevices(raw, { simulated: true }));
  if (!devices.some(isBattery))
    throw new UserError('The boat has no battery; name one with --device, such as jbd-serial.');
  const other = misfit(devices);
  if (other !== undefined)
    throw new UserError(
      `"${other.name}" has cells=${String(other.values['cells'])}, but the boat's batteries have ${boatCells}; leave cells out.`,
    );
  const site = boatOf(devices, {
    seed: settings.seed,
    speed: simulatedSpeed(settings),
    monotonic: () => systemDeviceClock.monotonic(),
  });
  return playDevices(devices, log, site, () => {
    process.stdout.write(devices.map((device) => `--device ${readingText(device)}\n`).join(''));
  });
}

/** The usual devices, each on an adapter of its own: an adapter has one address. The first is left to the display. */
async function onAdapters(radio: Radio): Promise<RawDevice[]> {
  const all = await addressesOf(radio);
  const addresses = all.slice(1);
  if (addresses.length < boatDevices.length)
    throw new UserError(
      `The boat needs ${boatDevices.length + 1} Bluetooth adapters, one for each device and one to read them with, and there ${
        all.length === 1 ? 'is 1' : `are ${all.length}`
      }; name the devices to play with --device, or see the boat without adapters with packdial run --demo boat.`,
    );
  return boatDevices.map((device, i) => ({ ...device, address: addresses[i] }));
}

async function addressesOf(radio: Radio): Promise<string[]> {
  try {
    return await radio.adapterAddresses();
  } catch (error) {
    if (!(error instanceof LinkError)) throw error;
    throw new UserError(
      `${statusText(error)}; without Bluetooth, name the devices to play with --device, or see the boat with packdial run --demo boat.`,
    );
  } finally {
    await radio.close();
  }
}

/** A device as a display is to read it; without its password. */
function readingText({ name, type, values }: LinkedDevice): string {
  const own = Object.entries(type.settings).filter(
    ([key, setting]) => setting.secret !== true && values[key] !== setting.default,
  );
  const shown = own.map(([key]) =>
    type.link === 'serial' && key === 'port'
      ? `port=… (the other end of ${String(values[key])})`
      : `${key}=${String(values[key])}`,
  );
  return [type.type, `name=${name}`, ...shown].join(',');
}
