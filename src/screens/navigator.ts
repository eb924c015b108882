import { contains } from '../render/rect';
import type { Scene } from '../render/scene';
import {
  screenNames,
  type AnyScreenName,
  type DevicePageName,
  type DragPhase,
  type Intent,
  type KeyEvent,
  type Screen,
  type ScreenName,
  type Surroundings,
  type TouchTarget,
} from './screen';

/** Pixels that a finger may wander and still tap what can be dragged; a finger rolls a little. */
const tapReach = 12;

/** The screens that there are in a kiosk. */
const kioskScreens: readonly ScreenName[] = ['main', 'settings'];

/** A finger that is dragging something. */
class Drag {
  moved = false;
  at: Place;

  constructor(
    readonly target: TouchTarget,
    private readonly from: Place,
  ) {
    this.at = from;
  }

  goTo({ x, y }: Place): void {
    this.at = { x, y };
    this.moved ||= Math.hypot(x - this.from.x, y - this.from.y) > tapReach;
  }
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** A finger (or a pointer) on the picture; `x` and `y` in its pixels. */
export interface PointerEvent {
  readonly type: 'press' | 'move' | 'release';
  readonly x: number;
  readonly y: number;
}

/** Makes a screen when it is first gone to. */
export type ScreenFactory = (name: ScreenName) => Screen;

/** Makes a screen of a device; `undefined` for a name that none has. */
export type DeviceScreenFactory = (device: string, page: DevicePageName) => Screen | undefined;

/** The welcome, which stands in place of the main screen for a time. */
export interface WelcomePlace {
  make(): Screen;
  /** @param now monotonic ms */
  stands(now: number): boolean;
  dismiss(): void;
  demonstrate(): void;
}

/** The calibration of the touch panel, which stands in place of any screen while it goes on. */
export interface CalibrationPlace {
  make(): Screen;
  readonly stands: boolean;
}

/** Which screen is shown, and what a finger on it and a key do. */
export class Navigator {
  private current: Screen;
  private readonly made = new Map<ScreenName, Screen>();
  private pressed: TouchTarget | undefined;
  private dragged: Drag | undefined;

  constructor(
    private readonly make: ScreenFactory,
    first: ScreenName = 'main',
    /** Takes over which battery or bank all screens show. */
    private readonly show: (device: string) => void = () => undefined,
    private readonly makeDevice: DeviceScreenFactory = () => undefined,
    /** True while only the main screen is to be shown, and only its way to the settings can be touched. */
    private readonly kiosk: () => boolean = () => false,
    private readonly welcome?: WelcomePlace,
    private readonly calibration?: CalibrationPlace,
  ) {
    this.current = this.screen(first);
  }

  /** The screen that is shown. */
  get screenName(): AnyScreenName {
    return this.current.name;
  }

  /** Its picture. */
  get scene(): Scene {
    return this.current.scene;
  }

  /** Where the shown screen can be touched. */
  get targets(): readonly TouchTarget[] {
    return this.current.targets;
  }

  /** Brings the shown screen up to date; see Screen.update. */
  update(surroundings: Surroundings): number | undefined {
    this.followCalibration();
    this.followWelcome(surroundings.now);
    return this.current.update(surroundings);
  }

  /** Shows another screen; a finger that is still down means nothing there. */
  open(name: ScreenName): void {
    this.leave(name);
    this.current = this.screen(name);
  }

  private openDevice(device: string, page: DevicePageName): void {
    const screen = this.makeDevice(device, page);
    if (screen === undefined) return;
    this.leave(page);
    // It is made for the time that it is shown: there may be twenty of them.
    this.current = screen;
  }

  private followWelcome(now: number): void {
    const { welcome } = this;
    if (welcome === undefined) return;
    const stands = welcome.stands(now);
    if (!stands && this.screenName === 'welcome') this.open('main');
    // Not under a finger.
    if (!stands || this.screenName !== 'main' || this.pressed !== undefined) return;
    this.leave('welcome');
    this.current = welcome.make();
  }

  private followCalibration(): void {
    const { calibration } = this;
    const isShown = this.screenName === 'calibration';
    if (calibration === undefined || calibration.stands === isShown) return;
    if (isShown) this.open('main');
    else {
      this.leave('calibration');
      this.current = calibration.make();
    }
  }

  private leave(to: AnyScreenName): void {
    this.tellDrag('cancel');
    this.press(undefined);
    if (to !== this.current.name) this.current.left?.();
  }

