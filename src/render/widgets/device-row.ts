import { createCanvas, type Canvas, type CanvasRenderingContext2D } from 'canvas';
import { intersection, intersects, type Rect } from '../rect';
import type { Widget } from '../scene';
import type { TextStyle } from '../text';
import type { Colour } from '../theme';
import { paintMeasure } from './measure';
import { paintPanel, paintWarningSign, traceRounded } from './shapes';

/** What a row of a list says of one device. */
export interface DeviceRowProps {
  /** Empty: no row. */
  readonly name: string;
  /** Upper edge, pixels of the surface; may be beyond the bounds. */
  readonly y: number;
  /** One thing beside its number: words, or figures with a unit. */
  readonly detail: string;
  readonly detailUnit: string;
  readonly detailTone: 'quiet' | 'warning' | 'alarm';
  readonly number: string;
  readonly unit: string;
  /** How far the number may be believed. */
  readonly tone: 'fresh' | 'late' | 'lost';
  /** Of the bar at the left, by kind of device; hollow unless the device is fresh, so that it can be told without colour. */
  readonly colour: Colour;
  /** A sign for what needs to be looked at. */
  readonly sign: boolean;
  /** A frame marks the device that is shown. */
  readonly framed: boolean;
}

/** How a row looks without its texts. */
export interface GroundLook {
  readonly width: number;
  readonly height: number;
  readonly radius: number;
  /** Scales a length of the reference layout. */
  readonly length: (reference: number) => number;
  readonly panel: Colour;
  readonly line: Colour;
  readonly frame: Colour;
}

/** How the rows are set. */
export interface DeviceRowLook {
  /** The list, of which a row is a part. */
  readonly bounds: Rect;
  readonly height: number;
  /** Scales a length of the reference layout. */
  readonly length: (reference: number) => number;
  /** What lies beneath the texts; rows share it. */
  readonly grounds: (props: Pick<DeviceRowProps, 'framed' | 'colour' | 'tone'>) => Canvas;
  /** Of the sign's mark. */
  readonly panel: Colour;
  /** Largest first. */
  readonly name: readonly [TextStyle, ...TextStyle[]];
  readonly details: Readonly<Record<DeviceRowProps['detailTone'], TextStyle>>;
  readonly numbers: Readonly<Record<DeviceRowProps['tone'], readonly TextStyle[]>>;
  readonly unit: TextStyle;
  /** Of the sign. */
  readonly signs: Readonly<Record<DeviceRowProps['detailTone'], Colour>>;
}

/** A device of several: a bar in the colour of its kind, its name, one detail, its number. */
export function deviceRow(look: DeviceRowLook): Widget<DeviceRowProps> {
  const { bounds, height } = look;
  const area = ({ name, y }: DeviceRowProps): Rect =>
    intersection(bounds, { ...bounds, y, height: name === '' ? 0 : height });
  return {
    bounds,
    atoms: (props) => [area(props)].filter((rect) => rect.height > 0),
    damage: (before, after) => [area(before), area(after)],
    paint(context, props, damage) {
      if (!intersects(area(props), damage)) return;
      context.drawImage(look.grounds(props), bounds.x, props.y);
      paintTexts(context, look, props);
    },
  };
}

/** Pictures of rows without their texts: curves are dear, and there are few kinds of rows. */
export function rowGrounds(look: GroundLook): DeviceRowLook['grounds'] {
  const pictures = new Map<string, Canvas>();
  return ({ framed, colour, tone }) => {
    const key = `${framed} ${colour} ${tone === 'fresh'}`;
    let picture = pictures.get(key);
    if (picture === undefined) {
      picture = createCanvas(look.width, look.height);
      paintGround(picture.getContext('2d'), look, { framed, colour, tone });
      pictures.set(key, picture);
    }
    return picture;
  };
}

function paintGround(
  context: CanvasRenderingContext2D,
  { width, height, radius, length, panel, line, frame }: GroundLook,
  { framed, colour, tone }: Pick<DeviceRowProps, 'framed' | 'colour' | 'tone'>,
): void {
  const row = { x: 0, y: 0, width, height };
  paintPanel(context, row, radius, panel, line);
  if (framed) {
    traceRounded(context, row, radius, -1);
    context.strokeStyle = frame;
    context.lineWidth = 2;
    context.stroke();
  }
  const edge = length(10);
  const bar = { x: edge, y: edge, width: Math.max(4, length(6)), height: height - 2 * edge };
  if (tone === 'fresh') {
    traceRounded(context, bar, bar.width / 2);
    context.fillStyle = colour;
    context.fill();
    return;
  }
  traceRounded(context, bar, bar.width / 2, -0.75);
  context.strokeStyle = colour;
  context.lineWidth = 1.5;
  context.stroke();
}

function paintTexts(context: CanvasRenderingContext2D, look: DeviceRowLook, props: DeviceRowProps): void {
  const { bounds, height, length } = look;
  const right = bounds.x + bounds.width - length(12);
  const numberLook = {
    bounds: { x: right - length(104), y: props.y, width: length(104), height },
    align: 'right',
    baseline: props.y + Math.round(height / 2 + look.unit.size * 0.58),
    styles: look.numbers,
    unit: look.unit,
  } as const;
  const used = paintMeasure(context, numberLook, { text: props.number, unit: props.unit, tone: props.tone });
  const left = bounds.x + length(26);
  const style = look.details[props.detailTone];
  const gap = length(10);
  const sign = props.sign ? Math.round(style.size * 1.3) : 0;
  const room = right - used - left - (used === 0 ? 0 : gap);
  const [unit, unitGap] = [props.detailUnit, Math.round(style.size * 0.24)];
  const unitWidth = unit === '' ? 0 : unitGap + style.width(unit);
  const wanted = props.detail === '' ? sign : sign + style.width(props.detail) + unitWidth + gap;
  const [first] = look.name;
  const natural = first.width(props.name);
  // Rather the name is cut than the word that says what is wrong; nor does a long word leave no name.
  const beside = Math.min(wanted, Math.max(Math.round(room * 0.62), room - natural));
  const name = look.name.find((each) => each.width(props.name) <= room - beside) ?? look.name.at(-1) ?? first;
  const fits = name.width(props.name) <= room - beside;
  const text = fits ? props.name : name.fit(props.name, room - beside);
  const middle = props.y + height / 2;
  name.draw(context, text, left, middle + name.size * 0.35);
  if (wanted === 0) return;
  const after = left + name.width(text) + gap;
  const x = Math.max(after, Math.min(bounds.x + length(138), left + room - beside + gap));
  if (sign > 0)
    paintWarningSign(
      context,
      x,
      middle - style.size * 0.52,
      style.size,
      look.signs[props.detailTone],
      look.panel,
    );
  const detailRoom = left + room - x - sign;
  const baseline = middle + style.size * 0.35;
  const detailWidth = style.width(props.detail);
  const whole = detailWidth + unitWidth <= detailRoom;
  style.draw(context, whole ? props.detail : style.fit(props.detail, detailRoom), x + sign, baseline);
  if (whole) style.draw(context, unit, x + sign + detailWidth + unitGap, baseline);
}
