import { randomBytes, sign, type KeyObject } from 'node:crypto';

/** What a certificate says of its owner. */
export interface CertificateSubject {
  /** Such as `packdial`. */
  readonly name: string;
  /** Host names that it is known by. */
  readonly hosts: readonly string[];
}

const OID = {
  commonName: [2, 5, 4, 3],
  ecdsaWithSha256: [1, 2, 840, 10045, 4, 3, 2],
  basicConstraints: [2, 5, 29, 19],
  subjectAltName: [2, 5, 29, 17],
} as const;

/**
 * An X.509 v3 certificate (RFC 5280) that vouches for its own key, as PEM. It holds from 2020 to the end of the calendar: the
 * clock of a board without one of its own may be anywhere when it is made.
 */
export function selfSignedCertificate(
  { name, hosts }: CertificateSubject,
  keys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject },
): string {
  const algorithm = sequence(objectId(OID.ecdsaWithSha256));
  const issuer = sequence(
    element(0x31, sequence(objectId(OID.commonName), element(0x0c, Buffer.from(name)))),
  );
  const validity = sequence(
    // RFC 5280, 4.1.2.5: UTCTime up to 2049, and this for no well-defined end.
    element(0x17, Buffer.from('200101000000Z')),
    element(0x18, Buffer.from('99991231235959Z')),
  );
  const names = sequence(...hosts.map((host) => element(0x82, Buffer.from(host, 'latin1'))));
  const extensions = sequence(
    // A certificate authority, of itself alone: some viewers want one in the list of whom they trust.
    extension(OID.basicConstraints, sequence(element(0x01, Buffer.from([0xff])))),
    extension(OID.subjectAltName, names),
  );
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  const body = sequence(
    element(0xa0, integer(Buffer.from([2]))),
    integer(serial),
    algorithm,
    issuer,
    validity,
    issuer,
    keys.publicKey.export({ type: 'spki', format: 'der' }),
    element(0xa3, extensions),
  );
  const signature = sign('sha256', body, keys.privateKey);
  const certificate = sequence(body, algorithm, element(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const base64 = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...base64, '-----END CERTIFICATE-----', ''].join('\n');
}

function extension(id: readonly number[], value: Buffer): Buffer {
  return sequence(objectId(id), element(0x04, value));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return element(0x30, Buffer.concat(parts));
}

function integer(bytes: Buffer): Buffer {
  return element(0x02, bytes);
}

/** A DER element: its tag, its length, and what is in it. */
function element(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const long = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...(length < 0x80 ? [length] : long)]), content]);
}

function objectId([first = 0, second = 0, ...others]: readonly number[]): Buffer {
  const bytes = [first * 40 + second];
  for (const number of others) {
    const septets = [number & 0x7f];
    for (let rest = number >>> 7; rest > 0; rest >>>= 7) septets.unshift((rest & 0x7f) | 0x80);
    bytes.push(...septets);
  }
  return element(0x06, Buffer.from(bytes));
}