  /**
   * A touch acts when the finger is lifted where it was put down; sliding off the target takes it back, and sliding
   * on again gives it back. What can be dragged follows the finger wherever it goes.
   */
  pointer(event: PointerEvent): void {
    const target = this.current.targets.find(
      ({ name, areas }) => this.allows(name) && areas.some((area) => contains(area, event.x, event.y)),
    );
    switch (event.type) {
      case 'press':
        this.tellDrag('cancel');
        this.press(target);
        if (target?.draggable === true) this.startDrag(target, event);
        return;
      case 'move':
        if (this.dragged !== undefined) this.moveDrag(this.dragged, event);
        else if (this.pressed !== undefined) this.current.press(this.isPressed(target) ? target : undefined);
        return;
      case 'release': {
        const { pressed } = this;
        const isSame = this.isPressed(target);
        const moved = this.endDrag(event);
        this.press(undefined);
        if (pressed !== undefined && isSame && !moved) this.carryOut(this.current.tap(pressed.name));
      }
    }
  }

  /**
   * A key is the shown screen's if it wants it. Else Escape goes to the main screen, the arrows to the screens beside
   * this one; after the last comes the first.
   */
  key(event: KeyEvent): void {
    const used = this.current.key?.(event) ?? false;
    if (typeof used === 'object') this.carryOut(used);
    if (used !== false) return;
    const { key, action, command } = event;
    // A key that is held would race through the screens.
    if (action === 'repeat' || command) return;
    if (key === 'Escape' && this.screenName !== 'main') this.open('main');
    else if (key === 'Left') this.openBeside(-1);
    else if (key === 'Right') this.openBeside(1);
  }

  private openBeside(step: 1 | -1): void {
    const { screenName } = this;
    const names: readonly ScreenName[] = this.kiosk() ? kioskScreens : screenNames;
    // A device's screens stand in the main one's place, and so does the welcome.
    const place = Math.max(
      0,
      names.findIndex((name) => name === screenName),
    );
    const beside = place + step + names.length;
    const name = names[beside % names.length];
    if (name !== undefined) this.open(name);
  }

  /** False for what can't be touched in a kiosk; the settings can, whatever is on them. */
  private allows(target: string): boolean {
    return this.screenName !== 'main' || target === 'settings' || !this.kiosk();
  }

  private carryOut(intent: Intent): void {
    switch (intent.kind) {
      case 'open':
        return this.open(intent.screen);
      case 'device':
      case 'energy':
        return this.openDevice(intent.device, intent.kind);
      case 'show':
        return this.show(intent.device);
      case 'set-up':
        this.open('settings');
        return this.current.setUp?.(intent.step);
      case 'dismiss':
        this.welcome?.dismiss();
        return this.open('main');
      case 'demonstrate':
        return this.welcome?.demonstrate();
      case 'none':
    }
  }

  private startDrag(target: TouchTarget, { x, y }: PointerEvent): void {
    this.dragged = new Drag(target, { x, y });
    this.current.drag?.(target.name, 'start', x, y);
  }

  private moveDrag(drag: Drag, event: PointerEvent): void {
    drag.goTo(event);
    this.current.drag?.(drag.target.name, 'move', event.x, event.y);
  }

  /** Ends what is being dragged, at the place of the event. Returns true when the finger has gone a way. */
  private endDrag(event: PointerEvent): boolean {
    const { dragged } = this;
    if (dragged === undefined) return false;
    dragged.goTo(event);
    this.tellDrag('end');
    return dragged.moved;
  }

  /** Tells the screen how the drag ends, if there is one. */
  private tellDrag(phase: Extract<DragPhase, 'end' | 'cancel'>): void {
    const { dragged } = this;
    if (dragged === undefined) return;
    this.dragged = undefined;
    this.current.drag?.(dragged.target.name, phase, dragged.at.x, dragged.at.y);
  }

  private press(target: TouchTarget | undefined): void {
    this.pressed = target;
    this.current.press(target);
  }

  /** A screen may have found its targets anew while the finger was down: it is the name that tells one from another. */
  private isPressed(target: TouchTarget | undefined): boolean {
    return target !== undefined && target.name === this.pressed?.name;
  }

  private screen(name: ScreenName): Screen {
    let screen = this.made.get(name);
    if (screen === undefined) {
      screen = this.make(name);
      this.made.set(name, screen);
    }
    return screen;
  }
}
