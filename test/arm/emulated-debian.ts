import { copyFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { version } from '../../package.json';
import { BareDebian } from '../newcomer/bare-debian';

/** The package that `make deb ARCH=arm64` has made. */
export const packageFile = resolve(__dirname, `../../release/packdial_${version}_arm64.deb`);

/**
 * A bare Debian for arm64 with the package in root's home, as `packdial.deb`. What debootstrap makes, which is emulated and takes
 * minutes, is kept in the folder for temporary files and used again.
 *
 * @param suite Debian's name for the version
 */
export function emulatedDebian(suite: string): BareDebian {
  const kept = join(tmpdir(), `packdial-arm64-${suite}`);
  const debian = new BareDebian(suite, 'root', { arch: 'arm64', kept });
  copyFileSync(packageFile, debian.path('root/packdial.deb'));
  return debian;
}

/** The command that installs it there; the lists of what is fetched may have become old since the Debian was made. */
export const aptInstall = (...more: readonly string[]): string =>
  ['apt-get update && apt-get --yes --no-install-recommends install /root/packdial.deb', ...more].join(' ');

/** Does something and prints how long it took. */
export async function measured<T>(what: string, act: () => T | Promise<T>): Promise<T> {
  const begin = performance.now();
  const result = await act();
  process.stdout.write(`arm64: ${what} took ${((performance.now() - begin) / 1000).toFixed(0)} s\n`);
  return result;
}
