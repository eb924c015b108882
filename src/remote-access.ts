import type { Display } from './display';
import type { Output } from './io/outputs/output';
import { RfbServer } from './io/outputs/rfb/rfb-server';
import type { Log } from './log';
import type { Surface } from './render/surface';
import type { Settings } from './settings';

/** What seeing and touching the display from elsewhere needs of the program. */
export interface RemoteAccessParts {
  readonly surface: Pick<Surface, 'canvas'>;
  readonly display: Pick<Display, 'draw' | 'pointer' | 'key'>;
  /** Where the picture is shown: the server is added. */
  readonly outputs: Output[];
  readonly log: Pick<Log, 'info' | 'warn'>;
}

/**
 * Lets viewers see the picture and touch it. What they touch acts at once, also while the panel is dark: they see it. It does
 * not light the panel, where nobody may be.
 */
export function openRemoteAccess(
  settings: Settings,
  { surface, display, outputs }: RemoteAccessParts,
): RfbServer {
  const server = new RfbServer({
    picture: surface.canvas,
    passwords: { control: settings.remotePassword, view: settings.remoteViewPassword },
    draw: () => void display.draw(),
    pointer: (event) => display.pointer(event),
    key: (event) => display.key(event),
  });
  outputs.push(server);
  return server;
}
