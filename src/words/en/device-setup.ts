import type { SetupReport, SetupReports } from '../../model/setup-reports';
import type { SourceReport, SourceReports } from '../../model/source-status';
import { statusText } from '../en';
import { phrase, type Phrases } from '../phrases';

type OwnReports = Omit<SetupReports, keyof SourceReports>;

const ownPhrases: Phrases<OwnReports> = {
  'setup-name-taken': ({ name }) => `Another device is called ${name} already: touch the name to change it`,
  'setup-name-wrong': () =>
    'A name has 1 to 32 letters, digits, spaces and . _ -: touch the name to change it',
  'setup-too-many': ({ most }) =>
    `There are ${most} devices, and more can't be read: remove one that is not needed`,
  'setup-refused': ({ why }) => why.replace(/\.$/, ''),
  'setup-no-values': ({ place, seconds }) => `No values came from ${place} within ${seconds} s`,
  'setup-failed': ({ reason }) => `It failed for a reason that packdial does not know (${reason})`,
};

/** What stands in the way while a device is set up, or what its source does: one sentence without its full stop. */
export function setupText(report: SetupReport): string {
  if (!isOwn(report)) return statusText({ report });
  return ownText(report);
}

type OwnReport = Exclude<SetupReport, SourceReport>;

function isOwn(report: SetupReport): report is OwnReport {
  return Object.hasOwn(ownPhrases, report.code);
}

function ownText<Code extends keyof OwnReports>(report: {
  readonly code: Code;
  readonly values: OwnReports[Code];
}): string {
  return phrase<OwnReports, Code>(ownPhrases, report);
}

/** What the pages say on which a device is added. */
export const setupWords = {
  choiceTitle: 'Add a device',
  choices: {
    bluetooth: ['Bluetooth search', 'JBD, LiTime and Thornwave'],
    'jbd-serial': ['JBD battery at a cable', 'its UART or RS485, at a serial adapter'],
    bluenova: ['BlueNova battery', 'in the network, at 10.0.0.2'],
    'evtv-udp': ['EVTV controller, wireless', 'sends UDP datagrams'],
    'evtv-can': ['EVTV controller, CAN bus', 'at an interface such as can0'],
    'evtv-slcan': ['EVTV controller, CAN adapter', 'slcan at a serial port'],
    'mqtt-json': ['From another program', 'MQTT: Home Assistant, Tasmota …'],
  },
  searchTitle: 'Bluetooth',
  waiting: 'Waiting for the Bluetooth adapter',
  searching: (seconds: number) => `Searching, ${seconds} s left`,
  searchAgain: 'SEARCH AGAIN',
  hint: 'A device that is connected to a phone is silent: close its maker’s app.',
  nothingTitle: 'No device was found',
  nothing: (others: number, listed: number) =>
    [
      ...(others > 0
        ? [
            `${others} other Bluetooth device${others === 1 ? ' was' : 's were'} received, unknown to packdial.`,
          ]
        : []),
      ...(listed > 0 ? [`${listed} on the list ${listed === 1 ? 'was' : 'were'} received too.`] : []),
      'A device that is connected to a phone is silent: close its maker’s app, and come closer.',
    ].join(' '),
  more: (count: number) => `${count} more with a weaker signal`,
  noSearchTitle: 'Bluetooth can’t search',
  portsTitle: 'Serial port',
  looking: 'Looking for serial ports',
  noPortsTitle: 'No serial port',
  noPorts: 'Plug the adapter of the battery in, and touch LOOK AGAIN.',
  lookAgain: 'LOOK AGAIN',
  labels: {
    name: 'Name',
    password: 'Password',
    host: 'Address',
    port: 'UDP port',
    interface: 'CAN interface',
    broker: 'Broker',
    topic: 'Topic',
  },
  notes: {
    name: 'as it is called on all screens',
    password: 'empty, unless you have set one',
    host: 'or its name in the network',
    port: 'that the controller sends to',
    interface: 'such as can0',
    broker: 'empty: the display’s own',
    topic: 'where it is published',
  },
  empty: 'none',
  tryIt: 'READ IT',
  trying: (name: string) => `Reading ${name}`,
  triedTitle: (name: string) => `${name} answers`,
  cells: (count: number, low: string, high: string) => `${count} cells, ${low} to ${high} V`,
  cell: (volts: string) => `1 cell, ${volts} V`,
  noCells: 'It told no cells yet.',
  save: 'SAVE puts it on the list.',
  beside: (type: string) => `SAVE puts it on the list, beside the ${type}.`,
  instead: (type: string) => `SAVE puts it in the place of the ${type}, from which nothing was received.`,
  failedTitle: (name: string) => (name === '' ? 'No more devices' : 'No reading'),
  tryAgain: 'TRY AGAIN',
} as const;
