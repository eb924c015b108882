import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createSecureContext, TLSSocket, type SecureContext } from 'node:tls';
import type { OwnCertificate } from './own-certificate';

/**
 * Ciphers without a certificate, as VeNCrypt's TLS types want them. Nothing of the kind is in TLS 1.3. The first is what GnuTLS
 * in TigerVNC and gtk-vnc agrees to.
 */
const anonymous = 'ADH-AES256-GCM-SHA384:ADH-AES128-GCM-SHA256:AECDH-AES256-SHA:AECDH-AES128-SHA:@SECLEVEL=0';

/** How the two kinds of encryption are done; made when first asked for. */
export class TlsContexts {
  private withoutOne: SecureContext | undefined;
  private withOne: Promise<SecureContext> | undefined;

  /** @param certificate `undefined` where none is to be shown */
  constructor(private readonly certificate: (() => Promise<OwnCertificate>) | undefined) {}

  /** True when viewers can find out with whom they speak. */
  get showsCertificate(): boolean {
    return this.certificate !== undefined;
  }

  /** Nobody can listen, but neither side knows who the other is. */
  anonymous(): SecureContext {
    this.withoutOne ??= createSecureContext({
      ciphers: anonymous,
      minVersion: 'TLSv1.2',
      maxVersion: 'TLSv1.2',
      dhparam: 'auto',
    });
    return this.withoutOne;
  }

  /** The viewer sees a certificate that it may know already. */
  certified(): Promise<SecureContext> {
    this.withOne ??= this.makeCertified();
    return this.withOne;
  }

  private async makeCertified(): Promise<SecureContext> {
    if (this.certificate === undefined) throw new Error('no certificate');
    const { key, certificate } = await this.certificate();
    return createSecureContext({ key, cert: certificate, minVersion: 'TLSv1.2' });
  }
}

/** Goes on encrypted. @throws an Error when the viewer does not get as far as that */
export function encrypted(stream: Socket, secureContext: SecureContext): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const tls = new TLSSocket(stream, { isServer: true, secureContext, requestCert: false });
    const failed = (): void => reject(new Error('TLS failed'));
    tls.once('error', failed);
    tls.once('close', failed);
    tls.once('secure', () => {
      tls.off('error', failed);
      tls.off('close', failed);
      resolve(tls);
    });
    // Whatever comes later shows by the end of the stream.
    tls.on('error', () => undefined);
  });
}
