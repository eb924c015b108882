import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TemporaryFolder } from '../../temporary-folder';

/** A D-Bus for one test, by the same dbus-daemon as the machine's. */
export class PrivateBus {
  private readonly folder = new TemporaryFolder();
  private readonly socket = join(this.folder.path, 'bus');
  /** Where clients find it. */
  readonly address = `unix:path=${this.socket}`;
  private daemon: ChildProcess | undefined;

  /** @throws Error when dbus-daemon does not start */
  async start(): Promise<void> {
    const config = join(this.folder.path, 'bus.conf');
    writeFileSync(
      config,
      `<busconfig><type>session</type><listen>${this.address}</listen><auth>EXTERNAL</auth><policy context="default">
       <allow own="*"/><allow send_destination="*"/><allow receive_sender="*"/></policy></busconfig>`,
    );
    rmSync(this.socket, { force: true });
    this.daemon = spawn('dbus-daemon', [`--config-file=${config}`, '--nofork', '--print-address'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const failed = once(this.daemon, 'exit').then(() => {
      throw new Error('dbus-daemon has ended instead of starting');
    });
    await Promise.race([once(this.daemon.stdout!, 'data'), failed]);
    failed.catch(() => undefined);
  }

  /** Ends it at once, and with it all connections. */
  async stop(): Promise<void> {
    const { daemon } = this;
    this.daemon = undefined;
    if (daemon === undefined || daemon.exitCode !== null) return;
    daemon.kill('SIGKILL');
    await once(daemon, 'exit');
    rmSync(this.socket, { force: true });
  }

  async remove(): Promise<void> {
    await this.stop();
    this.folder.remove();
  }
}
