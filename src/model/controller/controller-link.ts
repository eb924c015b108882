import type { ControllerItemName, ControllerValues } from './items';
import type { ControllerWarning, SaveReason, SaveStep } from './save-reports';

/** What a controller has announced of its configuration. */
export interface AnnouncedConfiguration {
  /** All that is known, never a secret; items that it does not have are absent. */
  readonly values: ControllerValues;
  /** The address it came from and TCP port that changes go to, such as `192.168.1.20:6501`: what the owner confirms. */
  readonly address: string;
  /** Monotonic ms of the latest announcement that was whole. */
  readonly heardAt: number;
}

/** What became of one item of a SAVE. Only `acknowledged` means that the controller has it. */
export type ItemResult =
  | { readonly state: 'waiting' }
  | { readonly state: 'acknowledged' }
  | { readonly state: 'refused'; readonly reason: SaveReason }
  /** It may have arrived or not: the next announcement will tell. */
  | { readonly state: 'no answer'; readonly reason: SaveReason };

/** Results by item, in the order in which they were sent. */
export type ItemResults = ReadonlyMap<ControllerItemName, ItemResult>;

/** How the latest SAVE goes. */
export type SaveProgress =
  | { readonly state: 'idle' }
  /** Nothing has left: a person has to say with `confirm` whether this is their controller. */
  | {
      readonly state: 'confirm';
      readonly address: string;
      /** The address that was confirmed before, or `undefined` at the first SAVE ever. */
      readonly before: string | undefined;
      readonly results: ItemResults;
    }
  | {
      readonly state: 'running';
      readonly step: SaveStep;
      readonly results: ItemResults;
    }
  | { readonly state: 'finished'; readonly results: ItemResults };

/** Whether there is a controller to configure. */
export type ControllerPresence =
  /** None has announced itself since the start. */
  | { readonly state: 'never' }
  /** It is there, and may be configured. */
  | { readonly state: 'heard'; readonly announced: AnnouncedConfiguration }
  /** It has been silent for too long to be taken for being there. */
  | { readonly state: 'lost'; readonly announced: AnnouncedConfiguration };

/**
 * A controller that can be configured, however it is reached: over the network that it broadcasts in, or by way of another
 * display over MQTT. Nothing here throws or rejects for what the network or the controller did.
 */
export interface ControllerLink {
  /** How it is now. */
  readonly presence: ControllerPresence;
  /** Something that the owner should know, such as two controllers on one UDP port. */
  readonly warning: ControllerWarning | undefined;
  /** How the latest SAVE goes, for screens. */
  readonly saving: SaveProgress;
  /**
   * Sends changes. The values are looked at first (`problemsWith`); those that are not good are refused without leaving.
   * One SAVE at a time: while one is under way, all items of another are refused.
   *
   * @param by `relay`: nobody is there to confirm an address, so that one which is not confirmed yet refuses all items
   * @returns what became of each item when it is over, also when the owner has said no
   */
  save(changes: ControllerValues, by?: 'person' | 'relay'): Promise<ItemResults>;
  /** Answers `confirm`: with true, the address is remembered and the SAVE goes on; with false nothing is sent. */
  confirm(yes: boolean): void;
  /** The results were read: `saving` is idle again. */
  acknowledge(): void;
}
