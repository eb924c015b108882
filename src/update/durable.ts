import { closeSync, fsyncSync, openSync, renameSync, rmSync, symlinkSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Replaces a file as a whole: after a power cut there is the old one or the new one. The disk has it when this returns.
 *
 * @throws Error of the file system; the old one is then still there
 */
export function replaceFile(path: string, content: string): void {
  const fresh = `${path}.new`;
  rmSync(fresh, { force: true });
  const fd = openSync(fresh, 'wx', 0o644);
  try {
    writeSync(fd, content);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  moveOver(fresh, path);
}

/** Makes a symbolic link lead elsewhere by one rename: it leads to the old place or the new one, never nowhere. */
export function replaceLink(path: string, target: string): void {
  const fresh = `${path}.new`;
  rmSync(fresh, { force: true });
  symlinkSync(target, fresh);
  moveOver(fresh, path);
}

/** Renames, and waits until the disk has both folders. */
export function moveOver(from: string, to: string): void {
  renameSync(from, to);
  syncFolder(dirname(to));
  if (dirname(from) !== dirname(to)) syncFolder(dirname(from));
}

/** Waits until the disk has the names in a folder. */
export function syncFolder(path: string): void {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
