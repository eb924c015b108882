import type { CanvasRenderingContext2D } from 'canvas';
import { typeScale, type Palette } from '../../render/theme';
import type { TextStyles } from '../../render/text';
import { traceSector } from '../../render/widgets/ring';
import type { DialLayout } from './layout';
import type { VoltageScale } from '../scales';
import { screenUnit } from '../../model/quantities';

/** Angle (radians clockwise from the right) of a voltage on the left gauge; beyond the scale it stays at its end. */
export function voltageAngle(dial: DialLayout, scale: VoltageScale, voltage: number): number {
  const part = (voltage - scale.low) / (scale.high - scale.low);
  return Math.PI + dial.sweep * (2 * Math.min(1, Math.max(0, part)) - 1);
}

/** Angle of a power on the right gauge: `power` W, + into the battery is below the middle; `scale` is its end in kW. */
export function powerAngle(dial: DialLayout, scale: number, power: number): number {
  return dial.sweep * Math.min(1, Math.max(-1, power / 1000 / scale));
}

/** The part of the dial that never changes while its scales don't: disc, empty rings, marks and their numbers. */
export function paintDialBase(
  context: CanvasRenderingContext2D,
  dial: DialLayout,
  scales: { readonly voltage: VoltageScale; readonly power: number },
  palette: Palette,
  styles: TextStyles,
): void {
  paintDisc(context, dial, palette);
  for (const middle of [Math.PI, 0]) {
    traceSector(context, dial.ring, middle - dial.sweep, middle + dial.sweep);
    context.fillStyle = palette.track;
    context.fill();
  }
  paintVoltageMarks(context, dial, scales.voltage, palette, styles);
  paintPowerMarks(context, dial, scales.power, palette, styles);
}

/** The face of a dial and its rim. */
export function paintDisc(context: CanvasRenderingContext2D, dial: DialLayout, palette: Palette): void {
  const { x, y, radius } = dial;
  const face = context.createRadialGradient(x, y - radius * 0.15, radius * 0.1, x, y, radius);
  face.addColorStop(0, palette.faceInner);
  face.addColorStop(1, palette.faceOuter);
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = face;
  context.fill();
  const rim = context.createLinearGradient(0, y - radius, 0, y + radius);
  rim.addColorStop(0, palette.rimLight);
  rim.addColorStop(0.45, palette.rim);
  rim.addColorStop(1, palette.rim);
  context.beginPath();
  context.arc(x, y, radius - dial.unit, 0, 2 * Math.PI);
  context.strokeStyle = rim;
  context.lineWidth = Math.max(1.5, 2 * dial.unit);
  context.stroke();
}

/** One mark inside the ring, and its number where it has one. */
export function paintMark(
  context: CanvasRenderingContext2D,
  dial: DialLayout,
  angle: number,
  palette: Palette,
  styles: TextStyles,
  number: string | undefined,
): void {
  const { x, y, ring, unit } = dial;
  const outer = ring.inner - 5 * unit;
  const inner = outer - (number === undefined ? 5 : 10) * unit;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  context.beginPath();
  context.moveTo(x + cos * inner, y + sin * inner);
  context.lineTo(x + cos * outer, y + sin * outer);
  context.strokeStyle = number === undefined ? palette.tertiary : palette.secondary;
  context.lineWidth = Math.max(1, (number === undefined ? 1.3 : 2) * unit);
  context.stroke();
  if (number === undefined) return;
  const style = styles.style(Math.max(11, typeScale.body * unit), 500, palette.secondary);
  const distance = ring.inner - 31 * unit;
  style.write(context, number, x + cos * distance, y + sin * distance + style.size * 0.35, 'center');
}

function paintVoltageMarks(
  context: CanvasRenderingContext2D,
  dial: DialLayout,
  scale: VoltageScale,
  palette: Palette,
  styles: TextStyles,
): void {
  const steps = Math.round((scale.high - scale.low) / scale.step);
  for (let i = 0; i <= steps * 2; i++) {
    const voltage = scale.low + (i * scale.step) / 2;
    const number = i % 2 === 0 ? voltage.toFixed(1) : undefined;
    paintMark(context, dial, voltageAngle(dial, scale, voltage), palette, styles, number);
  }
  paintCaption(context, dial, Math.PI - dial.sweep, 'V / cell', palette, styles);
}

function paintPowerMarks(
  context: CanvasRenderingContext2D,
  dial: DialLayout,
  scale: number,
  palette: Palette,
  styles: TextStyles,
): void {
  for (let i = -10; i <= 10; i++) {
    const kilowatts = (scale * i) / 10;
    const number = i % 5 === 0 ? String(Math.abs(kilowatts)) : undefined;
    paintMark(context, dial, powerAngle(dial, scale, kilowatts * 1000), palette, styles, number);
  }
  paintCaption(context, dial, dial.sweep, screenUnit('power').unit, palette, styles);
}

/** Names a gauge's unit beneath its lower end. */
function paintCaption(
  context: CanvasRenderingContext2D,
  dial: DialLayout,
  end: number,
  text: string,
  palette: Palette,
  styles: TextStyles,
): void {
  const style = styles.style(Math.max(11, typeScale.body * dial.unit), 500, palette.secondary);
  const distance = (dial.ring.inner + dial.ring.outer) / 2;
  const x = dial.x + Math.cos(end) * distance;
  style.write(context, text, x + (Math.cos(end) < 0 ? 20 : -20) * dial.unit, dial.captions, 'center');
}
