import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../src/base/clock';
import { Display } from '../../src/display';
import type { KeyEvent } from '../../src/io/inputs/key-event';
import type { PointerEvent } from '../../src/io/inputs/pointer-event';
import type { Output } from '../../src/io/outputs/output';
import { vncResponse } from '../../src/protocol/vnc-authentication';
import { openRemoteAccess, type RemoteAccess } from '../../src/features/remote/remote-access';
import { Surface } from '../../src/render/surface';
import { dayPalette } from '../../src/render/theme';
import { freeTcpPort } from '../commands/packdial';
import { resolveSettings } from '../../src/settings/resolve-settings';
import { createNavigator } from '../../src/screens/all-screens';
import type { Navigator } from '../../src/screens/navigator';
import { desk, type Desk } from '../screens/config/config-stories';
import { heardAt, placeOf, root, surroundings, tell } from '../screens/stories';

/** A display that stands still, so that pictures can be compared, and answers touches and keys. */
export class RemoteDisplay {
  readonly surface = new Surface(800, 480);
  readonly outputs: Output[] = [];
  readonly settings: Desk = desk({ values: { source: 'udp' } });
  readonly pointers: PointerEvent[] = [];
  readonly keys: KeyEvent[] = [];
  readonly said: string[] = [];
  readonly folder = mkdtempSync(join(tmpdir(), 'packdial-remote-'));
  readonly navigator: Navigator;
  readonly display: Display;
  readonly remote: RemoteAccess;

  /** @param values settings beside those of every test */
  static async open(values: Readonly<Record<string, unknown>> = {}): Promise<RemoteDisplay> {
    return new RemoteDisplay(await freeTcpPort(), values);
  }

  private constructor(
    readonly port: number,
    values: Readonly<Record<string, unknown>>,
  ) {
    const { surface, outputs, folder } = this;
    this.navigator = createNavigator(
      tell({ modules: 16, current: 123.4, voltage: 48.2, stateOfCharge: 66 }),
      {
        width: 800,
        height: 480,
        root,
        palette: dayPalette,
        powerScale: 10,
        animate: false,
        config: { editor: this.settings.editor, wired: false },
      },
    );
    const clock: Clock = { monotonic: () => heardAt + performance.now(), wall: () => new Date() };
    const display = new Display({
      clock,
      surface,
      navigator: this.navigator,
      outputs,
      surroundings: () => surroundings(0),
    });
    this.display = display;
    display.draw();
    const all = {
      remotePassword: 'opensesame',
      remoteViewPassword: 'justlook',
      vncPort: port,
      vncListen: '127.0.0.1',
      dataDir: folder,
      ...values,
    };
    this.remote = openRemoteAccess(resolveSettings([{ values: all, describe: (name) => name }]), {
      clock,
      surface,
      outputs,
      display: {
        draw: () => display.draw(),
        pointer: (event) => {
          this.pointers.push(event);
          display.pointer(event);
        },
        key: (event) => {
          this.keys.push(event);
          display.key(event);
        },
      },
      log: { info: (text) => this.said.push(text), warn: (text) => this.said.push(text) },
      changed: () => undefined,
    });
  }

  /** A file with a password as TigerVNC's `-PasswordFile` wants it. */
  passwordFile(password = 'opensesame'): string {
    const path = join(this.folder, 'password');
    // The key that is in every VNC's vncauth.c; enciphered with it is what `vncpasswd` writes.
    const key = String.fromCharCode(23, 82, 107, 6, 35, 78, 88, 7);
    const plain = Buffer.alloc(8);
    plain.write(password);
    writeFileSync(path, vncResponse(plain, key));
    return path;
  }

  /** The picture as words of 0x00RRGGBB. */
  words(): Uint32Array {
    const { data } = this.surface.canvas.getContext('2d').getImageData(0, 0, 800, 480);
    return Uint32Array.from({ length: 800 * 480 }, (_, i) => {
      return (data[4 * i]! << 16) | (data[4 * i + 1]! << 8) | data[4 * i + 2]!;
    });
  }

  /** The middle of what can be touched under a name on the screen that is shown. */
  place(name: string): { x: number; y: number } {
    return placeOf(this.navigator.targets, name);
  }

  close(): void {
    this.display.stop();
    this.remote.close();
    for (const output of this.outputs) output.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
