import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import * as path from 'node:path';
import { TemporaryFolder } from '../../temporary-folder';
import { helperStarted } from '../helper-started';

/** A serial cable with two ends, made of pseudo terminals. */
export class SerialCable {
  private readonly folder = new TemporaryFolder();
  /** The ends, as paths of serial ports. */
  readonly near = path.join(this.folder.path, 'near');
  readonly far = path.join(this.folder.path, 'far');
  private child: ChildProcess | undefined;

  /** Plugs it in. */
  async plugIn(): Promise<void> {
    this.child = spawn('python3', [path.join(__dirname, 'pty-pair.py'), this.near, this.far], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await helperStarted(this.child);
  }

  /** Pulls it out at both ends. */
  async pullOut(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (child === undefined) return;
    child.stdin?.end('end\n');
    await once(child, 'close');
  }

  async remove(): Promise<void> {
    await this.pullOut();
    this.folder.remove();
  }
}
