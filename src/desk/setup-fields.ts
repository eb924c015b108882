import type { Kind } from '../model/reading';
import type { SetupContext, SetupField } from '../screens/config/devices/setup-view';

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

const names: Readonly<Record<Kind, string>> = {
  battery: 'Battery',
  'solar-charger': 'Solar',
  meter: 'Meter',
};

/** A name that none has, so that nobody has to type one. */
export function suggestedName(kind: Kind, isTaken: (name: string) => boolean): string {
  let name = names[kind];
  for (let i = 2; isTaken(name); i++) name = `${names[kind]} ${i}`;
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
