import { certificateFault } from '../../base/certificate-fault';
import type { BrokerTrouble } from '../../model/broker-reports';

/** What has to be known to judge a failure. */
export interface BrokerContext {
  /** Name or address of the broker, and its port. */
  readonly host: string;
  readonly port: number;
  readonly encrypted: boolean;
  /** An authority of the owner's own is set. */
  readonly ownCa: boolean;
  readonly withCertificate: boolean;
  readonly withUser: boolean;
  /** What time it is here; a machine without a clock of its own may be wrong by years. */
  readonly wall: Date;
  /** It can be that time at all. */
  readonly plausible: boolean;
}

/** An error as it comes from the system, from TLS or from the MQTT package. */
export interface BrokerFailure {
  readonly code?: string | number;
  readonly message: string;
  /** What this side has found: the connection ended without a reason, or two clients push each other out. */
  readonly found?: 'closed' | 'id in use';
  /** It ended while the broker was to answer this, about that topic. */
  readonly unanswered?: 'publish' | 'subscribe';
  readonly topic?: string;
  /** Where the broker says that another one is. */
  readonly elsewhere?: string;
}

/** What a failure means. */
export function brokerTrouble(failure: BrokerFailure, context: BrokerContext): BrokerTrouble {
  const { code, found } = failure;
  if (found === 'id in use') return { code: 'client-id-in-use', values: { host: context.host } };
  if (typeof code === 'number') return refusal(failure, code, context);
  return (
    networkTrouble(code, context) ??
    serverCertificate(code, context) ??
    clientCertificate(failure, context) ??
    otherTrouble(failure, context)
  );
}

function networkTrouble(code: string | undefined, context: BrokerContext): BrokerTrouble | undefined {
  const { host, port } = context;
  switch (code) {
    case 'ENOTFOUND':
      return { code: 'broker-name-unknown', values: { host } };
    case 'EAI_AGAIN':
      return { code: 'broker-name-lookup', values: { host } };
    case 'ENETUNREACH':
    case 'EHOSTUNREACH':
    case 'EHOSTDOWN':
    case 'EADDRNOTAVAIL':
      return { code: 'broker-no-route', values: { host } };
    case 'ETIMEDOUT':
      return { code: 'broker-no-answer', values: { host } };
    case 'ECONNREFUSED':
      return { code: 'broker-not-listening', values: { host, port } };
    case undefined:
    default:
      return undefined;
  }
}

/** The broker's certificate is not believed here. */
function serverCertificate(code: string | undefined, context: BrokerContext): BrokerTrouble | undefined {
  const { host, ownCa, wall, plausible } = context;
  const today = wall.toISOString().slice(0, 10);
  switch (certificateFault(code)) {
    case 'not yet valid':
      return { code: 'certificate-not-yet-valid', values: { host, today, plausible } };
    case 'expired':
      return { code: 'certificate-expired', values: { host, today } };
    case 'other host':
      return { code: 'certificate-other-host', values: { host } };
    case 'self-signed':
    case 'unknown issuer':
      return { code: 'certificate-unknown-issuer', values: { host, ownCa } };
    case undefined:
      return undefined;
  }
}

/** The other side has ended the handshake, or speaks no TLS. */
function clientCertificate(
  { code, message }: BrokerFailure,
  context: BrokerContext,
): BrokerTrouble | undefined {
  const { host, port, withCertificate } = context;
  const said = `${String(code ?? '')} ${message}`.toLowerCase().replaceAll('_', ' ');
  if (/wrong version number|packet length too long|unexpected message|http request/.test(said)) {
    return { code: 'broker-no-tls', values: { host, port } };
  }
  if (/protocol version|unsupported protocol/.test(said)) {
    return { code: 'broker-old-tls', values: { host } };
  }
  if (!said.includes('alert')) return undefined;
  if (!withCertificate) return { code: 'own-certificate-missing', values: { host } };
  const why = said.includes('expired') ? 'expired' : said.includes('revoked') ? 'revoked' : 'unknown';
  return { code: 'own-certificate-refused', values: { host, why } };
}

/** What the broker itself has answered: return codes of MQTT 3.1.1 (1 to 5), reason codes of MQTT 5 (128 and more). */
function refusal(
  { elsewhere = '' }: BrokerFailure,
  code: number,
  { host, withUser }: BrokerContext,
): BrokerTrouble {
  switch (code) {
    case 4:
    case 134:
      return { code: 'password-refused', values: { host } };
    case 5:
    case 135:
      return { code: 'login-refused', values: { host, withUser } };
    case 2:
    case 133:
      return { code: 'client-id-refused', values: { host } };
    case 142:
      return { code: 'client-id-in-use', values: { host } };
    case 138:
      return { code: 'broker-banned', values: { host } };
    case 3:
    case 136:
    case 137:
    case 139:
      return { code: 'broker-unavailable', values: { host } };
    case 149:
      return { code: 'message-too-large', values: { host } };
    case 151:
      return { code: 'broker-quota-used', values: { host } };
    case 156:
    case 157:
      return { code: 'broker-elsewhere', values: { host, elsewhere, forGood: code === 157 } };
    case 150:
    case 159:
      return { code: 'broker-too-often', values: { host } };
    default:
      return { code: 'broker-disconnected', values: { host, reason: code } };
  }
}

function otherTrouble(
  { code, message, found, unanswered, topic = '' }: BrokerFailure,
  { host, withCertificate, encrypted }: BrokerContext,
): BrokerTrouble {
  if (/connack timeout/i.test(message)) return { code: 'broker-says-nothing', values: { host } };
  if (/keepalive timeout/i.test(message)) return { code: 'broker-stopped-answering', values: { host } };
  if (/unexpected server response/i.test(message)) {
    return { code: 'broker-no-mqtt', values: { host, status: message.slice(-3) } };
  }
  if (code === 'ECONNRESET' || code === 'EPIPE' || found === 'closed' || /closed/i.test(message)) {
    if (unanswered !== undefined)
      return { code: 'broker-closed-on', values: { host, topic, what: unanswered } };
    return { code: 'broker-closed', values: { host, certificate: encrypted && withCertificate } };
  }
  return { code: 'broker-unusable', values: { host, reason: (code ?? message).toString().slice(0, 80) } };
}
