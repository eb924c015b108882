import { controllerItem, type ControllerItem, type ControllerItemName } from '../../model/controller/items';
import type {
  ControllerWarnings,
  ItemProblems,
  SaveReasons,
  SaveSteps,
} from '../../model/controller/save-reports';
import { writeItem } from '../../model/controller/values';
import { phrase, type Phrases } from '../phrases';

/** Why a value must not be sent: one sentence with its full stop. Never has the value in it. */
export const itemPhrases: Phrases<ItemProblems> = {
  'item-unknown': () => 'There is no such item.',
  'item-not-taken': ({ item }) => `It must be ${accepted(item, controllerItem(item))}.`,
  'items-crossed': ({ below, above }) =>
    `${controllerItem(below).label} must be below ${controllerItem(above).label.toLowerCase()}.`,
};

/** Why an item was not saved: a few words, or a sentence with its full stop. */
export const savePhrases: Phrases<SaveReasons> = {
  ...itemPhrases,
  said: ({ words }) => words,
  'said-nothing': () => 'no reason given',
  starting: () => 'packdial is only starting',
  ending: () => 'packdial is ending',
  'save-under-way': () => 'another SAVE is under way',
  'secret-at-broker': () => 'Passwords are only changed at a display in the controller’s own network.',
  'controller-silent': () => 'no controller is heard now',
  'controller-silent-at-broker': () => 'No controller is heard by way of the broker.',
  'no-broker': () => 'There is no connection with the broker.',
  'sender-silent': () => 'The sender did not answer.',
  'sender-without-controller': () => 'The sender hears no controller that can be configured.',
  'relay-failed': ({ reason }) => reason,
  'item-unmentioned': () => 'The controller said nothing about it.',
  'item-left-out': () => 'it was left out',
  'controllers-on-one-port': () => 'two controllers send to one UDP port',
  'address-unknown-to-relay': () => 'its address has to be confirmed at the display beside it first',
  'address-not-confirmed': () => 'the address was not confirmed',
  'address-changed': () => 'the controller has another address now',
  'in-doubt': () => 'it may be saved: what the controller announces next will show',
  'no-answer': () => 'it does not answer',
  'too-slow': () => 'it took too long',
  'answer-damaged': () => 'the answer was damaged on the way',
  'answer-not-understood': () => 'the answer is none that is understood',
  'answer-unexpected': ({ answer }) => `the answer «${answer}» was not expected`,
  'connection-refused': () => 'it takes no connection',
  unreachable: () => "it can't be reached",
  'connection-broken-off': () => 'it has broken the connection off',
  'connection-failed': ({ error }) => `the connection failed (${error})`,
};

/** What a SAVE is doing, and what came of it. */
export const saveStepPhrases: Phrases<SaveSteps> = {
  beginning: () => 'Sending',
  sending: ({ address }) => `Sending to ${address}`,
  'sending-to-broker': ({ count }) => `Sending ${count} by way of the broker`,
  'trying-again': ({ address, reason, attempt, attempts }) =>
    `${address}: ${reason === undefined ? '' : phrase(savePhrases, reason)}; try ${attempt} of ${attempts}`,
  finished: ({ saved, items, unanswered }) => {
    if (saved === items) return `The controller has saved ${saved === 1 ? 'it' : `all ${saved}`}`;
    if (saved > 0) return `The controller has saved ${saved} of ${items}`;
    return unanswered ? 'The controller did not answer' : 'The controller has saved nothing';
  },
};

/** What the owner should know about the controller: one sentence or two with their full stop. */
export const controllerWarnings: Phrases<ControllerWarnings> = {
  'two-controllers': ({ address, other }) =>
    `Two controllers send to this UDP port: ${address} and ${other}. Give each a port of its own.`,
  'values-not-kept': ({ items }) =>
    `The controller has taken a new ${itemNames(items)} but goes on with the old.`,
};

/** A controller, its name empty where it has none; `age` of its last announcement as it is shown. */
export const controllerWords = {
  announced: (name: string, address: string, age: string) =>
    `${name === '' ? '' : `${name} at `}${address}, announced ${age} ago`,
  silent: (name: string, address: string, age: string) =>
    `${name === '' ? 'The one' : name} at ${address} was last heard ${age} ago. It can be set again when it is back.`,
} as const;

/** What the owner calls these items. */
export function itemNames(items: readonly ControllerItemName[]): string {
  return items.map((name) => controllerItem(name).label).join(', ');
}

/** What an item takes, to stand behind «It must be». */
function accepted(name: ControllerItemName, item: ControllerItem): string {
  switch (item.kind) {
    case 'number':
      return `${writeItem(name, item.least)} to ${writeItem(name, item.most)} ${item.unit}`;
    case 'whole':
      return `a whole number from ${item.least} to ${item.most}`;
    case 'choice':
      return `one of ${item.options.join(', ')}`;
    case 'text':
      return item.accepts;
  }
}
