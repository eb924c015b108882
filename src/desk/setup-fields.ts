import type { Kind } from '../model/reading';
import type { AskedSetting, SetupContext, SetupField } from '../screens/config/devices/setup-view';

/** What can be asked for. */
export type FieldKey = SetupField['key'];

/** The UDP port that controllers send to unless they are told otherwise. */
const firstPort = 6500;

/** What has to be known of a device of a type beside its name, with what it is mostly. */
export function fieldsOf(type: string, context: SetupContext): [FieldKey, string][] {
  switch (type) {
    case 'bluenova':
      return [['host', '10.0.0.2']];
    case 'evtv-udp':
      return [['port', String(freePort(context))]];
    case 'evtv-can':
      return [['interface', 'can0']];
    default:
      return [];
  }
}

/** How topics of a program begin, where they all do. */
const topicBeginnings: Readonly<Record<string, string>> = {
  homeassistant: 'homeassistant/sensor/',
  tasmota: 'tele/',
  victron: 'N/',
};

/** What has to be known of a device that a program publishes, beside its name. */
export function brokerFields(profile: unknown): [FieldKey, string][] {
  return [
    ['broker', ''],
    ['topic', topicBeginnings[String(profile)] ?? ''],
  ];
}

/** What is asked for before: the program, and what the device is where the program does not tell. */
export function askedOfProgram(profile?: unknown): readonly AskedSetting[] {
  const programs = ['homeassistant', 'batmon', 'tasmota', 'esphome', 'victron'];
  const kinds = { name: 'kind', options: ['battery', 'solar-charger', 'meter'] };
  return [{ name: 'profile', options: programs }, ...(profile === 'homeassistant' ? [kinds] : [])];
}

/** What a device is mostly, of which a program tells. @param kind as it was answered, where that was asked for */
export function kindOfProgram(profile: unknown, kind: unknown): Kind {
  if (kind === 'solar-charger' || kind === 'meter') return kind;
  return profile === 'tasmota' ? 'meter' : 'battery';
}

const names: Readonly<Record<Kind, string>> = {
  battery: 'Battery',
  'solar-charger': 'Solar',
  meter: 'Meter',
};

/** Of a meter, by what it measures. */
const meterNames: Readonly<Record<string, string>> = {
  solar: 'Solar meter',
  inverter: 'Inverter',
  load: 'Load',
  battery: 'Battery meter',
};

/** What a device is called as long as nobody calls it otherwise. @param role of a meter */
export function nameOf(kind: Kind, role?: unknown): string {
  return (kind === 'meter' ? meterNames[String(role)] : undefined) ?? names[kind];
}

/** A name that none has, so that nobody has to type one. */
export function suggestedName(wanted: string, isTaken: (name: string) => boolean): string {
  let name = wanted;
  for (let i = 2; isTaken(name); i++) name = `${wanted} ${i}`;
  return name;
}

/** The first port that no controller of the site sends to. */
function freePort({ entries, usedPort }: SetupContext): number {
  const used = new Set(
    entries.filter(({ type }) => type === 'evtv-udp').map(({ port }) => Number(port ?? firstPort)),
  );
  if (usedPort !== undefined) used.add(usedPort);
  let port = firstPort;
  while (used.has(port)) port++;
  return port;
}
