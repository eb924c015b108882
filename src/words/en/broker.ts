import type { BrokerReports } from '../../model/broker-reports';
import type { Phrases } from '../phrases';

/** How the way to an MQTT broker is, with what to do where that is known. */
export const brokerPhrases: Phrases<BrokerReports> = {
  'broker-starting': () => 'Connecting',
  'broker-connecting': ({ host }) => `Connecting to ${host}`,
  'broker-connected': ({ host }) => `Connected to ${host}`,
  'broker-does-less': ({ host, lacks }) =>
    `Connected to ${host}, which ${lacks.map((each) => shortcomings[each]).join('; it ')}`,
  'broker-publish-refused': ({ host, topic, reason }) =>
    `Connected to ${host}, which ${publishRefusals[reason] ?? 'does not take'} what this display publishes as ${topic} (MQTT reason ${reason})`,
  'broker-takes-less': ({ host, topic, bytes, most }) =>
    `Connected to ${host}, which takes ${most} bytes at most: ${topic} has ${bytes} and is not sent; raise the broker's limit`,
  'broker-topic-refused': ({ host, topic }) => `${host} does not let this display hear ${topic}`,
  'broker-sender-offline': ({ host, bmsId }) => `Connected to ${host}, but the sender of ${bmsId} is offline`,
  'broker-receiving': ({ host, bmsId }) => `Hearing ${bmsId} from ${host}`,
  'no-broker-set': () =>
    'No broker is set: enter its address, or plug in the stick BATTERY with aws_url and the certificate',
  'pem-unreadable': ({ path, reason }) => `The file ${path} can't be read: ${reason}`,
  'pem-other-format': ({ path }) => `The file ${path} is not in PEM format`,
  'broker-access-failed': ({ reason }) => reason,
  'broker-name-unknown': ({ host }) => `There is no broker named ${host}: check its name and the network`,
  'broker-name-lookup': ({ host }) =>
    `The name ${host} can't be looked up: there is no network or no Internet`,
  'broker-no-route': ({ host }) => `${host} can't be reached: there is no way to it over the network`,
  'broker-no-answer': ({ host }) => `${host} can't be reached: nobody answers`,
  'broker-not-listening': ({ host, port }) => `${host} is there, but no broker listens on its port ${port}`,
  'certificate-not-yet-valid': ({ host, today, plausible }) =>
    `The certificate of ${host} is not valid yet, but this machine's clock says ${today}${plausible ? ': is that right?' : ', which is wrong: it waits for the time from the network'}`,
  'certificate-expired': ({ host, today }) =>
    `The certificate of ${host} has expired (this machine's clock says ${today})`,
  'certificate-other-host': ({ host }) =>
    `The certificate that ${host} shows belongs to another host name: check the broker's address`,
  'certificate-unknown-issuer': ({ host, ownCa }) =>
    ownCa
      ? `The certificate of ${host} was not issued by the authority that is set (--mqtt-ca, or ca of the device)`
      : `The certificate of ${host} was not issued by a known authority: set the broker's own (--mqtt-ca, or ca of the device)`,
  'broker-no-tls': ({ host, port }) =>
    `${host} does not speak TLS on its port ${port}: check the broker's address`,
  'broker-old-tls': ({ host }) => `${host} speaks only TLS older than 1.2, which is not safe`,
  'own-certificate-missing': ({ host }) =>
    `${host} wants a certificate of this display: bring it on the stick BATTERY, or set --mqtt-cert`,
  'own-certificate-refused': ({ host, why }) =>
    `${host} does not accept this display's certificate${refusals[why]}`,
  'password-refused': ({ host }) => `${host} does not accept this user and password`,
  'login-refused': ({ host, withUser }) =>
    withUser
      ? `${host} does not let this user in, or the password is wrong`
      : `${host} lets nobody in without a user and password, or a certificate`,
  'client-id-refused': ({ host }) => `${host} does not accept this display's client id`,
  'client-id-in-use': ({ host }) => `Another client uses this display's id at ${host}: was its card copied?`,
  'broker-banned': ({ host }) => `${host} has banned this display`,
  'broker-unavailable': ({ host }) => `${host} is not available now`,
  'message-too-large': ({ host }) => `${host} finds a message too large`,
  'broker-disconnected': ({ host, reason }) => {
    const name = reasonNames[reason];
    return `${host} has ended the connection (MQTT reason ${reason}${name === undefined ? '' : `: ${name}`})`;
  },
  'broker-closed-on': ({ host, topic, what }) =>
    `${host} has closed the connection when this display ${what === 'publish' ? 'published' : 'asked for'} ${topic}: is it allowed to, there?`,
  'broker-quota-used': ({ host }) =>
    `${host} takes no more of this display, its quota is used up: look at its limits, or at the plan there`,
  'broker-too-often': ({ host }) => `${host} finds that this display connects or publishes too often`,
  'broker-elsewhere': ({ host, elsewhere, forGood }) =>
    `${host} ${forGood ? 'has moved' : 'sends this display elsewhere for now'}${elsewhere === '' ? ': ask its operator for the new address' : `, to ${elsewhere}: set that as the broker's address`}`,
  'broker-says-nothing': ({ host }) => `${host} took the connection, but says nothing: is it an MQTT broker?`,
  'broker-stopped-answering': ({ host }) => `${host} does not answer any more`,
  'broker-no-mqtt': ({ host, status }) => `${host} has no MQTT at this address (${status})`,
  'broker-closed': ({ host, certificate }) =>
    `${host} has closed the connection${certificate ? ': are its certificate and this client allowed there?' : ''}`,
  'broker-unusable': ({ host, reason }) => `${host} can't be used (${reason})`,
};

