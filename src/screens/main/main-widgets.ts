import type { Slot } from '../../render/scene';
import type { TextStyle } from '../../render/text';
import { metrics, typeScale, type Colour } from '../../render/theme';
import type { BannerProps } from '../../render/widgets/banner';
import { batteryFill, type BatteryFillProps } from '../../render/widgets/battery-icon';
import type { ModulePictures } from '../../render/widgets/module-picture';
import { powerBars, type PowerBarsProps } from '../../render/widgets/power-bars';
import { pressHighlight, type PressHighlightProps } from '../../render/widgets/press-highlight';
import { readout, type ReadoutProps } from '../../render/widgets/readout';
import type { WarningMarkProps } from '../../render/widgets/warning-mark';
import { figureLine, numberTones } from '../live-number';
import { alarmStrip, noticeStrip } from '../strips';
import { addCells, type CellsSlots } from './cells-widgets';
import { addDial, type DialSlots } from './dial-widgets';
import { MainPen, type MainParts } from './main-pen';
import { addAlarmMark, addStatus, type StatusSlots } from './status-widgets';
import { screenUnit } from '../../model/quantities';

interface PowerLogSlots {
  readonly powerScale: Slot<ReadoutProps>;
  readonly zoom: Slot<ReadoutProps>;
  readonly powerBars: Slot<PowerBarsProps>;
}

/** The panel of the pack. */
export interface BatterySlots {
  readonly batteryFill: Slot<BatteryFillProps>;
  readonly packVoltage: Slot<ReadoutProps>;
  readonly packCaption: Slot<ReadoutProps>;
  readonly hottestCaption: Slot<ReadoutProps>;
  readonly temperature: Slot<ReadoutProps>;
}

/** Everything on the main screen that moves. */
export interface MainSlots extends StatusSlots, PowerLogSlots, DialSlots {
  /** The windows of one battery; absent where there are several devices. */
  readonly battery: BatterySlots | undefined;
  readonly cells: CellsSlots | undefined;
  /** Where there are several devices. */
  readonly shownName: Slot<ReadoutProps> | undefined;
  readonly banner: Slot<BannerProps>;
  readonly alarmMark: Slot<WarningMarkProps>;
  readonly alarm: Slot<BannerProps>;
  readonly pressed: Slot<PressHighlightProps>;
}

/**
 * Puts the main screen's widgets into its scene, lowest first.
 *
 * @param degrees the unit of temperatures
 */
export function addMainWidgets(
  parts: MainParts & { readonly pictures: ModulePictures; readonly degrees: string },
): MainSlots {
  const { scene, layout, palette, styles, pictures, degrees } = parts;
  const pen = new MainPen(parts);
  return {
    ...addStatus(parts, pen),
    ...addPowerLog(parts, pen),
    battery: layout.battery.height > 0 ? addBattery(parts, pen, degrees) : undefined,
    cells: layout.cells.height > 0 ? addCells(parts, pen) : undefined,
    ...addDial(parts, pen, pictures),
    shownName: layout.site === undefined && layout.own === undefined ? undefined : addName(parts),
    banner: scene.add(noticeStrip(layout.banner, layout, styles, palette)),
    alarmMark: addAlarmMark(parts),
    alarm: scene.add(alarmStrip(layout.alarm.strip, layout, styles, palette)),
    pressed: scene.add(
      pressHighlight(
        { x: 0, y: 0, width: layout.width, height: layout.height },
        layout.length(metrics.radius),
      ),
    ),
  };
}

function addName({ scene, layout, palette, styles }: MainParts): Slot<ReadoutProps> {
  const { dial } = layout;
  const size = Math.max(11, typeScale.title * dial.unit);
  const half = Math.round(100 * dial.unit);
  const baseline = Math.round(dial.y - 186 * dial.unit);
  const bounds = { x: dial.x - half, y: baseline - Math.round(size), width: 2 * half, height: size };
  const inColour = (colour: Colour): readonly TextStyle[] =>
    numberTones(styles, size, 600, palette, colour)['fresh'] ?? [];
  return scene.add(
    readout({
      bounds: figureLine(bounds, baseline, size),
      align: 'center',
      baseline,
      styles: { fresh: inColour(palette.secondary), noted: inColour(palette.warning) },
    }),
  );
}

function addPowerLog({ scene, layout, panels, palette }: MainParts, pen: MainPen): PowerLogSlots {
  const { length, type } = layout;
  const { powerLog } = panels;
  return {
    powerScale: pen.number(
      powerLog.scale,
      'left',
      powerLog.title.y,
      type('small'),
      500,
      undefined,
      palette.tertiary,
    ),
    zoom: pen.number(powerLog.pill, 'center', powerLog.pill.y + length(21), type('body'), 600),
    powerBars: scene.add(
      powerBars({
        bounds: powerLog.bars,
        zero: powerLog.zero,
        pitch: powerLog.pitch,
        out: palette.powerOut,
        into: palette.powerIn,
        line: palette.tertiary,
        gapLine: palette.panelLine,
      }),
    ),
  };
}

function addBattery({ scene, layout, panels }: MainParts, pen: MainPen, degrees: string): BatterySlots {
  const { type } = layout;
  const { battery } = panels;
  return {
    batteryFill: scene.add(batteryFill(battery.icon)),
    packVoltage: pen.number(battery.pack, 'right', battery.baseline, type('large'), 600, {
      text: screenUnit('voltage').unit,
      size: type('unit'),
    }),
    packCaption: pen.caption(battery.packCaption, 'right'),
    hottestCaption: pen.caption(battery.hottestCaption, 'right'),
    temperature: pen.number(battery.hottest, 'right', battery.baseline, type('value'), 600, {
      text: degrees,
      size: type('title'),
    }),
  };
}
