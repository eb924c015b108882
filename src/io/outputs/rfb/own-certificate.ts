import { createPrivateKey, createPublicKey, generateKeyPair, X509Certificate } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { writingFailureWords } from '../../../base/failure-words';
import { selfSignedCertificate } from '../../../protocol/self-signed-certificate';

/** A key and the certificate of it, as PEM. */
export interface OwnCertificate {
  readonly key: string;
  readonly certificate: string;
}

/**
 * The display's own certificate: the one in the file, or else a new one, which is then kept there, for nobody else to read.
 * Viewers remember it, so it must not change with every start.
 *
 * @param kept told when it can't be written: then it is another one after the next start
 */
export async function ownCertificate(file: string, kept: (problem: string) => void): Promise<OwnCertificate> {
  const found = await readFile(file, 'utf8').then(parse, () => undefined);
  if (found !== undefined) return found;
  const keys = await promisify(generateKeyPair)('ec', { namedCurve: 'P-256' });
  const host = hostname().replace(/[^\w.-]/g, '');
  const hosts = ['packdial', 'localhost', ...(host === '' ? [] : [host, `${host}.local`])];
  const made = {
    key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: selfSignedCertificate({ name: 'packdial', hosts }, keys),
  };
  await keep(file, made.key + made.certificate).catch((error: unknown) => {
    kept(writingFailureWords(error));
  });
  return made;
}

/** `undefined` for what is no pair of both, such as a file that was cut off. */
function parse(text: string): OwnCertificate | undefined {
  const key = /-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----\n/.exec(text)?.[0];
  const certificate = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n/.exec(text)?.[0];
  if (key === undefined || certificate === undefined) return undefined;
  try {
    const pair = new X509Certificate(certificate).verify(createPublicKey(createPrivateKey(key)));
    return pair ? { key, certificate } : undefined;
  } catch {
    return undefined;
  }
}

/** There is the whole file or none, whenever the power is cut. */
async function keep(file: string, content: string): Promise<void> {
  const fresh = `${file}.new`;
  await rm(fresh, { force: true });
  const handle = await open(fresh, 'wx', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(fresh, file);
  const folder = await open(dirname(file), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
