import type { ByteLink, DeviceType, GattLink } from '../device-type';
import { addressSetting, everySetting } from '../shared-settings';
import { converse } from './conversation';
import { JbdListener } from './listener';

/** Where a module tells and takes bytes; some have the second pair. */
const pairs = [
  { service: 'ff00', tells: 'ff01', takes: 'ff02' },
  { service: 'fff0', tells: 'fff1', takes: 'fff2' },
] as const;
/** What a module is told about passwords. */
const firstCommand = 0x15;
const lastCommand = 0x23;
const wellKnownTail = '-0000-1000-8000-00805f9b34fb';

/** The same battery behind its Bluetooth module, which hands the bytes on. */
export const jbdBle: DeviceType<GattLink> = {
  type: 'jbd-ble',
  kind: 'battery',
  link: 'gatt',
  settings: { address: addressSetting, every: everySetting(10) },
  converse: async (link, context, signal, sink) => {
    await converse(await asBytes(link), context, signal, sink);
  },
  listen: (context, sink) => {
    const listener = new JbdListener(context, sink);
    return ({ at, bytes, characteristic }) => {
      if (bytes === undefined || isOfTheModule(bytes)) return;
      if (characteristic === undefined || pairs.some(({ tells }) => tells === shortUuid(characteristic)))
        listener.push(bytes, at);
    };
  },
  recognises: ({ services }) => services.some((service) => shortUuid(service) === pairs[0].service),
};

/** The pair of characteristics as one line of bytes. */
async function asBytes(link: GattLink): Promise<ByteLink> {
  const services = link.services.map(shortUuid);
  const pair = pairs.find(({ service }) => services.includes(service)) ?? pairs[0];
  const listeners = new Set<(piece: Uint8Array) => void>();
  const stop = await link.notifications(pair.tells, (piece) => {
    if (!isOfTheModule(piece)) for (const listener of listeners) listener(piece);
  });
  void link.closed.then(stop);
  return {
    kind: 'bytes',
    write: (data) => link.write(pair.takes, data),
    receive: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    closed: link.closed,
  };
}

/**
 * True for a message of the module itself (FF AA, command, length, data, sum), which no battery sent. By its whole form, for a
 * piece of a battery's answer may begin with the same two bytes.
 */
export function isOfTheModule(piece: Uint8Array): boolean {
  const length = piece[3] ?? 0;
  if (piece[0] !== 0xff || piece[1] !== 0xaa || piece.length !== length + 5) return false;
  const [, , command = 0] = piece;
  const sum = piece.subarray(2, -1).reduce((total, byte) => total + byte, 0);
  // Some modules get the sum of their own messages wrong.
  return piece.at(-1) === (sum & 0xff) || (command >= firstCommand && command <= lastCommand);
}

function shortUuid(uuid: string): string {
  const lower = uuid.toLowerCase();
  return lower.startsWith('0000') && lower.endsWith(wellKnownTail) ? lower.slice(4, 8) : lower;
}
