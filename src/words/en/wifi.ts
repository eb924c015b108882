import type { JoinOutcome, JoinOutcomes, JoinStep, JoinSteps, WifiTrouble } from '../../model/wifi-reports';
import { phrase, type Phrases } from '../phrases';

type Reports = JoinSteps & JoinOutcomes;

const phrases: Phrases<Reports> = {
  'wifi-no-manager': () =>
    'NetworkManager does not run here. Join a Wi-Fi at a keyboard, as docs/using.md says under “Another Wi-Fi”',
  'wifi-silent': () => 'NetworkManager does not answer. Start the machine again',
  'wifi-not-permitted': () =>
    'packdial may not change the network here. As an installed display it may: run sudo make install again',
  'wifi-no-adapter': () =>
    'There is no Wi-Fi adapter. Plug one in and touch LOOK AGAIN, or use a network cable',
  'wifi-blocked': () =>
    'Wi-Fi is switched off. On a Raspberry Pi set its country with sudo raspi-config; elsewhere run sudo rfkill unblock wifi',
  'wifi-unmanaged': ({ interface: name }) =>
    `NetworkManager leaves ${name} to another program. Join a Wi-Fi at a keyboard, as docs/using.md says under “Another Wi-Fi”`,
  'wifi-not-ready': ({ interface: name }) =>
    `NetworkManager can’t use ${name} yet. If that stays so, run sudo apt install wpasupplicant`,
  'wifi-failed': ({ reason }) => `It failed for a reason that packdial does not know (${reason})`,
  'wifi-preparing': () => 'Getting ready',
  'wifi-associating': () => 'Asking the access point to let the display in',
  'wifi-asks-address': () => 'Asking the network for an address',
  'wifi-joined': ({ address }) =>
    address === ''
      ? 'The display is in the network, and has no address yet'
      : `The display’s address is ${address}`,
  'wifi-wrong-password': () => 'The password is wrong',
  'wifi-out-of-range': () => 'The network is out of range, or has another name',
  'wifi-no-address': () => 'The network gave the display no address. Start its router again',
  'wifi-refused': () =>
    'The access point refused the display. Check the password, and whether it lets new devices in',
  'wifi-no-answer': () =>
    'The access point did not let the display in. Check the password, and bring the display closer',
  'wifi-given-up': () => 'Another network was joined meanwhile, or Wi-Fi was switched off',
};

/** How the joining of a network goes, or what keeps Wi-Fi from being set up: a sentence or two without the last full stop. */
export function wifiText<Code extends keyof Reports>(report: {
  readonly code: Code;
  readonly values: Reports[Code];
}): string {
  return phrase<Reports, Code>(phrases, report);
}

/** The same of a report whose code is not known. */
export function anyWifiText(report: WifiTrouble | JoinStep | JoinOutcome): string {
  return wifiText(report as { readonly code: keyof Reports; readonly values: never });
}

/** What the pages of Wi-Fi say. */
export const wifiWords = {
  title: 'Wi-Fi',
  looking: 'Looking for Wi-Fi',
  searching: 'Searching for networks. It may take a minute or two.',
  nothingTitle: 'No network was found',
  nothing: 'Bring the display closer to the access point, and touch SEARCH.',
  troubleTitle: 'Wi-Fi can’t be set here',
  search: 'SEARCH',
  searchRuns: 'Searching',
  lookAgain: 'LOOK AGAIN',
  hidden: 'HIDDEN',
  more: (count: number) => `${count} MORE`,
  first: 'BACK TO TOP',
  joined: (address: string) => (address === '' ? 'joined, without an address yet' : `joined, ${address}`),
  known: 'its password is kept',
  states: { open: 'open to everybody', password: 'wants a password', other: 'not to be joined from here' },
  join: 'JOIN',
  tryAgain: 'TRY AGAIN',
  forget: 'FORGET',
  otherPassword: 'OTHER PASSWORD',
  page: {
    joined: 'The display is in this network',
    known: 'The display has been in this network',
    open: 'An open network',
    password: 'A network with a password',
    other: 'Not to be joined from here',
  },
  pageText: {
    joined: (address: string) =>
      address === ''
        ? 'It has no address yet.'
        : `Its address is ${address}. It joins again at every power on.`,
    known: 'Its password is kept, and it is joined by itself when it is in range and nothing else is joined.',
    open: 'Everybody nearby can read what is sent in it.',
    password: 'JOIN asks for it.',
    other: 'WEP and company logins (802.1X) are set at a keyboard: docs/using.md, “Another Wi-Fi”.',
  },
  joining: (name: string) => `Joining ${name}`,
  joiningHint: 'The network before is returned to if this fails.',
  joinedTitle: (name: string) => `${name} is joined`,
  failedTitle: (name: string) => `${name} is not joined`,
  backIn: (name: string) => `The display is in ${name} as before.`,
  returning: (name: string) => `The display returns to ${name}.`,
  password: (name: string) => `Password of ${name}`,
  passwordNote: '8 to 63 characters; it goes to NetworkManager and is kept nowhere else',
  hiddenPasswordNote: '8 to 63 characters; empty for an open network',
  passwordProblem: (count: number) => `A Wi-Fi password has 8 to 63 characters, and this has ${count}.`,
  hiddenName: 'Name of the hidden network',
  hiddenNote: 'exactly as it is, capitals too',
  nameProblem: 'A network’s name has 1 to 32 letters, digits or signs.',
  forgetTitle: (name: string) => `Forget ${name}?`,
  forgetJoined: 'The display leaves it at once.',
  forgetOpen: 'It is joined by itself no more.',
  forgetText: 'Its password has to be typed again to join it.',
  forgetYes: 'Forget',
  goBack: 'Go back',
} as const;
