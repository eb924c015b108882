import type { Scene, Slot } from '../../render/scene';
import type { TextStyles } from '../../render/text';
import { metrics, type Palette } from '../../render/theme';
import { arrowButton, type ArrowButtonProps } from '../../render/widgets/arrow-button';
import { cursorFrame, type CursorFrameProps } from '../../render/widgets/cursor-frame';
import { levelBars, type LevelBarsProps } from '../../render/widgets/level-bars';
import type { ReadoutProps } from '../../render/widgets/readout';
import type { TimeAxisProps } from '../../render/widgets/time-axis';
import type { DetailFrame } from '../detail/detail-frame';
import { logAxis } from '../detail/log-axis';
import type { SocLogLayout } from './soc-log-layout';
import { screenUnit } from '../../model/quantities';

/** From here down (%) a bar is in the colour of a warning. */
const lowLevel = 20;
/** Everything on the SOC log's screen that changes. */
export interface SocLogSlots {
  readonly soc: Slot<ReadoutProps>;
  readonly age: Slot<ReadoutProps>;
  readonly bars: Slot<LevelBarsProps>;
  readonly cursor: Slot<CursorFrameProps>;
  readonly axis: Slot<TimeAxisProps>;
  readonly longer: Slot<ArrowButtonProps>;
  readonly shorter: Slot<ArrowButtonProps>;
  readonly span: Slot<ReadoutProps>;
  readonly step: Slot<ReadoutProps>;
}

/** Puts the widgets into a scene, lowest first. */
export function addSocLogWidgets(
  scene: Scene,
  frame: DetailFrame,
  layout: SocLogLayout,
  palette: Palette,
  styles: TextStyles,
): SocLogSlots {
  const { detail, plot, full, pitch, middle, axis } = layout;
  const { length, type, right } = detail;
  const addOverlay = frame.addTo(scene, plot);
  const button = (
    bounds: SocLogLayout['longer'],
    to: 'left' | 'right',
    text: string,
  ): Slot<ArrowButtonProps> =>
    scene.add(
      arrowButton({
        bounds,
        to,
        text,
        radius: length(metrics.radius),
        fill: palette.control,
        enabled: styles.style(type('title'), 600, palette.text, 'proportional'),
        disabled: styles.style(type('title'), 500, palette.tertiary, 'proportional'),
      }),
    );
  const slots: SocLogSlots = {
    soc: frame.number(scene, {
      bounds: right,
      align: 'right',
      baseline: right.y + Math.round(right.height * 0.68),
      size: type('large'),
      unit: { text: screenUnit('stateOfCharge').unit, size: type('unit') },
    }),
    age: frame.number(scene, {
      bounds: right,
      align: 'right',
      baseline: right.y + right.height - length(5),
      size: type('small'),
      weight: 500,
      colour: palette.warning,
    }),
    bars: scene.add(
      levelBars({
        bounds: plot,
        pitch,
        low: Math.round((lowLevel / 100) * full),
        cap: Math.max(2, length(3)),
        usual: { fill: palette.levelFill, cap: palette.voltage },
        lowered: { fill: palette.lowLevelFill, cap: palette.warning },
      }),
    ),
    cursor: scene.add(cursorFrame(plot, palette.text, 2)),
    axis: scene.add(logAxis(detail, axis, palette, styles)),
    longer: button(layout.longer, 'left', 'LONGER'),
    shorter: button(layout.shorter, 'right', 'SHORTER'),
    span: frame.number(scene, {
      bounds: middle,
      align: 'center',
      baseline: middle.y + Math.round(middle.height * 0.48),
      size: type('value'),
    }),
    step: frame.number(scene, {
      bounds: middle,
      align: 'center',
      baseline: middle.y + Math.round(middle.height * 0.88),
      size: type('body'),
      weight: 500,
      colour: palette.secondary,
    }),
  };
  addOverlay();
  return slots;
}
