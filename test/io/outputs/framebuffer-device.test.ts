import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openFramebuffer } from '../../../src/io/outputs/framebuffer-device';
import { fileGeometry } from '../../../src/io/outputs/framebuffer-geometry';
import { UserError } from '../../../src/base/user-error';
import { folderOfEachTest } from '../../temporary-folder';

const folder = folderOfEachTest();

function complaint(path: string): string {
  try {
    openFramebuffer(path);
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return (error as UserError).message;
  }
  throw new Error(`${path} was opened`);
}

test('a regular file is an 800x480 framebuffer of RGB565 unless told otherwise', () => {
  const path = join(folder(), 'fb');
  writeFileSync(path, Buffer.alloc(800 * 480 * 2));
  expect(openFramebuffer(path).geometry).toMatchObject({ width: 800, height: 480, stride: 1600 });
  const small = fileGeometry(10, 10);
  expect(openFramebuffer(path, small).geometry).toBe(small);
});

test('a missing framebuffer is not created', () => {
  const path = join(folder(), 'fb7');
  const message = `There is no framebuffer ${path}: connect the display and load its driver, name another with --framebuffer, or see the display in a browser with --headless.`;
  expect(complaint(path)).toBe(message);
  expect(complaint(path)).toBe(message);
});

test('a directory, a pipe and a device of another kind are named for what they are', () => {
  expect(complaint(folder())).toContain(`${folder()} is a directory: `);
  const pipe = join(folder(), 'pipe');
  execFileSync('mkfifo', [pipe]);
  expect(complaint(pipe)).toContain(`${pipe} is a pipe: `);
  expect(complaint('/dev/null')).toContain('/dev/null is a device but not a framebuffer');
});

test('a file that is too small is told how large to be', () => {
  const path = join(folder(), 'fb');
  writeFileSync(path, Buffer.alloc(767_999));
  expect(complaint(path)).toBe(
    `${path} holds 767999 bytes, but 800x480 pixels of 2 bytes (16 bits) need 768000: make it so with truncate -s 768000 ${path}.`,
  );
});

test('a geometry that contradicts itself is refused', () => {
  const path = join(folder(), 'fb');
  writeFileSync(path, Buffer.alloc(10_000));
  const small = fileGeometry(10, 10);
  expect(() => openFramebuffer(path, { ...small, stride: 18 })).toThrow(/a line needs at least 20 bytes/);
  expect(() => openFramebuffer(path, { ...small, stride: 21 })).toThrow(UserError);
  expect(() => openFramebuffer(path, { ...small, width: 0 })).toThrow(UserError);
  expect(() => openFramebuffer(path, { ...small, height: 1.5 })).toThrow(UserError);
});

test('a file that may not be written is said to be so', () => {
  const path = join(folder(), 'fb');
  writeFileSync(path, Buffer.alloc(768_000));
  chmodSync(path, 0o444);
  chmodSync(folder(), 0o755);
  const root = process.geteuid?.() === 0;
  // Root may write everything, so it becomes nobody for a moment.
  if (root) process.seteuid?.(65534);
  try {
    expect(complaint(path)).toBe(
      `${path} may not be written by this user: add the user to the group video, run as root, or see the display in a browser with --headless.`,
    );
  } finally {
    if (root) process.seteuid?.(0);
  }
});
