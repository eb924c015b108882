import type { Freshness } from '../../model/freshness';

/** Types of devices, and sources that stand for one, as the owner calls them. */
const typeNames: Readonly<Record<string, string>> = {
  'jbd-ble': 'JBD battery, Bluetooth',
  'jbd-serial': 'JBD battery, serial port',
  'litime-ble': 'LiTime solar charger, Bluetooth',
  'thornwave-ble': 'Thornwave meter, Bluetooth',
  bluenova: 'BlueNova battery, network',
  'mqtt-json': 'MQTT device',
  'evtv-udp': 'EVTV controller, wireless',
  'evtv-can': 'EVTV controller, CAN bus',
  'evtv-slcan': 'EVTV controller, CAN adapter',
  simulate: 'simulated battery',
  replay: 'battery of a played log',
  mqtt: 'battery over MQTT',
};

/** A type of device in words; one that has none here is called as in the settings file. */
export function deviceTypeName(type: string): string {
  return typeNames[type] ?? type;
}

/** The same without how it is reached: `EVTV controller`. */
export function shortTypeName(type: string): string {
  return deviceTypeName(type).replace(/,.*/, '');
}

/** How a device is received, in a word for its row. */
export const freshnessWords: Readonly<Record<Freshness, string>> = {
  fresh: 'live',
  late: 'late',
  lost: 'lost',
};

/** What the page of devices and the pages of one device say. */
export const devicesWords = {
  title: 'Devices',
  add: 'ADD',
  back: 'BACK',
  /** The list of devices among things that were changed. */
  changed: 'The list of devices',
  neverReceived: 'nothing yet',
  takenOut: 'taken out',
  afterSave: 'after SAVE',
  ago: (age: string) => `${age} ago`,
  signal: (dBm: number) => `${String(dBm).replace('-', '−')} dBm`,
  was: (name: string) => `was ${name}`,
  onlyListTitle: 'More than this one?',
  silentTitle: 'Nothing is received yet',
  onlyListText:
    'ADD finds batteries, solar chargers and meters over Bluetooth, at a serial port or in the network.',
  fixedText: (where: string) => `The list is ${where} and can only be changed there.`,
  settings: 'SETTINGS',
  rename: 'RENAME',
  up: 'UP',
  down: 'DOWN',
  remove: 'REMOVE',
  order: 'Order',
  place: (place: number, of: number) => `${place} of ${of}`,
  lastAnswer: 'Last answer',
  state: 'State',
  kind: 'Device',
  never: 'none since the start',
  unsaved: 'It is read from the next start on: touch SAVE.',
  outText: 'It is taken out: not read, and not missed. SETTINGS brings it back.',
  unit: 'Unit',
  unitOf: (rank: number, units: number) => `${rank} of ${units}`,
  model: 'Model',
  loadOutput: 'Load output',
  loadUnknown: 'not known',
  loadIs: (on: boolean) => (on ? 'on' : 'off'),
  loadOn: 'LOAD ON',
  loadOff: 'LOAD OFF',
  loadTitle: (name: string, on: boolean) => `Switch the load of ${name} ${on ? 'on' : 'off'}?`,
  loadOnText: 'What is connected to the load output gets power.',
  loadOffText: 'What is connected to the load output loses its power.',
  /** What became of switching it, after its state. */
  loadCourse: {
    asked: (on: boolean) => `switching it ${on ? 'on' : 'off'} …`,
    done: (on: boolean) => `switched ${on ? 'on' : 'off'}`,
    refused: () => 'the charger refuses to switch it',
    unchanged: (on: boolean) => `the charger did not switch it ${on ? 'on' : 'off'}`,
    unknown: () => 'the charger did not answer: look whether it has switched',
    'not-connected': () => 'not switched: the charger is not connected',
  },
  nameLabel: 'Name',
  nameNote: 'What was recorded so far stays under the old name.',
  nameProblem: 'A name has 1 to 32 letters, digits, spaces and . _ -',
  nameTaken: (name: string) => `Another device is called ${name} already.`,
  removeTitle: (name: string) => `Remove ${name}?`,
  removeText: 'After SAVE it is not read any more. What was recorded of it stays, and ADD brings it back.',
  removeYes: 'Remove',
  goBack: 'Go back',
} as const;
