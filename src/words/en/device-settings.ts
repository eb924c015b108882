import type { Kind } from '../../model/reading';
import { formatBitRate } from './can';

/** A setting of a device: a few words, and what it is for. */
interface SettingWords {
  readonly label: string;
  /** Where it is asked for. */
  readonly question?: string;
  /** Beside the value, where there is little room. */
  readonly note: string;
  /** Names of its values, and what each means. */
  readonly options?: Readonly<Record<string, readonly [name: string, meaning: string]>>;
  readonly format?: (value: number) => string;
}

/** By the name that the setting has in the settings file. */
const settingWords: Readonly<Record<string, SettingWords>> = {
  role: {
    label: 'Measures',
    question: 'What does it measure?',
    note: '',
    options: {
      solar: ['Solar', 'what solar panels or a charger give'],
      inverter: ['Inverter', 'what an inverter takes'],
      load: ['Load', 'what is consumed'],
      battery: ['Battery', 'in the cable of all batteries'],
      other: ['Other', 'something else, or not known yet'],
    },
  },
  invert: { label: 'Sign of the current', note: 'turns + and −' },
  every: { label: 'Read every', note: '' },
  interval: { label: 'Unknown after', note: 'without being told again' },
  modes: {
    label: 'Names of the modes',
    note: 'of charging',
    options: { srne: ['SRNE', ''], venus: ['Venus', ''] },
  },
  password: { label: 'Password', note: 'empty, unless you have set one' },
  profile: {
    label: 'Program',
    question: 'Which program?',
    note: '',
    options: {
      batmon: ['batmon-ha', 'a battery'],
      homeassistant: ['Home Assistant', 'sensors, by MQTT Statestream'],
      tasmota: ['Tasmota', 'a plug or a meter'],
      esphome: ['ESPHome', 'a JBD battery'],
      victron: ['Victron GX', 'a battery, a charger or a meter'],
    },
  },
  kind: {
    label: 'Kind',
    question: 'What is it?',
    note: '',
    options: {
      battery: ['Battery', ''],
      'solar-charger': ['Solar charger', ''],
      meter: ['Meter', 'measures what something gives or takes'],
    },
  },
  broker: { label: 'Broker', note: 'empty: the display’s own' },
  user: { label: 'User', note: 'if the broker asks' },
  topic: { label: 'Topic', note: 'where it is published' },
  host: { label: 'Address', note: 'or its name in the network' },
  port: { label: 'Port', note: '' },
  bitrate: { label: 'Bit rate', note: 'of the CAN bus', format: formatBitRate },
  lenient: { label: 'Short datagrams', note: 'of 12 bytes and more' },
  invertCurrent: { label: 'Sign of the current', note: 'if + is discharging' },
  invertFineCurrent: { label: 'Sign of 0x151', note: 'its current and power' },
  signedTemperatures: { label: 'Below zero', note: 'signed temperatures' },
  moduleBms: { label: 'Module BMS', note: 'of a GEVCU' },
};

/** The label of a setting and what it is for. @param help in English, for one that has no words here */
export function deviceSettingWords(
  name: string,
  help: string,
): { readonly label: string; readonly note: string } {
  return settingWords[name] ?? { label: name, note: help };
}

/** The question for a setting that is asked for. */
export function settingQuestion(name: string): string {
  const words = settingWords[name];
  return words?.question ?? words?.label ?? name;
}

/** The name of a value of a setting, and what it means; a value without a name is its own. */
export function optionWords(name: string, value: string | number): readonly [string, string] {
  const words = settingWords[name];
  const known = words?.options?.[value];
  if (known !== undefined) return known;
  return [typeof value === 'number' && words?.format !== undefined ? words.format(value) : String(value), ''];
}

/** `30 s`, `5 min` or `1 h`. */
export function timeStepText(seconds: number): string {
  if (seconds >= 3600 && seconds % 3600 === 0) return `${seconds / 3600} h`;
  return seconds >= 60 && seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}

/** What the page of a device's settings says. */
export const deviceSettingsWords = {
  title: (name: string, page: number, pages: number) => (pages > 1 ? `${name} ${page + 1}/${pages}` : name),
  next: 'NEXT',
  on: 'On',
  off: 'Off',
  normally: (text: string) => `normally ${text}`,
  amperes: (text: string) => `${text} A`,
  /** Beside the current as it is read. */
  signNote: (kind: Kind) => (kind === 'battery' ? 'now; + charges' : 'now'),
  bank: 'Bank',
  alone: 'Alone',
  withOne: (name: string) => `With ${name}`,
  withAll: 'With all',
  withSome: (count: number) => `With ${count} others`,
  withNames: (names: readonly string[]) => `with ${names.join(', ')}`,
  takenOut: 'Taken out',
  takenOutNote: 'not read, not missed',
  onlyOne: 'the only device that is read',
} as const;
