import type { FrameDecoder } from '../../devices/device-type';
import { evtvDecoder } from '../../devices/evtv/decoder';
import type { FrameSource } from '../../io/sources/frame-source';
import { checkMqtt } from '../../settings/mqtt-settings';
import type { Settings } from '../../settings/settings';
import { frameSources } from './frame-sources';

/**
 * The source of frames that the settings name, which may leave out what does not come from a battery unless `all` is wanted. Only
 * its own code is loaded.
 *
 * @param yields a UDP port that is in use stays with whom it has
 * @throws UserError when a setting that it needs is missing
 */
export function createSource(
  settings: Settings,
  wanted: 'battery' | 'all' = 'battery',
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
export function frameDecoder(settings: Settings): FrameDecoder {
  return evtvDecoder({
    invertCurrent150: settings.invertCurrent,
    invert151: settings.invertFineCurrent,
    signedTemperatures: settings.signedTemperatures,
  });
}
