import { X509Certificate, createPrivateKey, type KeyObject } from 'node:crypto';
import { isPlausible } from '../../base/clock';

/** The names that the files must have on the stick (EVTV manual v1.21), and one more for brokers with an authority of their own. */
export const brokerFileNames = {
  url: 'aws_url',
  cert: 'aws_cert.pem.crt',
  key: 'aws_privkey.pem.key',
  ca: 'aws_ca.pem.crt',
} as const;

/** Bytes that a file may have. */
export const brokerFileLimits = { url: 255, cert: 65_536, key: 65_536, ca: 65_536 } as const;

/** The files as they were read. */
export type BrokerFiles = {
  readonly url: string;
  readonly cert: string;
  readonly key: string;
  readonly ca?: string;
};

/** A broker and what to show there. */
export interface BrokerSet {
  /** Host name or address, with `:port` where it is not 8883. */
  readonly host: string;
  readonly cert: string;
  readonly key: string;
  readonly ca?: string;
}

/** Why files can't be used: one sentence without a full stop. */
export class BrokerFilesError extends Error {
  override readonly name = 'BrokerFilesError';
}

const hostPattern =
  /^(?=.{1,253}(:|$))([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*\.?(:([1-9]\d{0,4}))?$/i;

/**
 * Looks whether files from a stick belong together and can be used now.
 *
 * @returns the set, and a sentence where something about it is worth knowing; else empty
 * @throws BrokerFilesError
 */
export function checkBrokerFiles(
  files: BrokerFiles,
  wall: Date,
): { readonly set: BrokerSet; readonly remark: string } {
  const host = hostIn(files.url);
  const cert = certificate(files.cert, brokerFileNames.cert);
  const key = privateKey(files.key);
  if (!cert.checkPrivateKey(key)) {
    throw new BrokerFilesError(
      `${brokerFileNames.key} is not the key of ${brokerFileNames.cert}: download both anew, together`,
    );
  }
  if (files.ca !== undefined) certificate(files.ca, brokerFileNames.ca);
  const { cert: certText, key: keyText, ca } = files;
  return {
    set: { host, cert: certText, key: keyText, ...(ca !== undefined && { ca }) },
    remark: datesRemark(cert, wall),
  };
}

function hostIn(text: string): string {
  // An editor's mark at the start and its line end at the end are no part of the name.
  const [line = '', ...more] = text
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split(/\r?\n/);
  const host = line.trim();
  if (more.length > 0) {
    throw new BrokerFilesError(
      `${brokerFileNames.url} has more than one line: it must hold the broker's host name alone`,
    );
  }
  const port = Number(hostPattern.exec(host)?.[6] ?? 1);
  if (hostPattern.test(host) && port <= 65535) return host;
  throw new BrokerFilesError(
    `${brokerFileNames.url} holds no host name: its one line must be such as abc-ats.iot.eu-west-1.amazonaws.com`,
  );
}

function certificate(pem: string, name: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw new BrokerFilesError(`${name} is no certificate in PEM format: download it anew`);
  }
}

function privateKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch (error) {
    const locked = /passphrase|password|ENCRYPTED/i.test(`${(error as Error).message} ${pem.slice(0, 400)}`);
    throw new BrokerFilesError(
      locked
        ? `${brokerFileNames.key} is locked with a password: bring one without`
        : `${brokerFileNames.key} is no private key in PEM format: download it anew`,
    );
  }
}

/** @throws BrokerFilesError for one that has expired, as far as it is known what day it is */
function datesRemark(cert: X509Certificate, wall: Date): string {
  const [from, to] = [new Date(cert.validFrom), new Date(cert.validTo)];
  const day = (date: Date): string => date.toISOString().slice(0, 10);
  if (!isPlausible(wall)) {
    return `Whether the certificate is valid can't be said before this machine knows the time (its clock says ${day(wall)})`;
  }
  if (wall > to) {
    throw new BrokerFilesError(
      `${brokerFileNames.cert} has expired on ${day(to)} (it is ${day(wall)} here): make a new one`,
    );
  }
  if (wall < from) {
    return `The certificate is not valid before ${day(from)}, and this machine's clock says ${day(wall)}: is it right?`;
  }
  return '';
}

/** Such as `2049-12-31`: the last day of a set's certificate. Empty where it can't be read. */
export function validUntil({ cert }: Pick<BrokerSet, 'cert'>): string {
  try {
    return new Date(new X509Certificate(cert).validTo).toISOString().slice(0, 10);
  } catch {
    return '';
  }
}
