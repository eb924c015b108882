import * as v from 'valibot';
import type { SettingForm } from './setting-form';
import { choice, text, toggle, wholeNumber } from './setting-schemas';
import { UserError } from '../base/user-error';

/** What a broker's address may be: its scheme says whether it is encrypted. Names and passwords do not belong into it. */
export function isBrokerUrl(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || url.hostname === '' || url.username !== '' || url.password !== '') return false;
  return ['mqtt:', 'mqtts:', 'ws:', 'wss:'].includes(url.protocol);
}

type Values = Readonly<Record<string, unknown>>;

const page = {
  page: 'mqtt',
  effect: 'restart',
  applies: ({ mqtt }: Values) => mqtt !== 'off',
} as const satisfies Omit<SettingForm, 'label'>;
const isSender = ({ mqtt }: Values): boolean => mqtt === 'sender';
const hasDevices = ({ devices }: Values): boolean => Array.isArray(devices) && devices.length > 0;
const path = (what: string, flag: string) => ({
  flag,
  placeholder: 'path',
  schema: text(),
  fallback: '',
  accepts: `the path of ${what}`,
});

/** How a battery is passed on over a broker, or heard from one; a part of the table in settings.ts. */
export const mqttSettings = {
  bmsId: {
    flag: 'bms-id',
    placeholder: 'name',
    // It becomes a part of MQTT topics.
    schema: v.pipe(v.string(), v.regex(/^[^\s/+#\p{Cc}\p{Cs}]{0,64}$/u)),
    fallback: '',
    accepts: 'up to 64 characters without spaces, slashes, + and #',
    help: "the battery controller's name in what is sent on",
    form: { page: 'source', label: 'BMS ID', effect: 'restart', note: 'the battery’s name on the broker' },
  },
  mqtt: {
    flag: 'mqtt',
    placeholder: 'role',
    schema: choice(['off', 'receiver', 'sender']),
    fallback: 'off',
    accepts: 'one of off, receiver, sender',
    help: 'off, sender (what is heard is published too) or receiver (the battery is heard from the broker alone)',
    form: {
      page: 'source',
      label: 'MQTT',
      effect: 'restart',
      names: { off: 'Off', receiver: 'Receiver', sender: 'Sender' },
    },
  },
  mqttUrl: {
    flag: 'mqtt-url',
    placeholder: 'url',
    schema: v.pipe(
      v.string(),
      v.maxLength(1024),
      v.check((address) => address === '' || isBrokerUrl(address)),
    ),
    fallback: '',
    accepts:
      'the address of a broker, such as mqtts://broker.example:8883 (mqtt, mqtts, ws or wss, without a password)',
    help: 'address of the broker, such as mqtts://broker.example (default: the one from the stick BATTERY)',
    form: { ...page, label: 'Broker', note: 'empty: as on the stick' },
  },
  mqttUser: {
    flag: 'mqtt-user',
    placeholder: 'name',
    schema: v.pipe(v.string(), v.maxLength(256)),
    fallback: '',
    accepts: 'up to 256 characters',
    help: "the display's user at the broker",
    form: { ...page, label: 'User', note: 'if the broker asks' },
  },
  mqttPassword: {
    flag: 'mqtt-password',
    placeholder: 'password',
    schema: v.pipe(v.string(), v.maxLength(256)),
    fallback: '',
    accepts: 'up to 256 characters',
    help: 'its password; better set in the settings file or as PACKDIAL_MQTT_PASSWORD, where other users of the machine do not see it',
    form: { ...page, label: 'Password', note: 'if the broker asks' },
    secret: true,
  },
  mqttCa: {
    ...path('a PEM file', 'mqtt-ca'),
    help: "certificate of the broker's own authority, PEM (default: the well-known ones)",
  },
  mqttCert: {
    ...path('a PEM file', 'mqtt-cert'),
    help: "the display's certificate, PEM (default: the one from the stick BATTERY)",
  },
  mqttKey: { ...path('a PEM file', 'mqtt-key'), help: 'its private key, PEM' },
  mqttKeepalive: {
    flag: 'mqtt-keepalive',
    placeholder: 'seconds',
    schema: wholeNumber(5, 1200),
    fallback: 30,
    accepts: 'a whole number from 5 to 1200',
    help: 'seconds of silence after which the broker is asked whether it is there: 5 to 1200',
  },
  homeAssistant: {
    flag: 'home-assistant',
    schema: toggle(),
    fallback: false,
    accepts: 'true or false',
    help: 'a sender announces the battery to Home Assistant',
    form: {
      ...page,
      label: 'Home Assistant',
      note: 'finds the battery by itself',
      applies: isSender,
    },
  },
  mqttDevices: {
    flag: 'mqtt-devices',
    schema: toggle(),
    fallback: true,
    accepts: 'true or false',
    help: 'a sender that reads several devices publishes each of them, so that a receiver shows all',
    form: {
      ...page,
      label: 'Every device',
      note: 'for receivers and Home Assistant',
      applies: (values: Values) => isSender(values) && hasDevices(values),
    },
  },
  mqttDataJson: {
    flag: 'mqtt-data-json',
    schema: toggle(),
    fallback: false,
    accepts: 'true or false',
    help: 'a sender publishes batteries and meters under data/bms and data/<name> as well, as tgalarneau/bms does for Telegraf',
    form: {
      ...page,
      label: 'JSON for Telegraf',
      note: 'topics data/bms and data/<name>',
      applies: (values: Values) => isSender(values) && hasDevices(values),
    },
  },
  mqttMessagePack: {
    flag: 'mqtt-message-pack',
    schema: toggle(),
    fallback: false,
    accepts: 'true or false',
    help: 'a sender publishes JBD batteries and LiTime chargers under JBD_BMS/1/msgpack and so on as well',
    form: {
      ...page,
      label: 'MessagePack',
      note: 'JBD_BMS/1/msgpack and so on',
      applies: (values: Values) => isSender(values) && hasDevices(values),
    },
  },
} as const;

/** True for a sender that publishes its devices one by one: a battery alone is in CompleteStatus as a whole. */
export function sendsDevices({
  mqttDevices,
  devices,
}: {
  readonly mqttDevices: boolean;
  readonly devices: readonly unknown[];
}): boolean {
  return mqttDevices && devices.length > 0;
}

/**
 * Finds mistakes in what belongs together.
 *
 * @throws UserError when there is no name for the battery, only half of a certificate, or a receiver beside devices
 */
export function checkMqtt(settings: {
  readonly mqtt: 'off' | 'receiver' | 'sender';
  readonly bmsId: string;
  readonly mqttCert: string;
  readonly mqttKey: string;
  readonly devices: readonly unknown[];
}): void {
  if (settings.mqtt === 'off') return;
  checkReceiver(settings);
  if (settings.bmsId === '') {
    throw new UserError('MQTT tells batteries apart by their BMS ID: set one (--bms-id), such as MorganOak.');
  }
  if ((settings.mqttCert === '') === (settings.mqttKey === '')) return;
  throw new UserError(
    'A certificate and its key belong together: give both --mqtt-cert and --mqtt-key, or neither.',
  );
}

/**
 * A receiver has one battery, the broker's.
 *
 * @throws UserError for one beside devices, which it would not read
 */
export function checkReceiver({
  mqtt,
  devices,
}: {
  readonly mqtt: 'off' | 'receiver' | 'sender';
  readonly devices: readonly unknown[];
}): void {
  if (mqtt !== 'receiver' || devices.length === 0) return;
  const count = devices.length === 1 ? '1 device is' : `${devices.length} devices are`;
  throw new UserError(
    `mqtt is receiver, whose one battery comes from the broker, but ${count} set up as well; take the devices out, or set mqtt to sender or off.`,
  );
}
