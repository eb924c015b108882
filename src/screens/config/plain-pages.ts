import { breakLines } from '../../render/widgets/lines';
import { paragraph } from '../../render/widgets/paragraph';
import type { Surroundings } from '../screen';
import type { Frame } from './frame';
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

/** Height of a line: room for its label, and for two lines of small text. */
function lineHeight({ length, tall, type }: Frame): number {
  const text = 2 * Math.round(type('small') * 1.28);
  return tall ? Math.max(length(64), Math.round(text / 0.6)) : Math.max(length(40), text + 2);
}

/** Lines of information that fit on one page. */
export function mostLines(frame: Frame): number {
  return Math.max(1, Math.floor((frame.body.height - frame.length(12)) / lineHeight(frame)));
}

/**
 * Names and what is known, line by line; a text that is too long for one is broken in two.
 *
 * @param body where; default: the whole page
 */
export function buildInformation(
  builder: ViewBuilder,
  lines: (surroundings: Surroundings | undefined) => readonly InformationLine[],
  body = builder.frame.body,
): void {
  const { frame, palette } = builder;
  const { length, tall } = frame;
  const count = lines(undefined).length;
  builder.panel(body);
  const pad = length(16);
  const pitch = lineHeight(frame);
  const column = tall ? body.width - 2 * pad : length(170);
  const x = body.x + pad;
  const styles = { one: builder.words('body', palette.text), two: builder.words('small', palette.text) };
  let asked: Surroundings | undefined;
  let known: readonly InformationLine[] = lines(undefined);
  for (let i = 0; i < count; i++) {
    const y = body.y + length(6) + i * pitch;
    const left = tall ? x : x + column;
    const above = tall ? Math.round(pitch * 0.38) : 0;
    const bounds = { x: left, y: y + above, width: body.x + body.width - pad - left, height: pitch - above };
    const label = builder.words(tall ? 'small' : 'body', palette.tertiary);
    const baseline = tall ? y + pitch * 0.36 : y + pitch / 2 + label.size * 0.34;
    builder.write(label, known[i]?.label ?? '', x, Math.round(baseline), column);
    builder.widget(paragraph({ bounds, align: 'left', styles }), (surroundings) => {
      if (asked !== surroundings) known = lines(surroundings);
      asked = surroundings;
      const text = known[i]?.text ?? '';
      return { text, tone: styles.one.measure(text) <= bounds.width ? 'one' : 'two' };
    });
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
