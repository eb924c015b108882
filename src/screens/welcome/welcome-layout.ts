import type { Rect } from '../../render/rect';
import { metrics } from '../../render/theme';
import { layoutFrame, type Frame } from '../config/frame';
import { firstSteps } from '../screen';

/** Where the parts of the welcome stand, in whole pixels. */
export interface WelcomeLayout {
  readonly frame: Frame;
  /** The way to the dial. */
  readonly close: Rect;
  /** What is listened for and what has come: two lines. */
  readonly state: { readonly light: Rect; readonly lines: readonly [Rect, Rect] };
  readonly question: Rect;
  /** One for each of `firstSteps`. */
  readonly choices: readonly Rect[];
  readonly showMe: Rect;
}

/** Lays the welcome out for any size: the choices side by side, in a tall picture one below the other. */
export function layoutWelcome(width: number, height: number, finger?: number): WelcomeLayout {
  const frame = layoutFrame(width, height, finger);
  const { header, length, touch, tall } = frame;
  const margin = length(metrics.margin);
  const gap = length(metrics.gap);
  const inner = width - 2 * margin;
  const close: Rect = { x: 0, y: 0, width: Math.max(touch, length(76)), height: header.height };
  const lineHeight = length(34);
  const left = close.width + length(4);
  const line = (index: number): Rect => ({
    x: left + length(24),
    y: header.height + index * lineHeight,
    width: width - margin - left - length(24),
    height: lineHeight,
  });
  const light: Rect = {
    x: left,
    y: header.height + Math.round((lineHeight - length(14)) / 2),
    width: length(14),
    height: length(14),
  };
  const showMe: Rect = { x: margin, y: height - margin - touch, width: inner, height: touch };
  const questionTop = header.height + 2 * lineHeight + length(10);
  const question: Rect = { x: margin, y: questionTop, width: inner, height: length(40) };
  const top = question.y + question.height + length(4);
  const room = showMe.y - gap - top;
  const count = firstSteps.length;
  const side = Math.floor((inner - (count - 1) * gap) / count);
  const pitch = Math.floor((room + gap) / count);
  const choices = firstSteps.map((_, i): Rect =>
    tall
      ? { x: margin, y: top + i * pitch, width: inner, height: pitch - gap }
      : { x: margin + i * (side + gap), y: top, width: side, height: room },
  );
  return { frame, close, state: { light, lines: [line(0), line(1)] }, question, choices, showMe };
}
