import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../base/clock';
import { dataDir } from '../../settings/data-dir';
import type { Display } from '../../display';
import type { Output } from '../../io/outputs/output';
import { ownCertificate, type OwnCertificate } from '../../io/outputs/rfb/own-certificate';
import { RfbListener } from '../../io/outputs/rfb/rfb-listener';
import { RfbServer } from '../../io/outputs/rfb/rfb-server';
import type { Log } from '../../logging/log';
import type { Surface } from '../../render/surface';
import { vncWanted } from '../../settings/remote-settings';
import type { Settings } from '../../settings/settings';
import { vncText } from '../../words/en';

/** What seeing and touching the display from elsewhere needs of the program. */
export interface RemoteAccessParts {
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly surface: Pick<Surface, 'canvas'>;
  readonly display: Pick<Display, 'draw' | 'pointer' | 'key'>;
  /** Where the picture is shown: the server is added. */
  readonly outputs: Output[];
  readonly log: Pick<Log, 'info' | 'warn'>;
  /** Something that the screens say of it is different. */
  readonly changed: () => void;
}

/** The remote screen while it runs. */
export interface RemoteAccess {
  /** Takes streams of others, such as the web page's. */
  readonly server: RfbServer;
  /** One sentence on how VNC is. */
  readonly text: string;
  /** Waits for no more viewers; those who look on are sent away when the outputs are closed. */
  close(): void;
}

/**
 * Lets viewers see the picture and touch it. What they touch acts at once, also while the panel is dark: they see it. It does
 * not light the panel, before which nobody may be, and does not keep it lit.
 */
export function openRemoteAccess(settings: Settings, parts: RemoteAccessParts): RemoteAccess {
  const { clock, surface, display, outputs, log, changed } = parts;
  const server = new RfbServer({
    clock,
    picture: surface.canvas,
    name: `packdial on ${hostname()}`,
    passwords: { control: settings.remotePassword, view: settings.remoteViewPassword },
    // Not before a viewer wants it: it takes a moment and a write to the disk.
    ...(settings.vncCertificate && { certificate: () => certificateOf(settings, log) }),
    draw: () => void display.draw(),
    pointer: (event) => display.pointer(event),
    key: (event) => display.key(event),
    say: (text) => {
      log.info(text);
      changed();
    },
  });
  outputs.push(server);
  if (!vncWanted(settings)) return { server, text: 'Off', close: () => undefined };
  if (server.passwords.alike) {
    log.warn(
      'Both remote passwords begin with the same 8 characters, which is all that simple VNC viewers send: with either, those may only look',
    );
  }
  let state = 'Starting';
  const listener = new RfbListener({
    port: settings.vncPort,
    address: settings.vncListen,
    serve: (stream, peer) => server.serve(stream, peer),
    status: (report) => {
      state = vncText(report);
      log[report.code === 'vnc-failed' ? 'warn' : 'info'](state);
      changed();
    },
  });
  return {
    server,
    get text() {
      const { viewers } = server;
      return viewers === 0 ? state : `${state}, ${viewers} ${viewers === 1 ? 'looks' : 'look'} on`;
    },
    close: () => listener.close(),
  };
}

function certificateOf(settings: Settings, log: Pick<Log, 'warn'>): Promise<OwnCertificate> {
  return ownCertificate(join(dataDir(settings), 'remote-identity.pem'), (problem) =>
    log.warn(
      `The certificate for VNC viewers can't be kept (${problem}): it is another one after the next start`,
    ),
  );
}
