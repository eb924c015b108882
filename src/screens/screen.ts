import type { SwitchedOff } from '../model/bank';
import type { Freshness } from '../model/freshness';
import type { Kind } from '../model/reading';
import type { SiteFlows } from '../model/site-flows';
import type { Units } from '../model/temperature';
import type { Rect } from '../render/rect';
import type { Scene } from '../render/scene';

/** The screens that can be gone to by name. */
export const screenNames = ['main', 'soc-log', 'cells', 'power-log', 'alarms', 'settings'] as const;

/** One of them. */
export type ScreenName = (typeof screenNames)[number];

/** What there is of one device of several: its own screen, and its energies. */
export type DevicePageName = 'device' | 'energy';

/** Any screen: those of one device of several are gone to by the device, and the welcome and the calibration come by themselves. */
export type AnyScreenName = ScreenName | DevicePageName | 'welcome' | 'calibration';

/** Ways to a battery that the first set-up can begin with. */
export const firstSteps = ['wireless', 'can', 'bluetooth'] as const;

/** One of them. */
export type FirstStep = (typeof firstSteps)[number];

/** What a touch means. Screens say it; others carry it out. */
export type Intent =
  | { readonly kind: 'open'; readonly screen: ScreenName }
  /** Opens a screen of one device of several. */
  | { readonly kind: DevicePageName; readonly device: string }
  /** Shows another battery or the bank on all screens. */
  | { readonly kind: 'show'; readonly device: string }
  /** Opens the settings where the first set-up begins. */
  | { readonly kind: 'set-up'; readonly step: FirstStep }
  /** Shows the dial instead of the welcome. */
  | { readonly kind: 'dismiss' }
  | { readonly kind: 'demonstrate' }
  | { readonly kind: 'none' };

/** A place that can be touched. */
export interface TouchTarget {
  readonly name: string;
  /** Where a finger may land: one or more rectangles, which no other target shares. */
  readonly areas: readonly Rect[];
  /** What lights up under the finger. */
  readonly highlight: Rect;
  /** A finger that was put down here is followed wherever it slides, see Screen.drag. */
  readonly draggable?: boolean;
}

/** A key of a keyboard that went down, or is held and repeats. */
export interface KeyEvent {
  /** A name of several letters, such as `Escape` or `Left`, or the one character that the key types. */
  readonly key: string;
  readonly action: 'down' | 'repeat';
  /** Ctrl, Alt or the logo key is held: a command to somebody, nothing to be typed. */
  readonly command: boolean;
}

/** `cancel`: it came to nothing, because another screen was opened or another finger came. */
export type DragPhase = 'start' | 'move' | 'end' | 'cancel';

/** How the owner wants things shown. */
export interface Preferences {
  readonly units: Units;
  /** The dial's full scale in kW, at the least. */
  readonly powerScale: number;
}

/** What a screen may know beside the battery. */
export interface Surroundings {
  /** Monotonic ms. */
  readonly now: number;
  readonly wall: Date;
  /** The display's own address, as it is shown; `undefined` without a network. */
  readonly address: string | undefined;
  readonly source: SourceView;
  /** The bank, if there is one, then all devices; absent or of one device where one battery is all there is. */
  readonly devices?: readonly DeviceView[];
  /** What the sun gives and the loads take, where there are several devices. */
  readonly flows?: SiteFlows;
  /** As they are at the moment; default: °C, and what the screen was made with. */
  readonly preferences?: Preferences;
  /** Something is wrong with the display's own settings: a few words; empty when nothing is. */
  readonly notice?: string;
}

/** One device of several, or their bank, for the list of devices. */
export interface DeviceView {
  readonly name: string;
  readonly kind: Kind | 'bank';
  /** Of the device as a whole; a bank's is late while one of its members is late or lost. */
  readonly freshness: Freshness;
  /** ms since it was received; Infinity when it never was. */
  readonly age: number;
  /** %, of batteries and banks; `undefined` while it is unknown. */
  readonly stateOfCharge?: number | undefined;
  /** W, of chargers and meters. */
  readonly watts?: number | undefined;
  /** A, of batteries, banks and meters. */
  readonly current?: number | undefined;
  /** V, of chargers (at the battery) and meters. */
  readonly volts?: number | undefined;
  /** °C, of chargers. */
  readonly temperature?: number | undefined;
  /** What a charger does, as its maker calls it. */
  readonly mode?: string | undefined;
  /** The worst that is wrong with it, in two or three words. */
  readonly alarm?: { readonly text: string; readonly acknowledged: boolean };
  /** Members that are not lost, in words such as `2 of 3`; absent for devices, and for a bank that is whole. */
  readonly presence?: string | undefined;
  /** How many batteries may not be discharged, and how many not charged: of a bank's members, or the one battery itself. */
  readonly switchedOff?: { readonly discharge: SwitchedOff; readonly charge: SwitchedOff };
  /** Its dial and cells are shown now. One of all devices at most. */
  readonly shown: boolean;
}

/** What the source says of itself. */
export interface SourceView {
  /** Two words, such as `UDP 6500`. */
  readonly label: string;
  /** One sentence. */
  readonly text: string;
  readonly up: boolean;
  /** Several devices are shown, and none of them is real. */
  readonly simulated?: boolean;
  /** One or two words while something is wrong, such as `bus-off`. */
  readonly note?: string | undefined;
  readonly frames: number;
  readonly ignored: number;
  readonly malformed: number;
  /** Address of the latest sender, where the wire tells. */
  readonly sender: string | undefined;
}

/** One screen: a scene, what it shows of the site, and where it can be touched. It does no I/O. */
export interface Screen {
  readonly name: AnyScreenName;
  /** The picture. A screen may exchange it for another one (when a scale changes, say). */
  readonly scene: Scene;
  readonly targets: readonly TouchTarget[];
  /**
   * Tells the widgets what to show. Returns after how many ms it wants to be called again although nothing was heard
   * (0 while something is moving), or `undefined` when it has nothing to do until then.
   */
  update(surroundings: Surroundings): number | undefined;
  /**
   * A finger was lifted on the target it had been put on. A draggable target is tapped only by a finger that hardly
   * moved, after its drag has ended.
   */
  tap(target: string): Intent;
  /**
   * A finger that was put on a draggable target, from `start` to `end` or `cancel`; `x` and `y` are where it is on the
   * picture, which may be off the target. A `cancel` has the last place that was told.
   */
  drag?(target: string, phase: DragPhase, x: number, y: number): void;
  /** A key, before the navigator uses it; returns true or what it means when the screen has used it itself. */
  key?(event: KeyEvent): boolean | Intent;
  /** Lights a target up, or none. */
  press(target: TouchTarget | undefined): void;
  /** Somebody begins the first set-up, on the screen that does it. */
  setUp?(step: FirstStep): void;
  /** Another screen is shown from now on: what only matters to somebody who looks at this one ends. */
  left?(): void;
}
