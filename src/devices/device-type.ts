import type * as v from 'valibot';
import type { DeviceSettingForm } from '../model/device-setting-form';
import type { LinkReport } from '../model/link-reports';
import type { SwitchResult } from '../model/load-switch';
import type { Kind, Reading } from '../model/reading';
import type { CanFrame } from '../protocol/can-frame';
import type { PlayedSite } from './played-site';

/** What a device's settings are made of: text, as it stands in `--device TYPE,key=value` and in the settings file. */
export interface DeviceSetting {
  readonly schema: v.GenericSchema<unknown, string | number | boolean>;
  /** Without it the setting must be given, unless it is `optional`. */
  readonly default?: string | number | boolean;
  /** It may be left out, and has no value then. */
  readonly optional?: true;
  /** What is accepted, for messages: `the path of a serial port, such as /dev/ttyUSB0`. */
  readonly accepts: string;
  readonly help: string;
  /** How it is set on the screen; without, it is not. */
  readonly form?: DeviceSettingForm;
  /** The only kind of device of the type for which it is set there. */
  readonly formOf?: Kind;
  /** Never shown, logged or written into a capture. */
  readonly secret?: boolean;
  /** A value as it may be shown, where a password may be a part of it. */
  readonly shown?: (value: string) => string;
  /** Written into a capture, which can't be read without it. */
  readonly recorded?: true;
  /** Of many settings of one form: what they are, for messages. */
  readonly group?: string;
  /** What it names, such as `serial port`, is for one device alone. */
  readonly exclusive?: string;
  /** Another setting without which that is not said: a host is shared by devices with other ports. */
  readonly exclusiveWith?: string;
}

/** A device's settings with their values, checked. */
export type DeviceValues = Readonly<Record<string, string | number | boolean>>;

/** What every conversation with a device needs. */
export interface DeviceContext {
  /** The device's name within the site. */
  readonly name: string;
  readonly values: DeviceValues;
  readonly clock: DeviceClock;
}

/** What a played device needs. */
export interface PlayContext extends DeviceContext {
  /** What it shares with others that are played beside it; without, it has values of its own. */
  readonly site?: PlayedSite;
}

