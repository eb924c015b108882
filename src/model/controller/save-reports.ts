import type { Coded, NoValues } from '../coded';
import type { ControllerItemName } from './items';

/** Why a value must not be sent. */
export interface ItemProblems {
  readonly 'item-unknown': NoValues;
  /** It is none that the item takes. */
  readonly 'item-not-taken': { readonly item: ControllerItemName };
  /** One of two items that must be below the other is not. */
  readonly 'items-crossed': { readonly below: ControllerItemName; readonly above: ControllerItemName };
}

/** One of them. */
export type ItemProblem = Coded<ItemProblems>;

/** Why an item was not saved, or nobody knows whether it was. */
export interface SaveReasons extends ItemProblems {
  /** In the words of the controller, or of the display that relays. */
  readonly said: { readonly words: string };
  readonly 'said-nothing': NoValues;
  readonly starting: NoValues;
  readonly ending: NoValues;
  readonly 'save-under-way': NoValues;
  readonly 'secret-at-broker': NoValues;
  readonly 'controller-silent': NoValues;
  readonly 'controller-silent-at-broker': NoValues;
  readonly 'no-broker': NoValues;
  readonly 'sender-silent': NoValues;
  /** The display that relays hears no controller. */
  readonly 'sender-without-controller': NoValues;
  readonly 'relay-failed': { readonly reason: string };
  readonly 'item-unmentioned': NoValues;
  readonly 'item-left-out': NoValues;
  readonly 'controllers-on-one-port': NoValues;
  readonly 'address-unknown-to-relay': NoValues;
  readonly 'address-not-confirmed': NoValues;
  readonly 'address-changed': NoValues;
  readonly 'in-doubt': NoValues;
  readonly 'no-answer': NoValues;
  readonly 'too-slow': NoValues;
  readonly 'answer-damaged': NoValues;
  readonly 'answer-not-understood': NoValues;
  readonly 'answer-unexpected': { readonly answer: string };
  readonly 'connection-refused': NoValues;
  readonly unreachable: NoValues;
  readonly 'connection-broken-off': NoValues;
  /** `error`: its name at the system. */
  readonly 'connection-failed': { readonly error: string };
}

/** One of them. */
export type SaveReason = Coded<SaveReasons>;

/** What a SAVE is doing, and what came of it. */
export interface SaveSteps {
  readonly beginning: NoValues;
  readonly sending: { readonly address: string };
  /** `count`: items. */
  readonly 'sending-to-broker': { readonly count: number };
  /** `attempt` of `attempts`, 1 is the first. */
  readonly 'trying-again': {
    readonly address: string;
    readonly reason: SaveReason | undefined;
    readonly attempt: number;
    readonly attempts: number;
  };
  /** `saved` of `items`; `unanswered`: of some it is not known. */
  readonly finished: { readonly saved: number; readonly items: number; readonly unanswered: boolean };
}

/** One of them. */
export type SaveStep = Coded<SaveSteps>;

/** What the owner should know about the controller. */
export interface ControllerWarnings {
  readonly 'two-controllers': { readonly address: string; readonly other: string };
  /** The controller has acknowledged other values than it announces. */
  readonly 'values-not-kept': { readonly items: readonly ControllerItemName[] };
}

/** One of them. */
export type ControllerWarning = Coded<ControllerWarnings>;
