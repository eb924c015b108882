import { accessSync, constants } from 'node:fs';
import { systemClock } from '../../base/clock';
import type { FrameSource } from '../../io/sources/frame-source';
import { unreadableLog } from '../../io/sources/unreadable-log';
import type { EvtvOptions } from '../../protocol/evtv-messages';
import { checkMqtt } from '../../settings/mqtt-settings';
import type { Settings } from '../../settings/settings';
import { UserError } from '../../base/user-error';

/**
 * The source that the settings ask for, which may leave out what does not come from a battery unless `all` is wanted. Only
 * its own code is loaded.
 *
 * @param yields a UDP port that is in use stays with whom it has
 * @throws UserError when a setting that it needs is missing
 */
export async function createSource(
  settings: Settings,
  wanted: 'battery' | 'all' = 'battery',
  yields = false,
): Promise<FrameSource> {
  // Who wants all that is on the wire wants the wire.
  if (settings.mqtt === 'receiver' && wanted === 'battery') {
    const { receiveOnly } = await import('../mqtt/mqtt-exchange');
    return receiveOnly(settings, systemClock, undefined);
  }
  switch (settings.source) {
    case 'udp': {
      const { UdpSource } = await import('../../io/sources/udp-source');
      return new UdpSource({ port: settings.port, lenient: settings.lenient, yields });
    }
    case 'can': {
      const { SocketCanSource } = await import('../../io/sources/socketcan-source');
      return new SocketCanSource({
        interfaceName: settings.interface,
        ...(wanted === 'all' && { ids: 'all' }),
      });
    }
    case 'slcan': {
      const { SlcanSource } = await import('../../io/sources/slcan-source');
      return new SlcanSource({ device: settings.serial, bitRate: settings.bitrate });
    }
    case 'simulate': {
      const { SimulateSource } = await import('../../io/sources/simulate-source');
      return new SimulateSource({
        modules: settings.modules,
        seed: settings.seed,
        speed: simulatedSpeed(settings),
        finePower: settings.fine,
      });
    }
    case 'replay': {
      const { ReplaySource } = await import('../../io/sources/replay-source');
      return new ReplaySource({ file: replayFile(settings), speed: settings.speed, loop: settings.loop });
    }
  }
}

/**
 * Finds the mistakes that would only show once the source runs, without loading it.
 *
 * @throws UserError for MQTT without a BMS ID, for a replay without a readable file and for a simulation at no speed
 */
export function checkSource(settings: Settings): void {
  checkMqtt(settings);
  if (settings.mqtt === 'receiver') return;
  if (settings.source === 'simulate') simulatedSpeed(settings);
  if (settings.source !== 'replay') return;
  const file = replayFile(settings);
  try {
    accessSync(file, constants.R_OK);
  } catch (error) {
    throw unreadableLog(file, error);
  }
}

/** How the controller's messages are to be read. */
export function evtvOptions(settings: Settings): EvtvOptions {
  return {
    invertCurrent150: settings.invertCurrent,
    invert151: settings.invertFineCurrent,
    signedTemperatures: settings.signedTemperatures,
  };
}

/** @throws UserError for a speed of 0, at which no simulated time would pass */
export function simulatedSpeed({ speed }: Settings): number {
  if (speed > 0) return speed;
  throw new UserError('--speed is 0, which only a replay can do; give the simulation a number above 0.');
}

/** @throws UserError when no file is named */
export function replayFile({ file }: Settings): string {
  if (file === '') throw new UserError('--source replay needs a log to play: name one with --file.');
  return file;
}
