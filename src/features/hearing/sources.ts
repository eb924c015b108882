import type { FrameDecoder } from '../../devices/device-type';
import { evtvUdp } from '../../devices/evtv/evtv-types';
import { evtvIds } from '../../devices/evtv/messages';
import type { FrameSource } from '../../io/sources/frame-source';
import { checkMqtt } from '../../settings/mqtt-settings';
import type { Settings } from '../../settings/settings';
import { frameSources } from './frame-sources';

/**
 * The source of frames that the settings name, which may leave out frames with other ids than the wanted ones: those of an EVTV
 * controller without. Only its own code is loaded.
 *
 * @param yields a UDP port that is in use stays with whom it has
 * @throws UserError when a setting that it needs is missing
 */
export function createSource(
  settings: Settings,
  wanted: readonly number[] | 'all' = evtvIds,
  yields = false,
): Promise<FrameSource> {
  return frameSources[settings.source].create(settings, wanted, yields);
}

/**
 * Finds the mistakes that would only show once the source runs, without loading it.
 *
 * @throws UserError for MQTT without a BMS ID, for a replay without a readable file and for a simulation at no speed
 */
export function checkSource(settings: Settings): void {
  checkMqtt(settings);
  if (settings.mqtt !== 'receiver') frameSources[settings.source].check?.(settings);
}

/** What reads the controller's frames as the settings say. */
export function frameDecoder({
  invertCurrent,
  invertFineCurrent,
  signedTemperatures,
  moduleBms,
}: Settings): FrameDecoder {
  return evtvUdp.decoder({ invertCurrent, invertFineCurrent, signedTemperatures, moduleBms });
}
