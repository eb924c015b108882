import type { EnergyPeriodJson } from '../protocol/energy-json';
import { plotForm } from './energy-scale';
import { isCompared } from './energy-text';

const svg = 'http://www.w3.org/2000/svg';
/** In units of the drawing, which fills the width. */
const width = 1000;
const height = 200;
/** Of a bar's place: what it takes, and what one takes that others stand behind. */
const wide = 0.84;
const narrow = 0.44;
/** A bar of a single period would otherwise be a wall. */
const widest = 90;

/** Draws bars, each with that of a year before behind it. @param taken which of them is marked */
export function drawBars(
  picture: SVGElement,
  periods: readonly EnergyPeriodJson[],
  isOneWay: boolean,
  taken: number | undefined,
): void {
  const form = plotForm(periods, isOneWay);
  const step = width / Math.max(1, periods.length);
  const middle = form.zero * height;
  const parts: SVGElement[] = [];
  const add = (x: number, y: number, size: readonly [number, number], kind: string): void => {
    const rect = document.createElementNS(svg, 'rect');
    for (const [key, value] of Object.entries({ x, y, width: size[0], height: size[1] }))
      rect.setAttribute(key, value.toFixed(2));
    rect.setAttribute('class', kind);
    parts.push(rect);
  };
  const bar = (i: number, value: number | null, goesUp: boolean, share: number, kind: string): void => {
    const size = ((value ?? 0) / 1000 / (form.up + form.down)) * height;
    if (size <= 0) return;
    const across = Math.min(step * share, widest * (share / wide));
    add((i + 0.5) * step - across / 2, goesUp ? middle - size : middle, [across, size], kind);
  };
  if (taken !== undefined) add(taken * step, 0, [step, height], 'taken');
  for (const end of [0, height]) parts.push(line(end, 'end'));
  const share = periods.some(isCompared) ? narrow : wide;
  for (const [i, { energyIn, energyOut, energyInBefore, energyOutBefore }] of periods.entries()) {
    const into = isOneWay ? 'solar' : 'in';
    bar(i, energyInBefore, isOneWay, wide, `${into} behind`);
    bar(i, energyIn, isOneWay, share, into);
    if (isOneWay) continue;
    bar(i, energyOutBefore, true, wide, 'out behind');
    bar(i, energyOut, true, share, 'out');
  }
  parts.push(line(middle, 'zero'));
  picture.setAttribute('viewBox', `0 0 ${width} ${height}`);
  picture.replaceChildren(...parts);
}

function line(y: number, kind: string): SVGElement {
  const path = document.createElementNS(svg, 'path');
  path.setAttribute('d', `M0 ${y}H${width}`);
  path.setAttribute('class', kind);
  return path;
}

/** A picture without anything in it; what it shows is told by what is around it. */
export function emptyPicture(): SVGElement {
  const picture = document.createElementNS(svg, 'svg');
  picture.setAttribute('preserveAspectRatio', 'none');
  picture.setAttribute('aria-hidden', 'true');
  return picture;
}