/** Time for a conversation: a test or a played capture has its own. */
export interface DeviceClock {
  /** ms that only grow. */
  monotonic(): number;
  /** The time of day, as far as the machine knows it; absent where there is none, as in a recording. */
  wall?(): Date;
  /** Resolves after `ms`, or at once when the signal is aborted; never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** Where a conversation puts what it learns. Implementations never throw. */
export interface ReadingSink {
  reading(reading: Reading): void;
  /** Something received that can't be used, counted by cause; `detail` is for the log. */
  rejected(cause: string, detail?: string): void;
  /** A sentence of the conversation about itself, on every change, such as a refused password. */
  trouble(trouble: DeviceTrouble | undefined): void;
}

/** What stands in the way of a conversation; put into words by `src/words`. */
export interface DeviceTrouble {
  readonly code: string;
  readonly values: Readonly<Record<string, string | number>>;
}

/** A link that carries bytes both ways: a serial line, a pair of Bluetooth characteristics, a recording. */
export interface ByteLink {
  readonly kind: 'bytes';
  /** Sends all of `data`. Rejects when the link is lost. */
  write(data: Uint8Array): Promise<void>;
  /** Calls `chunk` with each piece as it arrives, until the function returned is called. */
  receive(chunk: (data: Uint8Array) => void): () => void;
  /** Resolves when the link is lost, with the reason. */
  readonly closed: Promise<LinkReport>;
}

/** How pairing ended: `refused`: the passkey is wrong; `failed`: anything else, such as a link that was lost. */
export type PairResult = 'paired' | 'refused' | 'failed';

/** Single characteristics of a Bluetooth device. UUIDs are four hex digits or the full form, in lower case. */
export interface GattLink {
  readonly kind: 'gatt';
  /** The services that the device has. */
  readonly services: readonly string[];
  /** The device's address, such as `A4:C1:37:04:2D:BE`; empty in a recording without. */
  readonly address: string;
  read(characteristic: string): Promise<Uint8Array>;
  write(characteristic: string, data: Uint8Array): Promise<void>;
  /** Calls `chunk` with each notification until the function returned is called. */
  notifications(characteristic: string, chunk: (data: Uint8Array) => void): Promise<() => void>;
  /**
   * Pairs with the device's passkey, 0 to 999999, after which the link is encrypted. Never rejects. Absent where there is
   * nothing to pair, as in a recording.
   */
  pair?(passkey: number): Promise<PairResult>;
  readonly closed: Promise<LinkReport>;
}

/** Text, a line or a message at a time; nothing is sent. */
export interface LineLink {
  readonly kind: 'lines';
  /** Calls `line` with each message, and `binary` with those that are no text, until the function returned is called. */
  receive(line: (text: string) => void, binary?: (bytes: Uint8Array) => void): () => void;
  readonly closed: Promise<LinkReport>;
}

/** A message of a broker. */
export interface TopicMessage {
  readonly topic: string;
  readonly payload: Uint8Array;
  /** The broker had kept it: nobody knows for how long. */
  readonly retained: boolean;
}

/** Messages of an MQTT broker about topics that were subscribed to. */
export interface MessageLink {
  readonly kind: 'messages';
  /** Calls `message` with each, until the function returned is called. */
  receive(message: (message: TopicMessage) => void): () => void;
  readonly closed: Promise<LinkReport>;
}

/** What a broker is to be asked for, and how it is reached; paths of PEM files. */
export interface BrokerWish {
  /** Empty: the display's own broker, and all that belongs to it. */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
  readonly topics: readonly string[];
  /** An empty message that is published at the beginning, and every so many s. */
  readonly keepAlive?: { readonly topic: string; readonly every: number };
}

/** Any of them. */
export type Link = ByteLink | GattLink | LineLink | MessageLink;

/**
 * A kind of device that packdial can read: one folder under src/devices and one line in `all.ts`. A conversation is written
 * against a link, so that a serial port, a radio and a recording are the same to it.
 */
export interface DeviceType<L extends Link = Link> {
  /** As in `--device TYPE,…`, such as `jbd-serial`. */
  readonly type: string;
  readonly kind: Kind;
  /** Of what kind a device with these settings is, where that depends on them; they need not be checked. */
  readonly kindOf?: (values: Readonly<Record<string, unknown>>) => Kind;
  /** Which link the conversation is held over, and how it is opened. */
  readonly link: 'serial' | 'gatt' | 'websocket' | 'mqtt';
  /** bit/s on a serial line; 9600 without. */
  readonly baudRate?: number;
  /** Path of a WebSocket; `/` without. */
  readonly path?: string;
  readonly settings: Readonly<Record<string, DeviceSetting>>;
  /** What is wrong with settings taken together, each of which is accepted: a sentence. */
  problem?(values: DeviceValues): string | undefined;
  /** Of a device at a broker: which, and what is to be heard of it. */
  broker?(values: DeviceValues): BrokerWish;
  /**
   * Quantities that JSON names as null as long as they are unknown. By default those that every device of the kind has
   * (`always` in the table of quantities); others come when they are told.
   */
  readonly tells?: readonly string[];
  /**
   * Talks until `signal` is aborted or the link is lost: polls on its grid, decodes, authenticates. Resolves then; never
   * rejects for what the wire did.
   */
  converse(link: L, context: DeviceContext, signal: AbortSignal, sink: ReadingSink): Promise<void>;
  /**
   * Decodes what a capture holds: each piece that was received, in order, read by what it says itself. Pieces may be cut
   * anywhere, and a capture may begin in the middle. Returns what is called with each piece.
   */
  listen(context: DeviceContext, sink: ReadingSink): (piece: CapturedPiece) => void;
  /**
   * Switches the load output, once, over the link of a conversation that goes on, and reads back what became of it. Only for a
   * person who was asked; no conversation calls it. Never rejects.
   */
  switchLoad?(link: L, on: boolean, context: DeviceContext, signal: AbortSignal): Promise<SwitchResult>;
  /** True for an advertisement that this type would take for its own. */
  recognises?(advertisement: Advertisement): boolean;
  /** The device's side of a link, for tests and for those who have no such device. */
  readonly simulation?: DeviceSimulation<L>;
}

/** The services of a played Bluetooth device, for BlueZ to register and advertise. */
export interface GattOffer {
  /** In its advertisement. */
  readonly name: string;
  readonly services: readonly OfferedService[];
}

/** A service of it; UUIDs as in `GattLink`. */
export interface OfferedService {
  readonly uuid: string;
  readonly characteristics: readonly {
    readonly uuid: string;
    /** BlueZ's words: `read`, `write`, `write-without-response`, `notify`. */
    readonly flags: readonly string[];
  }[];
}

/**
 * A played device. For a Bluetooth device the link is the other way round: `notifications` deliver writes of the other side, and
 * a value that is written to a characteristic is notified, and read by the other side.
 */
export interface DeviceSimulation<L extends Link = Link> {
  /** What it can be told to be, beside the type's own settings. */
  readonly settings: Readonly<Record<string, DeviceSetting>>;
  /** Of a Bluetooth device: what it offers with these settings. */
  offer?(values: DeviceValues): GattOffer;
  /** Answers over the link until the signal is aborted or the link is lost. Never rejects for what the wire did. */
  play(link: L, context: PlayContext, signal: AbortSignal): Promise<void>;
}

/** Why a frame says nothing about the device. The first three are normal on a shared bus, the others are faults. */
export interface FrameRejection {
  readonly rejected: 'unknown id' | 'remote request' | 'extended id' | 'short frame' | 'bad sequence';
}

/**
 * What a frame says about a device, or why it says nothing. Never throws, whatever the bytes; keeps nothing of the frame.
 *
 * @param at when it was received, monotonic ms @param device the device's name within the site
 */
export type FrameDecoder = (frame: CanFrame, at: number, device: string) => Reading | FrameRejection;

/**
 * A battery that is read through one of the sources of CAN frames: its settings are checked as those of all devices are, and
 * the program makes its `FrameSource` of them.
 */
export interface FrameDeviceType {
  readonly type: string;
  readonly kind: 'battery';
  readonly link: 'frames';
  /** The source of its frames, as `--source` names it. */
  readonly source: 'udp' | 'can' | 'slcan';
  /** Those of the source among them have its names: `port` and `lenient`, `interface`, or `port` and `bitrate`. */
  readonly settings: Readonly<Record<string, DeviceSetting>>;
  /** The ids that are decoded: what a CAN interface is asked to let through. */
  readonly ids: readonly number[];
  /** What turns its frames into readings. */
  decoder(values: DeviceValues): FrameDecoder;
}

/**
 * A piece that was received: a notification or an answer to a read, a serial chunk, a text message. One without bytes and text
 * only says that time has passed.
 */
export interface CapturedPiece {
  /** Monotonic ms. */
  readonly at: number;
  /** The characteristic, four hex digits or the full UUID, or the topic; absent on serial lines and sockets. */
  readonly characteristic?: string;
  readonly bytes?: Uint8Array;
  readonly text?: string;
  /** The broker had kept it. */
  readonly retained?: boolean;
}

/** What a Bluetooth device says of itself to everybody. */
export interface Advertisement {
  readonly address: string;
  readonly name: string;
  /** Service UUIDs, lower case; four hex digits where they are of the common form. */
  readonly services: readonly string[];
}
