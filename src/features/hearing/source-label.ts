import { slcanLabel } from '../../io/sources/slcan-label';
import type { Settings } from '../../settings/settings';

/** Two words for the status strip that name a way in for frames, such as `UDP 6500`, before it has said anything itself. */
export function sourceLabel(settings: Pick<Settings, 'source' | 'port' | 'interface' | 'serial'>): string {
  switch (settings.source) {
    case 'udp':
      return `UDP ${settings.port}`;
    case 'can':
      return `CAN ${settings.interface}`;
    case 'slcan':
      return slcanLabel(settings.serial);
    case 'simulate':
      return 'SIMULATED';
    case 'replay':
      return 'REPLAY';
  }
}
