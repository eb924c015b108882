/** What is wrong with the certificate that a server shows. */
export type CertificateFault = 'not yet valid' | 'expired' | 'other host' | 'self-signed' | 'unknown issuer';

const faults: Readonly<Record<string, CertificateFault>> = {
  CERT_NOT_YET_VALID: 'not yet valid',
  CERT_HAS_EXPIRED: 'expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'other host',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'unknown issuer',
  UNABLE_TO_GET_ISSUER_CERT: 'unknown issuer',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unknown issuer',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unknown issuer',
  CERT_SIGNATURE_FAILURE: 'unknown issuer',
  INVALID_CA: 'unknown issuer',
  CERT_UNTRUSTED: 'unknown issuer',
};

/** What an error of Node's TLS has against a certificate, by its code; `undefined` for any other error. */
export function certificateFault(code: string | undefined): CertificateFault | undefined {
  return code !== undefined && Object.hasOwn(faults, code) ? faults[code] : undefined;
}
