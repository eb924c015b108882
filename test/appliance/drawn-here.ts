import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fromPng, part, type Picture } from './machine/picture';

/** What packdial draws of a screen here, on this machine, where nothing was received yet (800x480). */
export function drawnHere(screen: string): Picture {
  const folder = mkdtempSync(join(tmpdir(), 'packdial-reference-'));
  const file = join(folder, `${screen}.png`);
  try {
    const program = resolve(__dirname, '../../dist/packdial.js');
    const made = spawnSync(process.execPath, [program, 'snapshot', '--screen', screen, '--out', file]);
    expect(made.status).toBe(0);
    return fromPng(readFileSync(file));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A screen's own part of the head: its title, and neither clock nor state of the source. */
export function head(picture: Picture): Picture {
  return part(picture, 96, 10, 330, 36);
}

/** The dial of a main screen, of which nothing is anywhere else. */
export function dial(picture: Picture): Picture {
  return part(picture, 345, 80, 780, 400);
}

/** The choices of the welcome: what stands above them is each machine's own. */
export function choices(picture: Picture): Picture {
  return part(picture, 12, 186, 788, 396);
}