/** At most ten letters for the status strip. */
export const brokerNotes: Partial<Record<keyof BrokerReports, string>> = {
  'broker-topic-refused': 'refused',
  'broker-publish-refused': 'refused',
  'broker-takes-less': 'too large',
  'broker-sender-offline': 'no sender',
  'no-broker-set': 'no broker',
  'pem-unreadable': 'no cert',
  'pem-other-format': 'no cert',
  'broker-access-failed': 'no broker',
  'broker-name-unknown': 'no broker',
  'broker-name-lookup': 'no network',
  'broker-no-route': 'no network',
  'broker-no-answer': 'no broker',
  'broker-not-listening': 'no broker',
  'certificate-not-yet-valid': 'clock?',
  'certificate-expired': 'expired',
  'certificate-other-host': 'wrong host',
  'certificate-unknown-issuer': 'wrong CA',
  'broker-no-tls': 'no TLS',
  'broker-old-tls': 'old TLS',
  'own-certificate-missing': 'no cert',
  'own-certificate-refused': 'refused',
  'password-refused': 'refused',
  'login-refused': 'refused',
  'client-id-refused': 'refused',
  'client-id-in-use': 'id in use',
  'broker-banned': 'refused',
  'broker-unavailable': 'no broker',
  'message-too-large': 'refused',
  'broker-disconnected': 'refused',
  'broker-says-nothing': 'no answer',
  'broker-stopped-answering': 'no answer',
  'broker-no-mqtt': 'no broker',
  'broker-closed': 'closed',
  'broker-closed-on': 'closed',
  'broker-quota-used': 'refused',
  'broker-too-often': 'refused',
  'broker-elsewhere': 'moved',
  'broker-unusable': 'no broker',
};

const refusals = { expired: ': it has expired', revoked: ': it was revoked', unknown: '' } as const;

const shortcomings = {
  retain: 'keeps no messages: whoever subscribes later waits up to a minute',
  acknowledge: 'acknowledges no messages: what is lost on the way is not sent again',
  will: 'takes no last will: nobody is told where this display is cut off',
} as const;

const publishRefusals: Readonly<Record<number, string>> = {
  135: 'does not allow',
  151: 'has no quota left for',
};

/** Those of MQTT 5 (2.4) that have no sentence of their own. */
const reasonNames: Readonly<Record<number, string>> = {
  128: 'unspecified error',
  129: 'malformed packet',
  130: 'protocol error',
  131: 'implementation specific error',
  132: 'MQTT version not supported',
  140: 'bad authentication method',
  141: 'keep alive timeout',
  143: 'topic filter invalid',
  144: 'topic name invalid',
  147: 'receive maximum exceeded',
  148: 'topic alias invalid',
  152: 'administrative action',
  153: 'payload format invalid',
  154: 'retain not supported',
  155: 'QoS not supported',
  158: 'shared subscriptions not supported',
  160: 'maximum connect time',
  161: 'subscription identifiers not supported',
  162: 'wildcard subscriptions not supported',
};
