import { createCipheriv } from 'node:crypto';

/** Bytes of the challenge and of the answer (RFC 6143, 7.2.2). */
export const challengeLength = 16;
/** Characters of a password that count. */
export const vncPasswordLength = 8;

/**
 * What a viewer that has the password answers to a challenge: it, enciphered with DES. The key is the password with the bits of
 * every byte in reverse order, as the first VNC happened to have it.
 */
export function vncResponse(challenge: Buffer, password: string): Buffer {
  const key = Buffer.alloc(vncPasswordLength);
  Buffer.from(password, 'utf8').copy(key);
  for (let i = 0; i < key.length; i++) key[i] = reversed(key[i] ?? 0);
  // Plain DES is not in OpenSSL 3 without its legacy provider; three times with one key it is the same.
  const cipher = createCipheriv('des-ede3-ecb', Buffer.concat([key, key, key]), null).setAutoPadding(false);
  return Buffer.concat([cipher.update(challenge), cipher.final()]);
}

function reversed(byte: number): number {
  let turned = 0;
  for (let bit = 0; bit < 8; bit++) if ((byte & (1 << bit)) !== 0) turned |= 0x80 >> bit;
  return turned;
}
