import type { BrokerReport } from './broker-reports';
import type { Coded, NoValues } from './coded';

/** Why a link to a device can't be opened, or was lost. */
export interface LinkReports {
  readonly 'serial-absent': { readonly device: string };
  readonly 'serial-busy': { readonly device: string };
  readonly 'serial-forbidden': { readonly device: string };
  readonly 'serial-other-kind': { readonly device: string };
  readonly 'serial-failed': { readonly device: string };
  readonly 'serial-unplugged': { readonly device: string };
  /** `place`: host and port. */
  readonly 'lan-web-server': { readonly place: string; readonly status: number };
  readonly 'lan-refused': { readonly place: string };
  readonly 'lan-name-unknown': { readonly place: string };
  readonly 'lan-unreachable': { readonly place: string };
  readonly 'lan-broken-off': { readonly place: string };
  readonly 'lan-message-too-long': { readonly place: string; readonly megabytes: number };
  readonly 'lan-no-answer': { readonly place: string };
  readonly 'lan-not-websocket': { readonly place: string; readonly reason: string };
  readonly 'lan-stalled': { readonly place: string; readonly seconds: number };
  readonly 'lan-closed-by-peer': { readonly place: string };
  readonly 'bluetooth-no-bus': NoValues;
  readonly 'bluetooth-no-service': NoValues;
  readonly 'bluetooth-forbidden': NoValues;
  readonly 'bluetooth-no-adapter': NoValues;
  readonly 'bluetooth-service-silent': NoValues;
  /** `reason`: BlueZ's own words. */
  readonly 'bluetooth-adapter-failed': { readonly reason: string };
  /** `address`: of the adapter that is to play a device. */
  readonly 'bluetooth-no-own-adapter': { readonly address: string };
  readonly 'bluetooth-off': NoValues;
  readonly 'bluetooth-blocked': NoValues;
  readonly 'bluetooth-not-heard': { readonly address: string };
  readonly 'bluetooth-no-answer': { readonly address: string };
  /** `reason`: BlueZ's own words, such as `le-connection-abort-by-local`. */
  readonly 'bluetooth-not-connected': { readonly address: string; readonly reason: string };
  readonly 'bluetooth-no-services': { readonly address: string };
  readonly 'bluetooth-no-characteristic': { readonly address: string; readonly characteristic: string };
  readonly 'bluetooth-lost': { readonly address: string };
  /** Closed by this side. */
  readonly 'link-closed': { readonly place: string };
  readonly 'link-gone': { readonly place: string };
  readonly 'recording-over': NoValues;
  readonly 'recording-stopped': NoValues;
}

/** One of them, or what there is to say of the broker that a device is at. */
export type LinkReport = Coded<LinkReports> | BrokerReport;
