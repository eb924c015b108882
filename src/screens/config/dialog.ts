import type { NoticeReport } from '../../model/recorder-reports';
import type { Rect } from '../../render/rect';
import { metrics } from '../../render/theme';
import type { ButtonTone } from '../../render/widgets/button';
import { breakLines } from '../../render/widgets/lines';
import { dialogPanel } from '../../render/widgets/dialog-panel';
import { noticeWords } from '../../words/en';
import type { Intent } from '../screen';
import type { ViewBuilder } from './view-builder';

/** A question or a message that has to be answered before anything else. */
export interface Dialog {
  readonly title: string;
  readonly text: string;
  /** What goes ahead; for a message what has been read. */
  readonly yes: { readonly label: string; readonly tone: ButtonTone; readonly act: () => Intent | undefined };
  /** What leaves everything as it is; a message has none. */
  readonly no?: string;
  /** Told when it was answered with no. */
  readonly declined?: () => void;
}

/** A message. @param read told when it was read */
export function message(title: string, text: string, read?: () => void): Dialog {
  const act = (): undefined => {
    read?.();
  };
  return { title, text, yes: { label: 'OK', tone: 'strong', act } };
}

/** What is wrong with packdial itself. @param read told when it was read */
export function noticeMessage(report: NoticeReport, read: () => void): Dialog {
  const { title, text } = noticeWords(report);
  return message(title, text, read);
}

/** Puts a dialog above the page; nothing beneath it can be touched. */
export function buildDialog(builder: ViewBuilder, dialog: Dialog, answered: () => void): void {
  const { frame, palette } = builder;
  const { width, height, length, touch } = frame;
  const margin = length(28);
  const box = Math.min(length(624), width - 2 * length(metrics.margin));
  const title = builder.words('value', palette.text, 600);
  const text = builder.words('title', palette.secondary);
  const lines = breakLines(text, dialog.text, box - 2 * margin);
  const titles = breakLines(title, dialog.title, box - 2 * margin, 2);
  const leading = Math.round(text.size * 1.35);
  const titleLeading = Math.round(title.size * 1.15);
  const words = titles.length * titleLeading + lines.length * leading;
  const tall = Math.min(height, margin * 2 + words + length(20) + touch);
  const panel: Rect = {
    x: Math.round((width - box) / 2),
    y: Math.round((height - tall) / 2),
    width: box,
    height: tall,
  };
  builder.blockTargets();
  builder.widget(
    dialogPanel({
      bounds: { x: 0, y: 0, width, height },
      panel,
      radius: length(metrics.radius * 1.6),
      fill: palette.panel,
      line: palette.rimLight,
      title: { style: title, lines: titles, leading: titleLeading },
      text: { style: text, lines, leading },
      margin,
    }),
    () => ({}),
  );
  const gap = length(12);
  const buttons = dialog.no === undefined ? 1 : 2;
  const side = Math.floor((box - 2 * margin - gap * (buttons - 1)) / buttons);
  const place = (index: number): Rect => ({
    x: panel.x + margin + index * (side + gap),
    y: panel.y + tall - margin - touch,
    width: side,
    height: touch,
  });
  if (dialog.no !== undefined) {
    const { no } = dialog;
    builder.button('no', place(0), () => ({ text: no, tone: 'quiet' }), {
      tap: () => {
        answered();
        dialog.declined?.();
        return undefined;
      },
    });
  }
  const { label, tone, act } = dialog.yes;
  builder.button('yes', place(buttons - 1), () => ({ text: label, tone }), {
    tap: () => {
      answered();
      return act();
    },
  });
}
