import { powerLogStep } from '../../model/power-log';
import type { Scene, Slot } from '../../render/scene';
import type { TextStyles } from '../../render/text';
import { metrics, type Palette } from '../../render/theme';
import { cursorFrame, type CursorFrameProps } from '../../render/widgets/cursor-frame';
import { powerBars, type PowerBarsProps } from '../../render/widgets/power-bars';
import type { ReadoutProps } from '../../render/widgets/readout';
import { segments, type SegmentsProps } from '../../render/widgets/segments';
import type { TimeAxisProps } from '../../render/widgets/time-axis';
import type { DetailFrame } from '../detail/detail-frame';
import { logAxis } from '../detail/log-axis';
import { powerSpans, type PowerBarsGrid, type PowerLogLayout } from './power-log-layout';
import { screenUnit } from '../../model/quantities';

/** What the scale is labelled with, as parts of its end. */
export const scaleMarks = [1, 0.5, 0, -0.5, -1] as const;

/** A number and what it is. */
interface Fact {
  readonly value: Slot<ReadoutProps>;
  readonly caption: Slot<ReadoutProps>;
}

/** Everything on the power log's screen that changes. */
export interface PowerLogSlots {
  readonly zoom: Slot<ReadoutProps>;
  readonly spans: Slot<SegmentsProps>;
  readonly scale: readonly Slot<ReadoutProps>[];
  readonly bars: Slot<PowerBarsProps>;
  readonly cursor: Slot<CursorFrameProps>;
  readonly axis: Slot<TimeAxisProps>;
  readonly reading: Fact;
  readonly into: Fact;
  readonly out: Fact;
}

/** Puts the widgets into a scene, lowest first. */
export function addPowerLogWidgets(
  scene: Scene,
  frame: DetailFrame,
  layout: PowerLogLayout,
  grid: PowerBarsGrid,
  palette: Palette,
  styles: TextStyles,
): PowerLogSlots {
  const { detail, plot, zero, axis, zoom, spans, facts } = layout;
  const { length, type } = detail;
  const addOverlay = frame.addTo(scene, plot);
  const power = screenUnit('power').unit;
  const fact = (rect: PowerLogLayout['facts'][0], unit: string): Fact => {
    const inner = { ...rect, x: rect.x + length(12), width: rect.width - 2 * length(12) };
    return {
      value: frame.number(scene, {
        bounds: inner,
        align: 'left',
        baseline: rect.y + Math.round(rect.height * 0.5),
        size: type('value'),
        unit: { text: unit, size: type('body') },
        tones: { charging: palette.powerIn, discharging: palette.powerOut, idle: palette.text },
      }),
      caption: frame.number(scene, {
        bounds: inner,
        align: 'left',
        baseline: rect.y + Math.round(rect.height * 0.86),
        size: type('body'),
        weight: 500,
        colour: palette.secondary,
        tones: { warning: palette.warning },
      }),
    };
  };
  const slots: PowerLogSlots = {
    zoom: frame.number(scene, {
      bounds: zoom.pill,
      align: 'center',
      baseline: zoom.pill.y + Math.round(zoom.pill.height / 2 + type('title') * 0.35),
      size: type('title'),
    }),
    spans: scene.add(
      segments({
        bounds: spans.row,
        radius: length(metrics.radius),
        texts: powerSpans.map((span) => `${(span * powerLogStep) / 3_600_000} h`),
        taken: {
          fill: palette.pressed,
          style: styles.style(type('title'), 600, palette.text, 'proportional'),
        },
        other: {
          fill: palette.control,
          style: styles.style(type('title'), 500, palette.secondary, 'proportional'),
        },
      }),
    ),
    scale: scaleMarks.map((part) =>
      frame.number(scene, {
        bounds: {
          x: layout.panel.x + length(2),
          y: 0,
          width: plot.x - layout.panel.x - length(8),
          height: 0,
        },
        align: 'right',
        baseline: zero - Math.round(part * Math.floor(plot.height / 2)) + Math.round(type('small') * 0.35),
        size: type('small'),
        weight: 500,
        colour: palette.secondary,
      }),
    ),
    bars: scene.add(
      powerBars({
        bounds: plot,
        zero,
        pitch: grid.pitch,
        out: palette.powerOut,
        into: palette.powerIn,
        line: palette.tertiary,
        gapLine: palette.panelLine,
        clipped: { length: Math.max(2, length(4)), out: palette.powerOutLight, into: palette.powerInLight },
      }),
    ),
    cursor: scene.add(cursorFrame(plot, palette.text, 2)),
    axis: scene.add(logAxis(detail, axis, palette, styles)),
    reading: fact(facts[0], power),
    into: fact(facts[1], `${power}h`),
    out: fact(facts[2], `${power}h`),
  };
  addOverlay();
  return slots;
}
