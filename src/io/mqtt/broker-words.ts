/** Why there is no connection, for people. */
export interface BrokerTrouble {
  /** One sentence without a full stop, with what to do where that is known. */
  readonly text: string;
  /** At most ten letters for the status strip. */
  readonly note: string;
}

/** What has to be known to put a failure into words. */
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
}

/** A failure in an owner's words. */
export function brokerTrouble(failure: BrokerFailure, context: BrokerContext): BrokerTrouble {
  const { code } = failure;
  if (typeof code === 'number') return refusal(code, context);
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
      return { text: `There is no broker named ${host}: check its name and the network`, note: 'no broker' };
    case 'EAI_AGAIN':
      return {
        text: `The name ${host} can't be looked up: there is no network or no Internet`,
        note: 'no network',
      };
    case 'ENETUNREACH':
    case 'EHOSTUNREACH':
    case 'EHOSTDOWN':
    case 'EADDRNOTAVAIL':
      return { text: `${host} can't be reached: there is no way to it over the network`, note: 'no network' };
    case 'ETIMEDOUT':
      return { text: `${host} can't be reached: nobody answers`, note: 'no broker' };
    case 'ECONNREFUSED':
      return { text: `${host} is there, but no broker listens on its port ${port}`, note: 'no broker' };
    case undefined:
    default:
      return undefined;
  }
}

/** The broker's certificate is not believed here. */
function serverCertificate(code: string | undefined, context: BrokerContext): BrokerTrouble | undefined {
  const { host, ownCa, wall, plausible } = context;
  const clock = `this machine's clock says ${wall.toISOString().slice(0, 10)}`;
  switch (code) {
    case 'CERT_NOT_YET_VALID':
      return {
        text: `The certificate of ${host} is not valid yet, but ${clock}${plausible ? ': is that right?' : ', which is wrong: it waits for the time from the network'}`,
        note: 'clock?',
      };
    case 'CERT_HAS_EXPIRED':
      return { text: `The certificate of ${host} has expired (${clock})`, note: 'expired' };
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return {
        text: `The certificate that ${host} shows belongs to another host name: check the broker's address`,
        note: 'wrong host',
      };
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'CERT_SIGNATURE_FAILURE':
    case 'INVALID_CA':
    case 'CERT_UNTRUSTED':
      return {
        text: ownCa
          ? `The certificate of ${host} was not issued by the authority that is set (--mqtt-ca)`
          : `The certificate of ${host} was not issued by a known authority: set the broker's own with --mqtt-ca`,
        note: 'wrong CA',
      };
    case undefined:
    default:
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
    return {
      text: `${host} does not speak TLS on its port ${port}: check the broker's address`,
      note: 'no TLS',
    };
  }
  if (/protocol version|unsupported protocol/.test(said)) {
    return { text: `${host} speaks only TLS older than 1.2, which is not safe`, note: 'old TLS' };
  }
  if (!said.includes('alert')) return undefined;
  if (!withCertificate) {
    return {
      text: `${host} wants a certificate of this display: bring it on the stick BATTERY, or set --mqtt-cert`,
      note: 'no cert',
    };
  }
  const why = said.includes('expired')
    ? ': it has expired'
    : said.includes('revoked')
      ? ': it was revoked'
      : '';
  return { text: `${host} does not accept this display's certificate${why}`, note: 'refused' };
}

/** What the broker itself has answered: return codes of MQTT 3.1.1 (1 to 5), reason codes of MQTT 5 (128 and more). */
function refusal(code: number, { host, withUser }: BrokerContext): BrokerTrouble {
  switch (code) {
    case 4:
    case 134:
      return { text: `${host} does not accept this user and password`, note: 'refused' };
    case 5:
    case 135:
      return {
        text: withUser
          ? `${host} does not let this user in, or the password is wrong`
          : `${host} lets nobody in without a user and password, or a certificate`,
        note: 'refused',
      };
    case 2:
    case 133:
      return { text: `${host} does not accept this display's client id`, note: 'refused' };
    case 142:
      return {
        text: `Another client uses this display's id at ${host}: was its card copied?`,
        note: 'id in use',
      };
    case 138:
      return { text: `${host} has banned this display`, note: 'refused' };
    case 3:
    case 136:
    case 137:
    case 139:
      return { text: `${host} is not available now`, note: 'no broker' };
    case 149:
      return { text: `${host} finds a message too large`, note: 'refused' };
    default:
      return { text: `${host} has ended the connection (MQTT reason ${code})`, note: 'refused' };
  }
}

function otherTrouble(
  { code, message }: BrokerFailure,
  { host, withCertificate, encrypted }: BrokerContext,
): BrokerTrouble {
  if (/connack timeout/i.test(message)) {
    return {
      text: `${host} took the connection, but says nothing: is it an MQTT broker?`,
      note: 'no answer',
    };
  }
  if (/keepalive timeout/i.test(message))
    return { text: `${host} does not answer any more`, note: 'no answer' };
  if (/unexpected server response/i.test(message)) {
    return { text: `${host} has no MQTT at this address (${message.slice(-3)})`, note: 'no broker' };
  }
  if (code === 'ECONNRESET' || code === 'EPIPE' || /closed/i.test(message)) {
    const why = encrypted && withCertificate ? ': are its certificate and this client allowed there?' : '';
    return { text: `${host} has closed the connection${why}`, note: 'closed' };
  }
  return { text: `${host} can't be used (${(code ?? message).toString().slice(0, 80)})`, note: 'no broker' };
}
