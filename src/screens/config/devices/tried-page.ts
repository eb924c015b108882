import type { Rect } from '../../../render/rect';
import { metrics } from '../../../render/theme';
import type { QuantityForm } from '../../../model/quantity-form';
import { cellForm, quantities } from '../../../model/quantities';
import { breakLines } from '../../../render/widgets/lines';
import { setupWords } from '../../../words/en/device-setup';
import { fixed, missing, signed } from '../../format';
import type { ViewBuilder } from '../view-builder';
import type { TriedReading } from './setup-view';

/** What is shown large of a device of each kind. */
const largest: Readonly<Record<TriedReading['kind'], readonly string[]>> = {
  battery: ['voltage', 'stateOfCharge', 'current'],
  'solar-charger': ['pvPower', 'chargePower', 'batteryVoltage'],
  meter: ['power', 'voltage', 'current'],
};

/** The first reading of a device, large enough to be compared with the maker's app, and what SAVE does. */
export function buildTried(builder: ViewBuilder, reading: TriedReading, consequence: string): void {
  const { frame, palette } = builder;
  const { body, length, tall } = frame;
  const gap = length(metrics.gap);
  const names = largest[reading.kind];
  const height = Math.floor(body.height * (tall ? 0.18 : 0.5));
  const forms: Readonly<Record<string, QuantityForm>> = quantities[reading.kind];
  const width = tall ? body.width : Math.floor((body.width - (names.length - 1) * gap) / names.length);
  names.forEach((name, i) => {
    const rect = tall
      ? { x: body.x, y: body.y + i * (height + gap), width, height }
      : { x: body.x + i * (width + gap), y: body.y, width, height };
    const form = forms[name];
    if (form !== undefined) addValue(builder, rect, form, name, reading.values[name]);
  });
  const top = tall ? body.y + names.length * (height + gap) : body.y + height + gap;
  const rest: Rect = { ...body, y: top, height: body.y + body.height - top };
  builder.panel(rest);
  const head = builder.words('value', palette.text, 600);
  const small = builder.words('title', palette.secondary);
  const room = rest.width - 2 * length(24);
  const lines = [
    ...(reading.kind === 'battery' ? [{ line: cellsText(reading.cells), style: head }] : []),
    ...breakLines(small, consequence, room).map((line) => ({ line, style: small })),
  ];
  const leading = (size: number): number => Math.round(size * 1.5);
  let y = rest.y + (rest.height - lines.reduce((sum, { style }) => sum + leading(style.size), 0)) / 2;
  for (const { line, style } of lines) {
    builder.write(style, line, rest.x + rest.width / 2, y + style.size * 1.1, room, 'center');
    y += leading(style.size);
  }
}

function addValue(
  builder: ViewBuilder,
  rect: Rect,
  { label, unit, shown }: QuantityForm,
  name: string,
  value: number | undefined,
): void {
  const { frame, palette } = builder;
  const { length } = frame;
  builder.panel(rect);
  const pad = length(16);
  const label2 = builder.words('title', palette.secondary);
  builder.write(label2, label, rect.x + pad, rect.y + pad + label2.size, rect.width - 2 * pad);
  const number =
    value === undefined ? missing : name === 'current' ? signed(value, shown) : fixed(value, shown);
  const large = builder.words('large', palette.text, 600);
  const baseline = rect.y + Math.round(rect.height * 0.72);
  builder.write(large, number, rect.x + pad, baseline, rect.width - 2 * pad);
  const x = rect.x + pad + large.measure(number) + length(8);
  builder.write(builder.words('unit', palette.secondary), unit, x, baseline);
}

function cellsText(cells: readonly number[]): string {
  if (cells.length === 0) return setupWords.noCells;
  const text = (volts: number): string => fixed(volts, cellForm.shown);
  if (cells.length === 1) return setupWords.cell(text(cells[0] ?? 0));
  return setupWords.cells(cells.length, text(Math.min(...cells)), text(Math.max(...cells)));
}
