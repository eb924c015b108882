import type { Glass } from '../../glass/glass';
import type { KeyEvent } from '../../io/inputs/key-event';
import type { PointerEvent } from '../../io/inputs/pointer-event';
import type { TakenConsole } from '../../io/outputs/console';

/** Whom touches and keys of the panel may be meant for, in this order. */
export interface PanelInputParts {
  /** Wakes the panel, and keeps the touch that did. */
  readonly glass: Pick<Glass, 'touched' | 'pressed'>;
  /** `undefined` where there is no console. */
  readonly terminal: Pick<TakenConsole, 'isShown' | 'switchTo'> | undefined;
  /** Takes touches while the panel is calibrated: returns true for those. */
  readonly calibration: { pointer(event: PointerEvent): boolean };
  readonly display: { pointer(event: PointerEvent): void; key(event: KeyEvent): void };
}

/** Where touches and keys go. While another virtual terminal is shown, they are not meant for the picture. */
export function panelInputs({
  glass,
  terminal,
  calibration,
  display,
}: PanelInputParts): PanelInputParts['display'] {
  const isShown = (): boolean => terminal?.isShown ?? true;
  return {
    pointer: (event) => {
      if (!glass.touched(event)) return;
      // What was touched before is let go all the same.
      if (!isShown() && event.type !== 'release') return;
      if (!calibration.pointer(event)) display.pointer(event);
    },
    key: (event) => {
      if (!glass.pressed(event) || !isShown()) return;
      if (event.terminal === undefined) display.key(event);
      else terminal?.switchTo(event.terminal);
    },
  };
}
