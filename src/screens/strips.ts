import type { Rect } from '../render/rect';
import type { Widget } from '../render/scene';
import type { TextStyle, TextStyles } from '../render/text';
import { metrics, type Palette, type TypeRole } from '../render/theme';
import { banner, type BannerProps } from '../render/widgets/banner';

/** What strips take from the layout of their screen; lengths are those of a picture of 800x480, in pixels. */
interface Sizes {
  readonly length: (reference: number) => number;
  readonly type: (role: TypeRole) => number;
}

/** The strip that says what is wrong with the data, or with packdial itself. */
export function noticeStrip(
  bounds: Rect,
  { length, type }: Sizes,
  styles: TextStyles,
  palette: Palette,
): Widget<BannerProps> {
  return banner({
    bounds,
    radius: length(metrics.radius),
    fill: palette.warningGround,
    accent: palette.warning,
    title: [
      styles.style(type('title'), 600, palette.text),
      styles.style(type('body'), 600, palette.text, 'proportional'),
    ],
    detail: styles.style(type('small'), 500, palette.secondary),
  });
}

/** The strip of an alarm that nobody has acknowledged. */
export function alarmStrip(
  bounds: Rect,
  { length, type }: Sizes,
  styles: TextStyles,
  palette: Palette,
): Widget<BannerProps> {
  const words = (role: TypeRole): TextStyle => styles.style(type(role), 600, palette.text, 'proportional');
  return banner({
    bounds,
    radius: length(metrics.radius),
    fill: palette.alarmGround,
    accent: palette.text,
    // As large as there is room for.
    title: [words('current'), words('value'), words('unit'), words('title')],
    detail: styles.style(type('small'), 500, palette.text),
    button: {
      text: 'OK',
      style: styles.style(type('value'), 600, palette.alarmGround, 'proportional'),
      fill: palette.text,
      width: Math.min(length(84), Math.round(bounds.width * 0.13)),
    },
  });
}
