import type { BrokerReports } from './broker-reports';
import type { Coded, NoValues } from './coded';
import type { LinkReports } from './link-reports';

/** A CAN bus, by the name of its interface: `can0`, or `at ttyACM0` for an adapter. */
export interface CanReports {
  readonly 'can-absent': { readonly name: string };
  readonly 'can-other-kind': { readonly name: string };
  readonly 'can-down': { readonly name: string };
  readonly 'can-not-open': { readonly name: string };
  readonly 'can-bus-off': { readonly name: string; readonly restart: 'automatic' | 'manual' | 'unknown' };
  readonly 'can-passive': { readonly name: string; readonly side: 'sending' | 'receiving' | 'unknown' };
  readonly 'can-warning': { readonly name: string };
  /** `least`: s of silence, rounded down to 10, 60, 600, 3600 or 86400; `bitRate` in bit/s where it is known. */
  readonly 'can-silent': { readonly name: string; readonly least: number; readonly bitRate?: number };
  readonly 'can-listen-only': { readonly name: string };
  readonly 'can-no-battery': { readonly name: string };
  readonly 'can-listening': { readonly name: string };
}

/** An adapter with a serial line; bit rates in bit/s. */
interface SlcanReports {
  readonly 'slcan-listening': { readonly device: string; readonly bitRate: number };
  readonly 'slcan-refused': { readonly device: string; readonly bitRate: number };
  readonly 'slcan-no-answer': { readonly device: string };
  readonly 'slcan-other-device': { readonly device: string };
}

interface UdpReports {
  /** `broadcastsOnly`: another program keeps what is sent to this machine alone. */
  /** `other`: sends the same as the one that is kept to. */
  readonly 'udp-listening': {
    readonly port: number;
    readonly broadcastsOnly: boolean;
    readonly kept?: string;
    readonly other?: string;
  };
  readonly 'udp-port-taken': { readonly port: number };
  readonly 'udp-port-forbidden': { readonly port: number };
  readonly 'udp-address-gone': { readonly address: string };
  readonly 'udp-address-unknown': { readonly address: string };
  readonly 'udp-failed': { readonly port: number; readonly reason: string };
}

/** Sources without a wire. `speed`: times as fast as life; Infinity: as fast as possible. */
interface PlayedReports {
  readonly simulating: { readonly modules: number; readonly speed: number };
  /** `bus`: the interface that is played where there are several in the log; `others`: the names of the rest. */
  readonly replaying: {
    readonly file: string;
    readonly speed: number;
    readonly bus?: string;
    readonly others?: string;
  };
  readonly replayed: { readonly file: string; readonly frames: number };
}

/** A device that is read over a link; `place` is where it is, such as `/dev/ttyUSB0`. */
interface DeviceReports {
  readonly 'device-waiting': { readonly name: string; readonly place: string };
  readonly 'device-reading': { readonly name: string; readonly place: string };
  readonly 'device-ended': { readonly place: string };
  readonly 'device-failed': { readonly place: string; readonly reason: string };
  /** `trouble` and `values` as the device type reports them. */
  readonly 'device-trouble': {
    readonly place: string;
    readonly trouble: string;
    readonly values: Readonly<Record<string, string | number>>;
  };
}

/** Everything that a source reports, by code. */
export interface SourceReports
  extends CanReports, SlcanReports, UdpReports, PlayedReports, DeviceReports, LinkReports, BrokerReports {
  readonly starting: NoValues;
  /** It has given up; `reason` is the message of the error. */
  readonly stopped: { readonly reason: string };
  readonly 'no-device': NoValues;
  readonly 'several-devices': {
    readonly devices: readonly { readonly name: string; readonly status: SourceStatus }[];
  };
}

/** What a source reports about itself. */
export type SourceReport = Coded<SourceReports>;

/** A report, and when the source tries again. */
export interface Reported {
  readonly report: SourceReport;
  /** s until the next try; absent where none is planned. */
  readonly nextTry?: number;
}

/** How a source is. */
export interface SourceStatus extends Reported {
  /** `connecting`: nothing received yet, or recovering; `up`: the way in is open; `ended`: a finite source has played out. */
  readonly state: 'connecting' | 'up' | 'ended';
  /** Two words for the status strip, such as `UDP 6500` or `CAN can0`. */
  readonly label: string;
}
