import { controllerStates, type ControllerState } from './can-controller';

/**
 * The kernel's answer about one network interface, as far as CAN goes. rtnetlink(7) has the format: headers and attributes
 * in the byte order of the machine, which is little-endian on all that packdial runs on; every attribute starts at a multiple
 * of four bytes with its length and its number. The numbers are those of linux/rtnetlink.h, linux/if_link.h and
 * linux/can/netlink.h.
 */
export interface CanController {
  /** Such as `vcan`, `slcan` or, for a chip with a driver, `can`. */
  readonly kind: string;
  /** Absent while the interface is down, and of a virtual one. */
  readonly state?: ControllerState;
  /** bit/s; absent where none is set. */
  readonly bitRate?: number;
  /** ms after which it restarts when it went off the bus; 0: never. Absent of a virtual one. */
  readonly restartMs?: number;
  /** The controller's error counters, 0..256, where its driver tells them. */
  readonly errors?: { readonly sending: number; readonly receiving: number };
  /** It does not acknowledge what it hears. */
  readonly listenOnly: boolean;
}

const headerLength = 16;
const infoLength = 16;
const attributeHeader = 4;
const getLink = 18;
const newLink = 16;
const request = 1;
const attributes = { name: 3, linkInfo: 18 } as const;
const linkInfo = { kind: 1, data: 2 } as const;
const can = { bitTiming: 1, state: 4, controlMode: 5, restartMs: 6, errorCounters: 8 } as const;
const listenOnlyMode = 0x02;

/** The question about an interface with this name, of 15 characters at most. */
export function linkRequest(interfaceName: string): Uint8Array {
  const name = new TextEncoder().encode(`${interfaceName}\0`);
  const message = new Uint8Array(headerLength + infoLength + attributeHeader + padded(name.length));
  const view = new DataView(message.buffer);
  view.setUint32(0, message.length, true);
  view.setUint16(4, getLink, true);
  view.setUint16(6, request, true);
  view.setUint16(headerLength + infoLength, attributeHeader + name.length, true);
  view.setUint16(headerLength + infoLength + 2, attributes.name, true);
  message.set(name, headerLength + infoLength + attributeHeader);
  return message;
}

/** Reads the answer; undefined for an error, for an interface that says nothing about CAN, and for nonsense. Never throws. */
export function parseCanController(answer: Uint8Array): CanController | undefined {
  if (answer.length < headerLength + infoLength) return undefined;
  const header = viewOf(answer);
  if (header.getUint16(4, true) !== newLink) return undefined;
  const length = Math.min(header.getUint32(0, true), answer.length);
  const info = attributesIn(answer.subarray(headerLength + infoLength, length)).get(attributes.linkInfo);
  if (info === undefined) return undefined;
  const parts = attributesIn(info);
  const kind = new TextDecoder().decode(parts.get(linkInfo.kind)).replaceAll('\0', '');
  if (kind === '') return undefined;
  return { kind, ...canData(attributesIn(parts.get(linkInfo.data) ?? new Uint8Array(0))) };
}

function canData(found: ReadonlyMap<number, Uint8Array>): Omit<CanController, 'kind'> {
  const number = (type: number, offset = 0): number | undefined => {
    const value = found.get(type);
    return value === undefined || value.length < offset + 4
      ? undefined
      : viewOf(value).getUint32(offset, true);
  };
  const state = controllerStates[number(can.state) ?? Infinity];
  // The first member of struct can_bittiming. A driver that can't tell says all ones.
  const bitRate = number(can.bitTiming);
  const restartMs = number(can.restartMs);
  const counters = found.get(can.errorCounters);
  // The first member of struct can_ctrlmode is the mask of what can be set, the second what is set.
  const mode = number(can.controlMode, 4) ?? 0;
  return {
    listenOnly: (mode & listenOnlyMode) !== 0,
    ...(state && { state }),
    ...(bitRate !== undefined && bitRate > 0 && bitRate < 0xffffffff && { bitRate }),
    ...(restartMs !== undefined && { restartMs }),
    ...(counters !== undefined &&
      counters.length >= 4 && {
        errors: {
          sending: viewOf(counters).getUint16(0, true),
          receiving: viewOf(counters).getUint16(2, true),
        },
      }),
  };
}

/** The attributes up to the end or to the first that makes no sense. */
function attributesIn(bytes: Uint8Array): Map<number, Uint8Array> {
  const found = new Map<number, Uint8Array>();
  const view = viewOf(bytes);
  for (let at = 0; at + attributeHeader <= bytes.length;) {
    const length = view.getUint16(at, true);
    if (length < attributeHeader || at + length > bytes.length) break;
    // The two highest bits are flags.
    found.set(view.getUint16(at + 2, true) & 0x3fff, bytes.subarray(at + attributeHeader, at + length));
    at += padded(length);
  }
  return found;
}

function padded(length: number): number {
  return (length + 3) & ~3;
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
