import { formatEnergy, missing } from '../screens/format';
import { make } from './elements';
import type { Period } from './energy-periods';

/** In units of the drawing, which fills the width. */
const width = 1000;
const height = 180;
/** Room above and below the bars. */
const room = 3;
const svg = 'http://www.w3.org/2000/svg';

/** Bars of one device: what went in above the line, what went out below it, on a scale of its own. */
export function energyFigure(name: string, periods: readonly Period[]): HTMLElement {
  const figure = make('figure', 'chart energy');
  const caption = make('figcaption');
  const title = make('h2', '', name);
  const most = Math.max(...highest(periods));
  const unit = most === 0 ? 'kWh' : `kWh, highest bar ${kilowattHours(most)}`;
  title.append(' ', make('small', '', unit));
  caption.append(title, legend(periods));
  figure.append(caption);
  if (periods.length === 0) figure.append(make('p', 'none', 'Nothing is known of it yet.'));
  else figure.append(drawing(name, periods), labels(periods), table(name, periods));
  return figure;
}

/** Wh of the highest bars, in and out. */
function highest(periods: readonly Period[]): [number, number] {
  return [
    Math.max(0, ...periods.map((period) => period.in ?? 0)),
    Math.max(0, ...periods.map(({ out }) => out ?? 0)),
  ];
}

/** The latest period in numbers, in the colours of the bars. */
function legend(periods: readonly Period[]): HTMLElement {
  const latest = periods.at(-1);
  const line = make('p', 'sums');
  if (latest !== undefined)
    line.append(
      make('span', '', `${latest.label}: `),
      make('span', 'in', `${kilowattHours(latest.in)} in`),
      make('span', 'out', `${kilowattHours(latest.out)} out`),
    );
  return line;
}

function drawing(name: string, periods: readonly Period[]): SVGElement {
  const picture = document.createElementNS(svg, 'svg');
  picture.setAttribute('viewBox', `0 0 ${width} ${height}`);
  picture.setAttribute('preserveAspectRatio', 'none');
  picture.setAttribute('role', 'img');
  picture.setAttribute('aria-label', `${name}: in and out as bars; the table below has the numbers`);
  const [mostIn, mostOut] = highest(periods);
  const scale = (height - 2 * room) / Math.max(1, mostIn + mostOut);
  // What only goes one way has all the room for it.
  const middle = room + mostIn * scale;
  const step = width / periods.length;
  const bar = (i: number, value: number, kind: 'in' | 'out'): void => {
    const rect = document.createElementNS(svg, 'rect');
    const size = value * scale;
    const wide = Math.min(step * 0.7, 90);
    const box = {
      x: (i + 0.5) * step - wide / 2,
      y: kind === 'in' ? middle - size : middle,
      width: wide,
      height: size,
    };
    for (const [key, number] of Object.entries(box)) rect.setAttribute(key, number.toFixed(2));
    rect.setAttribute('class', kind);
    picture.append(rect);
  };
  for (const [i, period] of periods.entries()) {
    if (period.in !== null) bar(i, period.in, 'in');
    if (period.out !== null) bar(i, period.out, 'out');
  }
  const zero = document.createElementNS(svg, 'path');
  zero.setAttribute('d', `M0 ${middle}H${width}`);
  picture.append(zero);
  return picture;
}

/** The first, the middle and the latest: more would not fit a phone. */
function labels(periods: readonly Period[]): HTMLElement {
  const line = make('div', 'ends');
  line.setAttribute('aria-hidden', 'true');
  const places = new Set([0, periods.length >> 1, periods.length - 1]);
  line.append(...[...places].map((i) => make('span', '', periods[i]?.label ?? '')));
  if (places.size === 1) line.classList.add('single');
  return line;
}

/** The same in numbers, the latest first. */
function table(name: string, periods: readonly Period[]): HTMLElement {
  const details = make('details');
  const sheet = make('table');
  const heads = ['From', 'In', 'Out', 'Hours counted'].map((text, i) => {
    const head = make('th', i === 0 ? '' : 'number', text);
    head.scope = 'col';
    return head;
  });
  sheet
    .createTHead()
    .insertRow()
    .append(...heads);
  sheet.createCaption().textContent = `${name}, kWh`;
  const body = sheet.createTBody();
  for (const period of [...periods].reverse()) {
    const head = make('th', '', period.label);
    head.scope = 'row';
    const texts = [kilowattHours(period.in), kilowattHours(period.out), period.hours.toFixed(1)];
    body.insertRow().append(head, ...texts.map((text) => make('td', 'number', text)));
  }
  const summary = make('summary', '', 'Numbers');
  summary.setAttribute('aria-label', `Numbers of ${name}`);
  details.append(summary, sheet);
  return details;
}

function kilowattHours(wattHours: number | null): string {
  return wattHours === null ? missing : formatEnergy(wattHours / 1000);
}
