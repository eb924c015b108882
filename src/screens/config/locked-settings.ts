import type { Scene } from '../../render/scene';
import { lockWords } from '../../words/en/settings-lock';
import type { DragPhase, FirstStep, Intent, KeyEvent, Screen, Surroundings, TouchTarget } from '../screen';
import type { ScreenOptions } from '../screen-options';
import type { TextField } from './field';
import { buildKeyboard, TypedText } from './keyboard-view';
import type { SettingsLock } from './settings-lock';
import type { View } from './view-builder';

const home = { kind: 'open', screen: 'main' } as const;

/** How the keyboard that asks for the PIN is made. */
/** The settings behind a lock: while it is locked, a keyboard of digits that asks for the PIN stands in their place. */
export class LockedSettings implements Screen {
  readonly name = 'settings';
  private typed: TypedText;
  private view: View;
  private layer: string;
  /** Where the keyboard leads to: X back, Done to the device for whose switch the PIN was asked. */
  private wish: Intent = { kind: 'none' };

  constructor(
    private readonly settings: Screen,
    private readonly lock: SettingsLock,
    private readonly options: ScreenOptions,
  ) {
    this.typed = this.nothingTyped();
    this.view = this.build();
    this.layer = this.typed.layer;
  }

  get scene(): Scene {
    return this.lock.locked ? this.view.scene : this.settings.scene;
  }

  get targets(): readonly TouchTarget[] {
    return this.lock.locked ? this.view.targets : this.settings.targets;
  }

  update(surroundings: Surroundings): number | undefined {
    if (this.lock.locked) return this.view.show(surroundings);
    const wait = this.settings.update(surroundings);
    return Math.min(wait ?? Infinity, this.lock.closesIn ?? Infinity);
  }

  tap(target: string): Intent {
    if (!this.lock.locked) {
      this.lock.touched();
      return this.settings.tap(target);
    }
    const intent = this.view.actions.get(target)?.tap?.();
    this.refresh();
    return intent ?? this.wish;
  }

  drag(target: string, phase: DragPhase, x: number, y: number): void {
    if (this.lock.locked) return;
    this.lock.touched();
    this.settings.drag?.(target, phase, x, y);
  }

  press(target: TouchTarget | undefined): void {
    if (this.lock.locked) this.view.press(target);
    else this.settings.press(target);
  }

  key(event: KeyEvent): boolean | Intent {
    if (!this.lock.locked) {
      this.lock.touched();
      return this.settings.key?.(event) ?? false;
    }
    if (event.command) return false;
    const wish = this.typed.key(event.key);
    if (wish === 'done') this.enter();
    this.refresh();
    if (wish === 'cancel') return home;
    return this.wish.kind === 'none' ? true : this.wish;
  }

  setUp(step: FirstStep): void {
    if (!this.lock.locked) this.settings.setUp?.(step);
  }

  left(): void {
    this.settings.left?.();
    // On the device's screen it stays open until that is left.
    if (this.lock.locked || this.lock.wanted === undefined) this.lock.close();
    this.lock.wanted = undefined;
    this.begin();
  }

  private enter(): void {
    if (!this.typed.enter()) return;
    this.begin();
    const { wanted } = this.lock;
    if (wanted !== undefined) this.wish = { kind: 'device', device: wanted };
  }

  /** Nothing is typed any more: whoever comes next begins anew. */
  private begin(): void {
    this.typed = this.nothingTyped();
    this.wish = { kind: 'none' };
    this.view = this.build();
  }

  private nothingTyped(): TypedText {
    const field: TextField = {
      kind: 'text',
      name: 'pin',
      label: lockWords.label,
      note: lockWords.note,
      restarts: false,
      fixed: '',
      keyboard: 'digits',
      secret: true,
      applies: () => true,
      read: () => '',
      write: (values) => values,
      format: () => '',
      parse: (text) => {
        const problem = this.lock.open(text);
        return problem === undefined ? { value: '' } : { problem };
      },
    };
    return new TypedText(field, { values: {}, set: () => true });
  }

  private refresh(): void {
    if (this.typed.layer === this.layer) this.view.show(undefined);
    else this.view = this.build();
  }

  private build(): View {
    this.layer = this.typed.layer;
    const view = buildKeyboard(this.options, this.typed, {
      done: () => this.enter(),
      cancel: () => (this.wish = home),
    });
    view.show(undefined);
    return view;
  }
}
