import * as v from 'valibot';
import type { ByteLink, DeviceSetting, DeviceType, GattLink } from '../device-type';
import { addressSetting, everySetting } from '../shared-settings';
import { converse } from './conversation';
import { jbdBleSimulation } from './jbd-ble-simulation';
import { factoryPassword } from './authentication';
import { JbdListener } from './listener';
import { passwordPattern } from './module-frame';
import { mostSilentPolls } from '../poll-grid';
import { signIn, type ModulePair, type SignInResult } from './sign-in';
import { whileOpen } from '../until-closed';
import { shortUuid } from '../../protocol/uuid';

/** Where a module tells and takes bytes; some have the second pair. */
const pairs = [
  { service: 'ff00', tells: 'ff01', takes: 'ff02' },
  { service: 'fff0', tells: 'fff1', takes: 'fff2' },
] as const;
/** How the maker and those who sell his batteries name their modules. */
const namePattern = /^(JBD-|xiaoxiang|DWF|LSG-|SX1|SX60|SBL-|OGR-|TZ-H)/i;
/** What a module is told about passwords. */
const firstCommand = 0x15;
const lastCommand = 0x23;

/** What stands in the way for good, and is told; silence is told by the conversation. */
const troubles: Partial<Record<SignInResult, string>> = {
  refused: 'password-refused',
  'bad-password': 'password-refused',
  pairing: 'pairing-wanted',
};

const passwordSetting: DeviceSetting = {
  schema: v.pipe(v.union([v.string(), v.pipe(v.number(), v.transform(String))]), v.regex(passwordPattern)),
  default: factoryPassword,
  accepts: 'six characters without accents, such as 123456',
  help: 'password of the Bluetooth module, for batteries that want one',
  secret: true,
  form: { kind: 'text', keyboard: 'letters' },
};

/** The same battery behind its Bluetooth module, which hands the bytes on. */
export const jbdBle: DeviceType<GattLink> = {
  type: 'jbd-ble',
  kind: 'battery',
  link: 'gatt',
  settings: { address: addressSetting, every: everySetting(10), password: passwordSetting },
  converse: async (link, context, signal, sink) => {
    const pair = pairOf(link);
    const result = await signIn(link, pair, context, whileOpen(link, signal));
    if (result === 'out-of-step') return;
    const trouble = troubles[result];
    if (trouble !== undefined) {
      // The link is left to others, such as the app with which the owner sees to it.
      sink.trouble({ code: trouble, values: {} });
      return;
    }
    await converse(await asBytes(link, pair), context, signal, sink, mostSilentPolls);
  },
  listen: (context, sink) => {
    const listener = new JbdListener(context, sink);
    return ({ at, bytes, characteristic }) => {
      if (bytes === undefined) listener.settle(at);
      else if (isOfTheModule(bytes)) return;
      else if (characteristic === undefined || pairs.some(({ tells }) => tells === shortUuid(characteristic)))
        listener.push(bytes, at);
    };
  },
  recognises: ({ name, services }) =>
    namePattern.test(name) || services.some((service) => shortUuid(service) === pairs[0].service),
  simulation: jbdBleSimulation,
};

function pairOf(link: GattLink): ModulePair {
  const services = link.services.map(shortUuid);
  return pairs.find(({ service }) => services.includes(service)) ?? pairs[0];
}

/** The pair of characteristics as one line of bytes. */
async function asBytes(link: GattLink, pair: ModulePair): Promise<ByteLink> {
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
