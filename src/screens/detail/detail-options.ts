import type { TextStyles } from '../../render/text';
import type { Palette } from '../../render/theme';

/** What every detail screen is made with. */
export interface DetailOptions {
  readonly width: number;
  readonly height: number;
  readonly palette: Palette;
  readonly styles: TextStyles;
}
