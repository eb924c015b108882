import { inset, type Rect } from '../../render/rect';
import type { Slot } from '../../render/scene';
import type { TextStyle } from '../../render/text';
import { typeScale, type Colour } from '../../render/theme';
import { arcGauge, type ArcGaugeProps } from '../../render/widgets/arc-gauge';
import { cutoffTicks, type CutoffTicksProps } from '../../render/widgets/cutoff-ticks';
import { moduleFill, type ModuleFillProps, type ModulePictures } from '../../render/widgets/module-picture';
import { readout, type ReadoutProps } from '../../render/widgets/readout';
import { sectorBounds } from '../../render/widgets/ring';
import type { MainParts, MainPen } from './main-pen';
import { screenUnit } from '../../model/quantities';

/** The dial: voltage and power around, current, power and charge within. */
export interface DialSlots {
  readonly voltageArc: Slot<ArcGaugeProps>;
  readonly powerArc: Slot<ArcGaugeProps>;
  readonly cutoffs: Slot<CutoffTicksProps>;
  readonly current: Slot<ReadoutProps>;
  readonly flow: Slot<ReadoutProps>;
  readonly kilowatts: Slot<ReadoutProps>;
  readonly module: Slot<ModuleFillProps>;
  readonly stateOfCharge: Slot<ReadoutProps>;
  readonly stateOfChargeAge: Slot<ReadoutProps>;
  readonly timeLeft: Slot<ReadoutProps>;
}

/** Puts the dial's widgets into the scene. */
export function addDial(parts: MainParts, pen: MainPen, pictures: ModulePictures): DialSlots {
  const { scene, layout, palette, styles } = parts;
  const { dial, length, type } = layout;
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
  const flowStyle = (colour: Colour): TextStyle[] => [styles.style(dialSize(typeScale.title), 600, colour)];
  const socAge: Rect = {
    ...dial.module,
    y: dial.module.y + dial.module.height - Math.round(type('small') * 1.25),
    height: Math.round(type('small') * 1.2),
  };
  return {
    voltageArc: scene.add(
      arcGauge(dial.ring, { start: Math.PI - dial.sweep, end: Math.PI + dial.sweep }, voltageBounds, edge),
    ),
    powerArc: scene.add(arcGauge(dial.ring, { start: -dial.sweep, end: dial.sweep }, powerBounds, edge)),
    cutoffs: scene.add(
      cutoffTicks(dial.ring, inset(voltageBounds, -Math.ceil(edge * 2.5)), edge * 0.9, palette.text),
    ),
    current: pen.number(
      dialNumber(-176, -128, 100),
      'center',
      dialY(-136),
      dialSize(typeScale.current),
      600,
      {
        text: screenUnit('current').unit,
        size: dialSize(typeScale.unit),
      },
    ),
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
    kilowatts: pen.number(dialNumber(-66, 34, 132), 'center', dialY(21), dialSize(typeScale.hero), 600),
    module: scene.add(moduleFill(dial.module, pictures)),
    stateOfCharge: pen.number(
      { ...dial.module, x: dial.module.x + length(14), width: dial.module.width - 2 * length(14) },
      'center',
      // In the middle, or above the line that says how old it is where there is less room.
      Math.min(
        dial.module.y + Math.round(dial.module.height / 2 + dialSize(typeScale.large) * 0.35),
        socAge.y,
      ),
      dialSize(typeScale.large),
      600,
      { text: screenUnit('stateOfCharge').unit, size: dialSize(typeScale.unit), colour: palette.text },
    ),
    stateOfChargeAge: pen.caption(socAge, 'center'),
    timeLeft: scene.add(
      readout({
        bounds: dialNumber(166, 196, 92),
        align: 'center',
        baseline: dialY(188),
        styles: { fresh: [styles.style(dialSize(typeScale.title), 500, palette.secondary)] },
      }),
    ),
  };
}
