import { createPublicKey, type KeyObject } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { errorCode } from '../base/error-code';
import { UserError } from '../base/user-error';

/** Where `make install KEY=…` puts the public key that releases are checked with. */
export const usualReleaseKey = '/etc/packdial/release.pub';

/** How a key gets there, for messages. */
const remedy = 'sudo make install KEY=release.pub installs one';

/**
 * Reads the public key of releases. Its folder is the display's, so that the display could put another file in its place:
 * only a regular file of `owner` that nobody else may write counts, which the display can't make.
 *
 * @param owner user id: root's, but in tests
 * @throws UserError when there is none, or none that counts
 */
export function readReleaseKey(path: string, owner = 0): KeyObject {
  let fd: number;
  try {
    fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT')
      throw new UserError(`There is no key to check releases with (${path}): ${remedy}.`);
    throw new UserError(`The key to check releases with can't be read (${path}, ${code}).`);
  }
  try {
    const { mode, uid } = fstatSync(fd);
    const isRegular = (mode & constants.S_IFMT) === constants.S_IFREG;
    if (!isRegular || uid !== owner || (mode & 0o022) !== 0) {
      throw new UserError(
        `The key to check releases with (${path}) could be anybody's, as it is not a file that only root can write: ${remedy}.`,
      );
    }
    return publicKey(readFileSync(fd, 'utf8'), path);
  } finally {
    closeSync(fd);
  }
}

function publicKey(pem: string, path: string): KeyObject {
  try {
    // Of a private key Node would make the public one; it has no business on a display.
    if (!pem.trimStart().startsWith('-----BEGIN PUBLIC KEY-----')) throw new Error('no public key');
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Told below.
  }
  throw new UserError(`The key to check releases with (${path}) is not an ed25519 public key: ${remedy}.`);
}
