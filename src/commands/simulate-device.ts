import { isAborted } from '../base/is-aborted';
import { UserError } from '../base/user-error';
import { parseDevices, type ConfiguredDevice, type RawDevice } from '../devices/parse-device';
import type { PlayedSite } from '../devices/played-site';
import { linkedDevices, playedLinkOpener, type LinkedDevice } from '../features/hearing/device-sources';
import { systemDeviceClock } from '../io/links/device-clock';
import { statusText } from '../words/en';
import { LinkError } from '../io/links/link-opener';
import { RetryDelay } from '../io/retry-delay';
import { sleep } from '../io/timers';
import type { Log } from '../logging/log';
import { untilSignal } from './until-signal';

/**
 * Plays devices at their links, each the side that is asked, until a signal. Resolves with the exit code.
 *
 * @throws UserError for a type that can't be played
 */
export async function simulateDevices(raw: readonly RawDevice[], log: Log): Promise<number> {
  return playDevices(linkedDevices(await parseDevices(raw, { simulated: true })), log);
}

/**
 * The same of devices that were read already.
 *
 * @param site what they have in common; without, each is by itself @param begin is called when they can be played
 * @throws UserError for a type that can't be played
 */
export async function playDevices(
  devices: readonly LinkedDevice[],
  log: Log,
  site?: PlayedSite,
  begin: () => void = () => undefined,
): Promise<number> {
  for (const { type } of devices)
    if (type.simulation === undefined) throw new UserError(`${type.type} can't be played by simulate.`);
  await log.open();
  begin();
  await untilSignal(async (signal) => {
    await Promise.all(devices.map((device) => play(device, signal, log, site)));
  });
  return 0;
}

async function play(
  device: LinkedDevice,
  signal: AbortSignal,
  log: Log,
  site: PlayedSite | undefined,
): Promise<void> {
  const opener = await playedLinkOpener(device.type, device.values);
  const delay = new RetryDelay();
  while (!signal.aborted) {
    try {
      const opened = await opener.open();
      delay.reset();
      log.info(`Playing ${inWords(device)} at ${opener.place}`);
      try {
        await device.type.simulation?.play(
          opened.link,
          {
            name: device.name,
            values: device.values,
            clock: systemDeviceClock,
            ...(site !== undefined && { site }),
          },
          signal,
        );
      } finally {
        await opened.close();
      }
    } catch (error) {
      if (!(error instanceof LinkError)) throw error;
      log.warn(statusText(error));
    }
    if (!isAborted(signal)) await sleep(1000 * delay.next(), signal);
  }
}

function inWords({ name, type }: ConfiguredDevice): string {
  return name === type.type ? name : `${name} (${type.type})`;
}
