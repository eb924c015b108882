import type { ItemResult } from '../../model/controller/controller-link';
import { controllerItem, type ControllerItemName } from '../../model/controller/items';
import { showItem } from '../../model/controller/values';
import type { Rect } from '../../render/rect';
import { metrics } from '../../render/theme';
import { paragraph } from '../../render/widgets/paragraph';
import { readout } from '../../render/widgets/readout';
import { saveReasonText, saveStepText } from '../../words/en';
import { sentence } from '../../words/sentences';
import type { ControllerSaving } from './controller-desk';
import type { ViewBuilder } from './view-builder';

const marks = { acknowledged: 'saved', refused: 'refused', 'no answer': 'no answer', waiting: 'waiting' };

/** What the page of a SAVE's results shows and does. */
export interface SaveResultsParts {
  /** How it goes now; the items stay the same. */
  readonly saving: () => ControllerSaving | undefined;
  /** What becomes of the display's own changes; empty when there are none. */
  readonly own: () => string;
  /** What the button says when all is over. */
  readonly label: () => string;
  readonly read: () => void;
}

/** Item by item what the controller has said, while it says so and until that was read. */
export function buildSaveResults(builder: ViewBuilder, { saving, own, label, read }: SaveResultsParts): void {
  const { frame, palette } = builder;
  const { header, body, footer, length, tall } = frame;
  const first = saving();
  if (first === undefined) return;
  const margin = length(metrics.margin);
  const title = builder.words('value', palette.text, 600);
  builder.widget(
    readout({
      bounds: { x: margin * 2, y: 0, width: header.width - 4 * margin, height: header.height },
      align: 'left',
      baseline: Math.round(header.height / 2 + title.size * 0.35),
      styles: {
        title: [title, builder.words('unit', palette.text, 600), builder.words('title', palette.text, 600)],
      },
    }),
    () => {
      const now = saving();
      return { text: now === undefined ? '' : saveStepText(now.step), tone: 'title' };
    },
  );
  builder.panel(body);
  const names = [...first.results.keys()];
  const ownLine = own() === '' ? 0 : length(52);
  const room = body.height - length(12) - ownLine;
  const pitch = Math.min(length(tall ? 104 : 76), Math.floor(room / Math.max(1, names.length)));
  const shown = Math.min(names.length, Math.max(1, Math.floor(room / Math.max(pitch, length(30)))));
  for (let i = 0; i < shown; i++) {
    const y = body.y + length(6) + i * pitch;
    addItem(builder, { x: body.x, y, width: body.width, height: pitch }, () => ordered(saving())[i]);
  }
  if (ownLine > 0) {
    const bounds = {
      x: body.x + length(16),
      y: body.y + body.height - length(6) - ownLine,
      width: body.width - 2 * length(16),
      height: ownLine,
    };
    const styles = { own: builder.words('body', palette.secondary) };
    builder.widget(paragraph({ bounds, align: 'left', styles }), () => ({ text: own(), tone: 'own' }));
  }
  const width = Math.max(length(300), 160);
  const drawn = {
    x: Math.round((footer.width - width) / 2),
    y: footer.y + length(4),
    width,
    height: footer.height - length(12),
  };
  builder.button(
    'results read',
    drawn,
    () => {
      const running = saving()?.running ?? false;
      return { text: running ? 'Waiting' : label(), tone: running ? 'off' : 'strong' };
    },
    {
      tap: () => {
        if (saving()?.running === false) read();
        return undefined;
      },
    },
    { area: { ...drawn, y: footer.y, height: footer.height } },
  );
}

interface ShownItem {
  readonly name: ControllerItemName;
  readonly value: string;
  readonly result: ItemResult;
}

/** What went wrong first, for there may be more items than room. */
function ordered(saving: ControllerSaving | undefined): ShownItem[] {
  if (saving === undefined) return [];
  const urgency = { refused: 0, 'no answer': 1, waiting: 2, acknowledged: 3 };
  return [...saving.results]
    .map(([name, result]) => ({
      name,
      value: showItem(name, saving.values[name] ?? '', saving.units),
      result,
    }))
    .sort((a, b) => urgency[a.result.state] - urgency[b.result.state]);
}

/** Label, the new value and what became of it, and beneath it why, where there is something to say. */
function addItem(builder: ViewBuilder, rect: Rect, item: () => ShownItem | undefined): void {
  const { frame, palette } = builder;
  const { length } = frame;
  const pad = length(16);
  const inner = rect.width - 2 * pad + length(8);
  const columns = [0.32, 0.42, 0.26] as const;
  const roomy = rect.height >= length(50);
  const baseline = Math.round(rect.y + (roomy ? length(28) : rect.height * 0.7));
  const cell = (column: 0 | 1 | 2): Rect => ({
    x: Math.round(rect.x + pad + inner * columns.slice(0, column).reduce((sum, part) => sum + part, 0)),
    y: rect.y,
    width: Math.round(inner * columns[column]) - length(8),
    height: Math.round(roomy ? length(36) : rect.height),
  });
  const style = (
    colour: keyof typeof palette,
    weight: 500 | 600 = 600,
  ): ReturnType<typeof builder.words>[] => [
    ...(roomy ? [builder.words('unit', palette[colour], weight)] : []),
    builder.words('title', palette[colour], weight),
    builder.words('body', palette[colour], weight),
    builder.words('small', palette[colour], weight),
  ];
  builder.widget(
    readout({ bounds: cell(0), align: 'left', baseline, styles: { label: style('secondary', 500) } }),
    () => ({ text: labelOf(item()), tone: 'label' }),
  );
  builder.widget(
    readout({ bounds: cell(1), align: 'left', baseline, styles: { value: style('text') } }),
    () => ({ text: item()?.value ?? '', tone: 'value' }),
  );
  const tones = {
    acknowledged: style('powerIn'),
    refused: style('alarm'),
    'no answer': style('warning'),
    waiting: style('tertiary', 500),
  };
  builder.widget(readout({ bounds: cell(2), align: 'right', baseline, styles: tones }), () => {
    const state = item()?.result.state ?? 'waiting';
    return { text: marks[state], tone: state };
  });
  if (!roomy) return;
  const top = rect.y + length(36);
  const bounds = { x: rect.x + pad, y: top, width: inner, height: rect.y + rect.height - top - length(2) };
  const reasons = {
    refused: builder.words('body', palette.text),
    'no answer': builder.words('body', palette.text),
  };
  builder.widget(paragraph({ bounds, align: 'left', at: 'top', styles: reasons }), () => {
    const result = item()?.result;
    return result !== undefined && 'reason' in result
      ? { text: sentence(saveReasonText(result.reason)), tone: result.state }
      : { text: '', tone: 'refused' };
  });
}

function labelOf(item: ShownItem | undefined): string {
  return item === undefined ? '' : controllerItem(item.name).label;
}
