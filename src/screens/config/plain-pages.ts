import { breakLines } from '../../render/widgets/lines';
import { readout } from '../../render/widgets/readout';
import type { Surroundings } from '../screen';
import type { InformationLine } from './service';
import type { ViewBuilder } from './view-builder';

/** A page that says why there is nothing to set on it. */
export function buildNothing(builder: ViewBuilder, title: string, text: string): void {
  const { frame, palette } = builder;
  const { body, length } = frame;
  builder.panel(body);
  const room = body.width - 2 * length(40);
  const head = builder.words('value', palette.text, 600);
  const small = builder.words('title', palette.secondary);
  const lines = [
    ...breakLines(head, title, room).map((line) => ({ line, style: head })),
    ...breakLines(small, text, room).map((line) => ({ line, style: small })),
  ];
  const leading = (size: number): number => Math.round(size * 1.4);
  const tall = lines.reduce((sum, { style }) => sum + leading(style.size), 0);
  let y = body.y + (body.height - tall) / 2;
  for (const { line, style } of lines) {
    builder.write(style, line, body.x + body.width / 2, y + style.size, Infinity, 'center');
    y += leading(style.size);
  }
}

/** How long a page of information holds, ms: its numbers are read, not watched. */
const refreshInterval = 1000;

/** Names and what is known, line by line. */
export function buildInformation(
  builder: ViewBuilder,
  lines: (surroundings: Surroundings | undefined) => readonly InformationLine[],
): void {
  const { frame, palette } = builder;
  const { body, length, tall } = frame;
  const count = lines(undefined).length;
  builder.panel(body);
  const pad = length(16);
  const pitch = Math.min(length(tall ? 58 : 40), Math.floor((body.height - length(12)) / Math.max(1, count)));
  const column = tall ? body.width - 2 * pad : length(170);
  const x = body.x + pad;
  let asked: Surroundings | undefined;
  let known: readonly InformationLine[] = lines(undefined);
  for (let i = 0; i < count; i++) {
    const y = body.y + length(6) + i * pitch;
    const left = tall ? x : x + column;
    const bounds = { x: left, y, width: body.x + body.width - pad - left, height: pitch };
    const baseline = Math.round(y + (tall ? pitch * 0.8 : pitch * 0.66));
    const style = builder.words(tall ? 'small' : 'body', palette.tertiary);
    builder.write(style, known[i]?.label ?? '', x, tall ? Math.round(y + pitch * 0.36) : baseline, column);
    builder.widget(
      readout({
        bounds,
        align: 'left',
        baseline,
        styles: { fresh: [builder.words('body', palette.text), builder.words('small', palette.text)] },
      }),
      (surroundings) => {
        if (asked !== surroundings) known = lines(surroundings);
        asked = surroundings;
        return { text: known[i]?.text ?? '', tone: 'fresh' };
      },
    );
  }
  builder.onShow(() => refreshInterval);
}

/** Lines that every display has; more come from whoever knows. */
export function ownLines(
  surroundings: Surroundings | undefined,
  more: readonly InformationLine[],
): InformationLine[] {
  const source = surroundings?.source;
  const counters =
    source === undefined
      ? ''
      : `${source.frames} heard, ${source.ignored} ignored, ${source.malformed} malformed`;
  const own = [
    { label: 'Address', text: surroundings?.address ?? 'no network' },
    { label: 'Battery data', text: source?.text ?? '' },
    { label: 'Frames', text: counters },
    { label: 'Last sender', text: source?.sender ?? (source === undefined ? '' : 'nobody yet') },
  ];
  // Who knows more of the same says it instead.
  return [
    ...own.map((line) => more.find(({ label }) => label === line.label) ?? line),
    ...more.filter(({ label }) => !own.some((line) => line.label === label)),
  ];
}
