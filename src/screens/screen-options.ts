import type { TextStyles } from '../render/text';
import type { Palette } from '../render/theme';

/** What every screen is made with. */
export interface ScreenOptions {
  readonly width: number;
  readonly height: number;
  /** The side of the smallest target for a finger, pixels; that of a panel of 132 dots per inch by default. */
  readonly finger?: number | undefined;
  readonly palette: Palette;
  readonly styles: TextStyles;
}
