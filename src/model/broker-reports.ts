import type { Coded, NoValues } from './coded';

/** Why there is no connection with an MQTT broker. Days are such as `2026-06-12`. */
export interface BrokerTroubles {
  readonly 'no-broker-set': NoValues;
  readonly 'pem-unreadable': { readonly path: string; readonly reason: string };
  readonly 'pem-other-format': { readonly path: string };
  readonly 'broker-access-failed': { readonly reason: string };
  readonly 'broker-name-unknown': { readonly host: string };
  readonly 'broker-name-lookup': { readonly host: string };
  readonly 'broker-no-route': { readonly host: string };
  readonly 'broker-no-answer': { readonly host: string };
  readonly 'broker-not-listening': { readonly host: string; readonly port: number };
  /** `plausible`: this machine's clock may be right. */
  readonly 'certificate-not-yet-valid': {
    readonly host: string;
    readonly today: string;
    readonly plausible: boolean;
  };
  readonly 'certificate-expired': { readonly host: string; readonly today: string };
  readonly 'certificate-other-host': { readonly host: string };
  /** `ownCa`: the owner has named the authority. */
  readonly 'certificate-unknown-issuer': { readonly host: string; readonly ownCa: boolean };
  readonly 'broker-no-tls': { readonly host: string; readonly port: number };
  readonly 'broker-old-tls': { readonly host: string };
  readonly 'own-certificate-missing': { readonly host: string };
  readonly 'own-certificate-refused': {
    readonly host: string;
    readonly why: 'expired' | 'revoked' | 'unknown';
  };
  readonly 'password-refused': { readonly host: string };
  readonly 'login-refused': { readonly host: string; readonly withUser: boolean };
  readonly 'client-id-refused': { readonly host: string };
  readonly 'client-id-in-use': { readonly host: string };
  readonly 'broker-banned': { readonly host: string };
  readonly 'broker-unavailable': { readonly host: string };
  readonly 'message-too-large': { readonly host: string };
  /** `reason`: MQTT reason code. */
  readonly 'broker-disconnected': { readonly host: string; readonly reason: number };
  readonly 'broker-says-nothing': { readonly host: string };
  readonly 'broker-stopped-answering': { readonly host: string };
  /** `status` of HTTP. */
  readonly 'broker-no-mqtt': { readonly host: string; readonly status: string };
  /** `certificate`: the broker may not allow this display's certificate. */
  readonly 'broker-closed': { readonly host: string; readonly certificate: boolean };
  /** It has closed the connection instead of answering `what`. */
  readonly 'broker-closed-on': {
    readonly host: string;
    readonly topic: string;
    readonly what: 'publish' | 'subscribe';
  };
  readonly 'broker-quota-used': { readonly host: string };
  /** Messages, or connections. */
  readonly 'broker-too-often': { readonly host: string };
  /** `elsewhere`: where it says that another broker is; may be empty. */
  readonly 'broker-elsewhere': {
    readonly host: string;
    readonly elsewhere: string;
    readonly forGood: boolean;
  };
  readonly 'broker-unusable': { readonly host: string; readonly reason: string };
}

/** What does not get through to a broker that is connected. */
export interface BrokerRemarks {
  /** `reason`: MQTT reason code. */
  readonly 'broker-publish-refused': {
    readonly host: string;
    readonly topic: string;
    readonly reason: number;
  };
  /** A message of `bytes`, where it takes no more than `most`. */
  readonly 'broker-takes-less': {
    readonly host: string;
    readonly topic: string;
    readonly bytes: number;
    readonly most: number;
  };
}

/** Everything that is reported about the way to an MQTT broker. */
export interface BrokerReports extends BrokerTroubles, BrokerRemarks {
  readonly 'broker-starting': NoValues;
  readonly 'broker-connecting': { readonly host: string };
  readonly 'broker-connected': { readonly host: string };
  /** What it does not do: keep messages for those who come later, acknowledge them, publish a last will. */
  readonly 'broker-does-less': {
    readonly host: string;
    readonly lacks: readonly ('retain' | 'acknowledge' | 'will')[];
  };
  readonly 'broker-topic-refused': { readonly host: string; readonly topic: string };
  readonly 'broker-sender-offline': { readonly host: string; readonly bmsId: string };
  readonly 'broker-receiving': { readonly host: string; readonly bmsId: string };
}

/** One of the troubles. */
export type BrokerTrouble = Coded<BrokerTroubles>;

/** One of the remarks. */
export type BrokerRemark = Coded<BrokerRemarks>;

/** One of the reports. */
export type BrokerReport = Coded<BrokerReports>;
