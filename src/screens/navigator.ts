import { contains } from '../render/rect';
import type { Scene } from '../render/scene';
import { screenNames, type Screen, type ScreenName, type Surroundings, type TouchTarget } from './screen';

/** A finger (or a pointer) on the picture; `x` and `y` in its pixels. */
export interface PointerEvent {
  readonly type: 'press' | 'move' | 'release';
  readonly x: number;
  readonly y: number;
}

/** A key of a keyboard that went down, or is held and repeats. */
export interface KeyEvent {
  /** A name of several letters, such as `Escape` or `Left`, or the one character that the key types. */
  readonly key: string;
  readonly action: 'down' | 'repeat';
  /** Ctrl, Alt or the logo key is held: a command to somebody, nothing to be typed. */
  readonly command: boolean;
}

/** Makes a screen when it is first gone to. */
export type ScreenFactory = (name: ScreenName) => Screen;

/** Which screen is shown, and what a finger on it and a key do. */
export class Navigator {
  private current: Screen;
  private readonly made = new Map<ScreenName, Screen>();
  private pressed: TouchTarget | undefined;

  constructor(
    private readonly make: ScreenFactory,
    first: ScreenName = 'main',
  ) {
    this.current = this.screen(first);
  }

  get screenName(): ScreenName {
    return this.current.name;
  }

  get scene(): Scene {
    return this.current.scene;
  }

  /** Brings the shown screen up to date; see Screen.update. */
  update(surroundings: Surroundings): number | undefined {
    return this.current.update(surroundings);
  }

  /** Shows another screen; a finger that is still down means nothing there. */
  open(name: ScreenName): void {
    this.press(undefined);
    this.current = this.screen(name);
  }

  /**
   * A touch acts when the finger is lifted where it was put down; sliding off the target takes it back, and sliding
   * on again gives it back.
   */
  pointer(event: PointerEvent): void {
    const target = this.current.targets.find(({ areas }) =>
      areas.some((area) => contains(area, event.x, event.y)),
    );
    switch (event.type) {
      case 'press':
        this.press(target);
        return;
      case 'move':
        if (this.pressed !== undefined) this.current.press(target === this.pressed ? target : undefined);
        return;
      case 'release': {
        const { pressed } = this;
        this.press(undefined);
        if (pressed === undefined || target !== pressed) return;
        const intent = this.current.tap(pressed.name);
        if (intent.kind === 'open') this.open(intent.screen);
      }
    }
  }

  /** Escape goes to the main screen, the arrows to the screens beside this one; after the last comes the first. */
  key({ key, action, command }: KeyEvent): void {
    // A key that is held would race through the screens.
    if (action === 'repeat' || command) return;
    if (key === 'Escape' && this.screenName !== 'main') this.open('main');
    else if (key === 'Left') this.openBeside(-1);
    else if (key === 'Right') this.openBeside(1);
  }

  private openBeside(step: 1 | -1): void {
    const beside = screenNames.indexOf(this.screenName) + step + screenNames.length;
    const name = screenNames[beside % screenNames.length];
    if (name !== undefined) this.open(name);
  }

  private press(target: TouchTarget | undefined): void {
    this.pressed = target;
    this.current.press(target);
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
