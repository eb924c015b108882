import * as v from 'valibot';
import { withoutPassword } from '../../protocol/database-address';
import { meterRoles } from '../../model/meter-role';
import type { DeviceSetting } from '../device-type';
import { choiceSetting, signSetting } from '../shared-settings';
import { profiles } from './profiles';
import { quantityNames } from './quantity-names';
import { isTopic, parseValuePlace } from './value-place';

/** True for a broker's address; it may have a user and a password. */
export function isBrokerAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, hash, username, password } = new URL(text);
  const wellWritten = [username, password].every((part) => decoded(part) !== undefined);
  return (
    ['mqtt:', 'mqtts:', 'ws:', 'wss:'].includes(protocol) && hostname !== '' && hash === '' && wellWritten
  );
}

/** User and password of a broker's address, and the address without them. @param address a good one */
export function brokerLogin(address: string): {
  readonly url: string;
  readonly user: string;
  readonly password: string;
} {
  const url = new URL(address);
  const [user = '', password = ''] = [url.username, url.password].map((part) => decoded(part) ?? '');
  url.username = '';
  url.password = '';
  return { url: url.href, user, password };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

const text = (most: number) => v.pipe(v.string(), v.maxLength(most));
const numberText = v.union([v.string(), v.pipe(v.number(), v.transform(String))]);

/** One of a few words, which is set where the rest is, and not on the screen. */
const wordSetting = (words: readonly [string, ...string[]], help: string): DeviceSetting => {
  const { schema, default: normal, accepts } = choiceSetting(words, help);
  return { schema, ...(normal !== undefined && { default: normal }), accepts, help, recorded: true };
};

const topicSetting = (help: string, wildcards: boolean): DeviceSetting => ({
  schema: v.pipe(
    v.string(),
    v.trim(),
    v.check((topic) => topic === '' || isTopic(topic, wildcards)),
  ),
  default: '',
  accepts: wildcards
    ? 'a topic, such as batmon/house, or a filter such as solar/+/state'
    : 'a topic without + and #, such as tele/washer/LWT',
  help,
});

const pemSetting = (help: string): DeviceSetting => ({
  schema: text(4096),
  default: '',
  accepts: 'the path of a PEM file',
  help,
});

/** Where a quantity is read; kept as text, so that it can stand in a file as an object. */
const placeSetting = (name: string): DeviceSetting => ({
  schema: v.union([
    v.pipe(
      text(2048),
      v.check((place) => parseValuePlace(place) !== undefined),
    ),
    v.pipe(
      v.record(v.string(), v.unknown()),
      v.check((place) => parseValuePlace(place) !== undefined),
      v.transform((place) => JSON.stringify(place)),
    ),
  ]),
  optional: true,
  accepts:
    'where it is read: a path such as battery.volts, a topic such as solar/volts, or solar:battery.volts*0.001',
  help: `where ${name} is read`,
  group: 'where a quantity is read',
  recorded: true,
});

/** The settings of a device whose values another program publishes. */
export const mqttDeviceSettings: Readonly<Record<string, DeviceSetting>> = {
  profile: wordSetting(['none', ...Object.keys(profiles)], 'the program that publishes its values'),
  topic: {
    ...topicSetting('where its values are published', true),
    form: { kind: 'text', keyboard: 'letters' },
    recorded: true,
  },
  kind: wordSetting(['auto', 'battery', 'solar-charger', 'meter'], 'what the device is'),
  broker: {
    schema: v.pipe(
      text(1024),
      v.check((address) => address === '' || isBrokerAddress(address)),
    ),
    default: '',
    accepts: "a broker's address, such as mqtt://10.0.0.5 or mqtts://user:password@broker.example:8883",
    help: "address of the broker (default: the display's own)",
    shown: withoutPassword,
    form: { kind: 'text', keyboard: 'letters' },
  },
  user: {
    schema: numberText,
    default: '',
    accepts: 'the name of a user',
    help: 'user at the broker',
    form: { kind: 'text', keyboard: 'letters' },
  },
  password: {
    schema: numberText,
    default: '',
    accepts: 'a text',
    help: 'its password',
    secret: true,
    form: { kind: 'text', keyboard: 'letters' },
  },
  ca: pemSetting("certificate of the broker's own authority"),
  cert: pemSetting('certificate to show to the broker'),
  key: pemSetting('its private key'),
  availability: { ...topicSetting('where it is published that the device is gone', false), recorded: true },
  every: {
    schema: v.pipe(
      v.union([v.number(), v.pipe(v.string(), v.regex(/^\d+(\.\d+)?$/), v.transform(Number))]),
      v.check((seconds) => seconds === 0 || (seconds >= 0.1 && seconds <= 3600)),
    ),
    default: 0,
    accepts: 'a number of seconds from 0.1 to 3600, or 0',
    help: 'seconds between two messages (default: as usual with the profile, else 10)',
    recorded: true,
  },
  onchange: wordSetting(['auto', 'yes', 'no'], 'values are published only when they change'),
  role: { ...choiceSetting(meterRoles, 'what a meter measures'), formOf: 'meter' },
  invert: { ...signSetting('turns the sign of current and power round'), recorded: true },
  ...Object.fromEntries(quantityNames().map((name) => [name, placeSetting(name)])),
};
