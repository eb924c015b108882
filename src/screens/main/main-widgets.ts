import { inset, type Rect } from '../../render/rect';
import type { Scene, Slot } from '../../render/scene';
import type { TextStyle, TextStyles } from '../../render/text';
import { metrics, typeScale, type Colour, type Palette, type Weight } from '../../render/theme';
import { arcGauge, type ArcGaugeProps } from '../../render/widgets/arc-gauge';
import type { BannerProps } from '../../render/widgets/banner';
import { batteryFill, type BatteryFillProps } from '../../render/widgets/battery-icon';
import { cellBars, type CellBarsProps } from '../../render/widgets/cell-bars';
import { cutoffTicks, type CutoffTicksProps } from '../../render/widgets/cutoff-ticks';
import { moduleFill, type ModuleFillProps, type ModulePictures } from '../../render/widgets/module-picture';
import { powerBars, type PowerBarsProps } from '../../render/widgets/power-bars';
import { pressHighlight, type PressHighlightProps } from '../../render/widgets/press-highlight';
import { readout, type ReadoutLook, type ReadoutProps } from '../../render/widgets/readout';
import { sectorBounds } from '../../render/widgets/ring';
import { warningMark, type WarningMarkProps } from '../../render/widgets/warning-mark';
import { statusLight, type StatusLightProps } from '../../render/widgets/status-light';
import { cellsPerModule } from '../../model/measurement';
import { figureLine, numberTones } from '../live-number';
import { alarmStrip, noticeStrip } from '../strips';
import type { MainLayout } from './layout';
import type { Panels } from './panels';

/** Everything on the main screen that moves. */
export interface MainSlots {
  readonly clock: Slot<ReadoutProps>;
  readonly light: Slot<StatusLightProps>;
  readonly link: Slot<ReadoutProps>;
  readonly address: Slot<ReadoutProps>;
  readonly powerScale: Slot<ReadoutProps>;
  readonly zoom: Slot<ReadoutProps>;
  readonly powerBars: Slot<PowerBarsProps>;
  readonly batteryFill: Slot<BatteryFillProps>;
  readonly packVoltage: Slot<ReadoutProps>;
  readonly packCaption: Slot<ReadoutProps>;
  readonly temperature: Slot<ReadoutProps>;
  readonly hottestCaption: Slot<ReadoutProps>;
  readonly cellCount: Slot<ReadoutProps>;
  readonly cellAverage: Slot<ReadoutProps>;
  readonly cellTop: Slot<ReadoutProps>;
  readonly cellBottom: Slot<ReadoutProps>;
  readonly cellLow: Slot<ReadoutProps>;
  readonly cellHigh: Slot<ReadoutProps>;
  readonly cellSpread: Slot<ReadoutProps>;
  readonly cellBars: Slot<CellBarsProps>;
  readonly voltageArc: Slot<ArcGaugeProps>;
  readonly powerArc: Slot<ArcGaugeProps>;
  readonly cutoffs: Slot<CutoffTicksProps>;
  readonly current: Slot<ReadoutProps>;
  readonly flow: Slot<ReadoutProps>;
  readonly kilowatts: Slot<ReadoutProps>;
  readonly module: Slot<ModuleFillProps>;
  readonly stateOfCharge: Slot<ReadoutProps>;
  readonly stateOfChargeAge: Slot<ReadoutProps>;
  readonly banner: Slot<BannerProps>;
  readonly alarm: Slot<BannerProps>;
  readonly alarmMark: Slot<WarningMarkProps>;
  readonly pressed: Slot<PressHighlightProps>;
}

