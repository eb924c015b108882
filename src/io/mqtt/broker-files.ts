import { X509Certificate, createPrivateKey, type KeyObject } from 'node:crypto';
import { isPlausible } from '../../base/clock';
import type { BrokerFilesRemark, BrokerFilesTrouble } from '../../model/broker-files-reports';

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

/** Files can't be used; the report tells why. */
export class BrokerFilesError extends Error {
  override readonly name = 'BrokerFilesError';

  constructor(readonly report: BrokerFilesTrouble) {
    super(report.code);
  }
}

const hostPattern =
  /^(?=.{1,253}(:|$))([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*\.?(:([1-9]\d{0,4}))?$/i;

/**
 * Looks whether files from a stick belong together and can be used now.
 *
 * @returns the set, and a remark where something about it is worth knowing
 * @throws BrokerFilesError
 */
export function checkBrokerFiles(
  files: BrokerFiles,
  wall: Date,
): { readonly set: BrokerSet; readonly remark: BrokerFilesRemark | undefined } {
  const host = hostIn(files.url);
  const cert = certificate(files.cert, brokerFileNames.cert);
  const key = privateKey(files.key);
  if (!cert.checkPrivateKey(key)) {
    const { key: file, cert: of } = brokerFileNames;
    throw new BrokerFilesError({ code: 'file-other-key', values: { file, certificate: of } });
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
    throw new BrokerFilesError({ code: 'file-several-lines', values: { file: brokerFileNames.url } });
  }
  const port = Number(hostPattern.exec(host)?.[6] ?? 1);
  if (hostPattern.test(host) && port <= 65535) return host;
  throw new BrokerFilesError({ code: 'file-no-host', values: { file: brokerFileNames.url } });
}

function certificate(pem: string, file: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw new BrokerFilesError({ code: 'file-no-certificate', values: { file } });
  }
}

function privateKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch (error) {
    const locked = /passphrase|password|ENCRYPTED/i.test(`${(error as Error).message} ${pem.slice(0, 400)}`);
    const values = { file: brokerFileNames.key };
    throw new BrokerFilesError({ code: locked ? 'file-locked-key' : 'file-no-key', values });
  }
}

/** @throws BrokerFilesError for one that has expired, as far as it is known what day it is */
function datesRemark(cert: X509Certificate, wall: Date): BrokerFilesRemark | undefined {
  const [from, to] = [new Date(cert.validFrom), new Date(cert.validTo)];
  const day = (date: Date): string => date.toISOString().slice(0, 10);
  const today = day(wall);
  if (!isPlausible(wall)) return { code: 'dates-unchecked', values: { today } };
  if (wall > to) {
    const values = { file: brokerFileNames.cert, until: day(to), today };
    throw new BrokerFilesError({ code: 'file-expired', values });
  }
  return wall < from ? { code: 'dates-ahead', values: { from: day(from), today } } : undefined;
}

/** Such as `2049-12-31`: the last day of a set's certificate. Empty where it can't be read. */
export function validUntil({ cert }: Pick<BrokerSet, 'cert'>): string {
  try {
    return new Date(new X509Certificate(cert).validTo).toISOString().slice(0, 10);
  } catch {
    return '';
  }
}