/** Puts the main screen's widgets into its scene, lowest first. */
export function addMainWidgets(
  scene: Scene,
  layout: MainLayout,
  panels: Panels,
  pictures: ModulePictures,
  palette: Palette,
  styles: TextStyles,
  degrees = '°C',
): MainSlots {
  const { dial, length, type } = layout;
  const number = (
    bounds: Rect,
    align: ReadoutLook['align'],
    baseline: number,
    size: number,
    weight: Weight = 600,
    unit?: { readonly text: string; readonly size: number; readonly colour?: Colour },
    fresh: Colour = palette.text,
  ): Slot<ReadoutProps> =>
    scene.add(
      readout({
        bounds: figureLine(bounds, baseline, size),
        align,
        baseline,
        styles: numberTones(styles, size, weight, palette, fresh),
        ...(unit && {
          unit: {
            text: unit.text,
            style: styles.style(unit.size, 500, unit.colour ?? palette.secondary),
            gap: Math.round(unit.size * 0.24),
          },
        }),
      }),
    );
  const { status } = layout;
  const statusBase = status.y + length(24);
  const clockWidth = length(56);
  const addressWidth = length(112);
  const light: Rect = {
    x: status.x + clockWidth,
    y: statusBase - length(13),
    width: length(14),
    height: length(14),
  };
  const addressBounds: Rect = {
    x: status.x + status.width - addressWidth,
    y: status.y,
    width: addressWidth,
    height: status.height,
  };
  const linkLeft = light.x + length(19);
  const dialNumber = (top: number, bottom: number, halfWidth: number): Rect => ({
    x: dial.x - Math.round(halfWidth * dial.unit),
    y: dial.y + Math.round(top * dial.unit),
    width: 2 * Math.round(halfWidth * dial.unit),
    height: Math.round((bottom - top) * dial.unit),
  });
  const dialSize = (reference: number): number => Math.max(11, reference * dial.unit);
  const dialY = (offset: number): number => dial.y + Math.round(offset * dial.unit);
  const edge = Math.max(3, 4.5 * dial.unit);
  const voltageBounds = sectorBounds(dial.ring, Math.PI - dial.sweep, Math.PI + dial.sweep, edge + 4);
  const powerBounds = sectorBounds(dial.ring, -dial.sweep, dial.sweep, edge + 4);
  const footBase = panels.cells.low.y + length(18);
  const foot = type('body');
  /** A long name of a source is written smaller. */
  const linkStyles = (colour: Colour): TextStyle[] =>
    [type('body'), type('small')].map((size) => styles.style(size, 500, colour, 'proportional'));
  const captionStyles = {
    fresh: [styles.style(type('small'), 500, palette.tertiary, 'proportional')],
    late: [styles.style(type('small'), 500, palette.warning, 'proportional')],
  };
  /** A line of small text: what a number is, or how old it is. */
  const caption = (bounds: Rect, align: ReadoutLook['align']): Slot<ReadoutProps> => {
    const baseline = bounds.y + Math.round(bounds.height * 0.72);
    return scene.add(readout({ bounds, align, baseline, styles: captionStyles }));
  };
  const flowStyle = (colour: Colour): TextStyle[] => [styles.style(dialSize(typeScale.title), 600, colour)];
  const socAge: Rect = {
    ...dial.module,
    y: dial.module.y + dial.module.height - Math.round(type('small') * 1.25),
    height: Math.round(type('small') * 1.2),
  };
  return {
    clock: number({ ...status, width: clockWidth }, 'left', statusBase, type('title'), 600),
    light: scene.add(statusLight(light)),
    link: scene.add(
      readout({
        bounds: {
          x: linkLeft,
          y: status.y,
          width: status.width - addressWidth - (linkLeft - status.x),
          height: status.height,
        },
        align: 'left',
        baseline: statusBase,
        styles: {
          live: linkStyles(palette.secondary),
          late: linkStyles(palette.warning),
          silent: linkStyles(palette.warning),
        },
      }),
    ),
    address: scene.add(
      readout({
        bounds: addressBounds,
        align: 'right',
        baseline: statusBase,
        styles: { fresh: [styles.style(type('body'), 500, palette.secondary, 'proportional')] },
      }),
    ),
    powerScale: number(
      panels.powerLog.scale,
      'left',
      panels.powerLog.title.y,
      type('small'),
      500,
      undefined,
      palette.tertiary,
    ),
    zoom: number(panels.powerLog.pill, 'center', panels.powerLog.pill.y + length(21), type('body'), 600),
    powerBars: scene.add(
      powerBars({
        bounds: panels.powerLog.bars,
        zero: panels.powerLog.zero,
        pitch: panels.powerLog.pitch,
        out: palette.powerOut,
        into: palette.powerIn,
        line: palette.tertiary,
        gapLine: palette.panelLine,
      }),
    ),
    batteryFill: scene.add(batteryFill(panels.battery.icon)),
    packVoltage: number(panels.battery.pack, 'right', panels.battery.baseline, type('large'), 600, {
      text: 'V',
      size: type('unit'),
    }),
    packCaption: caption(panels.battery.packCaption, 'right'),
    hottestCaption: caption(panels.battery.hottestCaption, 'right'),
    temperature: number(panels.battery.hottest, 'right', panels.battery.baseline, type('value'), 600, {
      text: degrees,
      size: type('title'),
    }),
    cellCount: caption(panels.cells.count, 'left'),
    cellAverage: number(panels.cells.average, 'right', panels.cells.title.y, type('value'), 600, {
      text: 'V',
      size: type('body'),
    }),
    cellTop: number(
      panels.cells.top,
      'left',
      panels.cells.top.y + length(13),
      type('small'),
      500,
      undefined,
      palette.tertiary,
    ),
    cellBottom: number(
      panels.cells.bottom,
      'left',
      panels.cells.bottom.y + length(16),
      type('small'),
      500,
      undefined,
      palette.tertiary,
    ),
    cellLow: number(
      panels.cells.low,
      'left',
      footBase,
      foot,
      600,
      { text: 'low', size: type('small') },
      palette.warning,
    ),
    cellHigh: number(panels.cells.high, 'center', footBase, foot, 600, { text: 'high', size: type('small') }),
    cellSpread: number(panels.cells.spread, 'right', footBase, foot, 600, {
      text: 'mV apart',
      size: type('small'),
    }),
    cellBars: scene.add(
      cellBars(panels.cells.bars, cellsPerModule, {
        even: palette.voltage,
        odd: palette.voltageAlternate,
        late: palette.lateFill,
        lowest: palette.warning,
        highest: palette.text,
        missing: palette.panelLine,
      }),
    ),
    voltageArc: scene.add(
      arcGauge(dial.ring, { start: Math.PI - dial.sweep, end: Math.PI + dial.sweep }, voltageBounds, edge),
    ),
    powerArc: scene.add(arcGauge(dial.ring, { start: -dial.sweep, end: dial.sweep }, powerBounds, edge)),
    cutoffs: scene.add(
      cutoffTicks(dial.ring, inset(voltageBounds, -Math.ceil(edge * 2.5)), edge * 0.9, palette.text),
    ),
    current: number(dialNumber(-176, -128, 100), 'center', dialY(-136), dialSize(typeScale.current), 600, {
      text: 'A',
      size: dialSize(typeScale.unit),
    }),
    flow: scene.add(
      readout({
        bounds: dialNumber(-102, -74, 100),
        align: 'center',
        baseline: dialY(-80),
        styles: {
          charging: flowStyle(palette.powerIn),
          discharging: flowStyle(palette.powerOut),
          idle: flowStyle(palette.secondary),
          late: flowStyle(palette.warning),
        },
      }),
    ),
    kilowatts: number(dialNumber(-66, 34, 132), 'center', dialY(21), dialSize(typeScale.hero), 600),
    module: scene.add(moduleFill(dial.module, pictures)),
    stateOfCharge: number(
      { ...dial.module, x: dial.module.x + length(14), width: dial.module.width - 2 * length(14) },
      'center',
      // In the middle, or above the line that says how old it is where there is less room.
      Math.min(
        dial.module.y + Math.round(dial.module.height / 2 + dialSize(typeScale.large) * 0.35),
        socAge.y,
      ),
      dialSize(typeScale.large),
      600,
      { text: '%', size: dialSize(typeScale.unit), colour: palette.text },
    ),
    stateOfChargeAge: caption(socAge, 'center'),
    banner: scene.add(noticeStrip(layout.banner, layout, styles, palette)),
    alarmMark: scene.add(
      warningMark({
        bounds: addressBounds,
        baseline: statusBase,
        size: length(16),
        colour: palette.alarm,
        ground: palette.ground,
        styles: [
          styles.style(type('body'), 500, palette.alarm, 'proportional'),
          styles.style(type('small'), 500, palette.alarm, 'proportional'),
        ],
      }),
    ),
    alarm: scene.add(alarmStrip(layout.alarm.strip, layout, styles, palette)),
    pressed: scene.add(
      pressHighlight({ x: 0, y: 0, width: layout.width, height: layout.height }, length(metrics.radius)),
    ),
  };
}
