import type { ActionView } from '../../model/action-view';
import type { Rect } from '../../render/rect';
import type { ButtonTone } from '../../render/widgets/button';
import { paragraph } from '../../render/widgets/paragraph';
import { progressBar } from '../../render/widgets/progress-bar';
import { actionText } from '../../words/en';
import { calibrationWords } from '../../words/en/touch-calibration';
import { welcomeWords } from '../../words/en/welcome';
import type { Dialog } from './dialog';
import { rowGrid } from './frame';
import { offeredActions, type ServiceActions } from './service';
import type { ViewBuilder } from './view-builder';

/** ms between two looks at something that is under way. */
const watchInterval = 250;

interface Entry {
  readonly name: string;
  readonly label: string;
  readonly tone: ButtonTone;
  /** What it is for; what came of it takes its place. */
  readonly text: string;
  readonly view?: () => ActionView;
  readonly tap: () => void;
  readonly cancel?: () => void;
}

/**
 * A row for each thing that can be done, with its button, what it is for, and how it goes.
 *
 * @param page which of what is offered stands on this page
 */
export function buildService(
  builder: ViewBuilder,
  page: { readonly service: ServiceActions; readonly from: number; readonly to: number },
  ask: (dialog: Dialog) => void,
): void {
  const grid = rowGrid(builder.frame);
  const entries = entriesOf(page.service, ask);
  offeredActions(page.service)
    .slice(page.from, page.to)
    .forEach((name, i) => {
      const entry = entries[name];
      if (entry !== undefined) addEntry(builder, grid.row(i), entry);
    });
}

/** The way to the crosses for the touch panel. */
export function buildTouchPage(builder: ViewBuilder, calibrate: () => void): void {
  addEntry(builder, rowGrid(builder.frame).row(0), {
    name: 'calibrate-touch',
    label: calibrationWords.button,
    tone: 'quiet',
    text: calibrationWords.buttonText,
    tap: calibrate,
  });
}

function addEntry(builder: ViewBuilder, rect: Rect, entry: Entry): void {
  const { frame, palette } = builder;
  const { length, touch, tall } = frame;
  builder.panel(rect);
  const pad = length(8);
  const running = (): boolean => entry.view?.().state === 'running';
  const button = {
    x: rect.x + pad,
    y: rect.y + Math.round((rect.height - Math.min(touch, rect.height)) / 2),
    width: tall ? length(170) : length(240),
    height: Math.min(touch, rect.height),
  };
  const { cancel } = entry;
  builder.button(
    entry.name,
    button,
    () =>
      running()
        ? { text: cancel === undefined ? 'BUSY' : 'CANCEL', tone: cancel === undefined ? 'off' : 'quiet' }
        : { text: entry.label, tone: entry.tone },
    {
      tap: () => {
        if (!running()) entry.tap();
        else cancel?.();
        return undefined;
      },
    },
    { role: 'title' },
  );
  const left = button.x + button.width + length(16);
  const barHeight = length(10);
  const words = {
    x: left,
    y: rect.y + length(6),
    width: rect.x + rect.width - left - length(12),
    height: rect.height - length(12),
  };
  const { view } = entry;
  const styles = {
    idle: builder.words('body', palette.secondary),
    running: builder.words('body', palette.text),
    done: builder.words('body', palette.powerIn, 600),
    failed: builder.words('body', palette.warning, 600),
  };
  if (view === undefined) {
    builder.widget(paragraph({ bounds: words, align: 'left', styles }), () => ({
      text: entry.text,
      tone: 'idle',
    }));
    return;
  }
  const above = { ...words, height: words.height - barHeight };
  builder.widget(paragraph({ bounds: words, align: 'left', styles }), () => {
    const now = view();
    if (now.state === 'running') return { text: '', tone: 'idle' };
    return { text: now.state === 'idle' ? entry.text : actionText(now), tone: now.state };
  });
  builder.widget(paragraph({ bounds: above, align: 'left', styles }), () => {
    const now = view();
    return { text: now.state === 'running' ? actionText(now) : '', tone: 'running' };
  });
  builder.widget(
    progressBar({
      bounds: { x: left, y: above.y + above.height - length(2), width: words.width, height: barHeight },
      track: palette.control,
      fill: palette.voltage,
    }),
    () => ({ part: view().state === 'running' ? view().progress : -1 }),
  );
  builder.onShow(() => (view().state === 'running' ? watchInterval : undefined));
}

function entriesOf(
  service: ServiceActions,
  ask: (dialog: Dialog) => void,
): Partial<Record<keyof ServiceActions, Entry>> {
  const { endDemonstration, exit, resetLog, copyLog, update } = service;
  const question = (title: string, text: string, label: string, tone: ButtonTone, act: () => void) => () =>
    ask({
      title,
      text,
      yes: {
        label,
        tone,
        act: () => {
          act();
          return undefined;
        },
      },
      no: 'Go back',
    });
  const entries: Partial<Record<keyof ServiceActions, Entry>> = {};
  if (endDemonstration !== undefined) {
    entries.endDemonstration = {
      name: 'end-demonstration',
      label: welcomeWords.end,
      tone: 'strong',
      text: welcomeWords.endText,
      tap: endDemonstration,
    };
  }
  if (exit !== undefined) {
    entries.exit = {
      name: 'exit',
      label: 'EXIT',
      tone: 'quiet',
      text: 'Ends packdial and gives the screen to a login',
      tap: question(
        'End packdial?',
        'The battery is not watched until packdial is started again. A login takes its place on this screen.',
        'End packdial',
        'danger',
        exit,
      ),
    };
  }
  if (resetLog !== undefined) {
    entries.resetLog = {
      name: 'reset-log',
      label: 'RESET LOG',
      tone: 'quiet',
      text: 'Erases the log and begins a new one',
      view: () => resetLog.view,
      tap: question(
        'Erase the log?',
        "All earlier data in the log is lost and can't be brought back. packdial starts again with an empty log.",
        'Erase it',
        'danger',
        () => resetLog.start(),
      ),
    };
  }
  if (copyLog !== undefined) {
    entries.copyLog = {
      name: 'copy-log',
      label: 'COPY LOG',
      tone: 'quiet',
      text: 'Copies the log to a USB stick named BATTERY',
      view: () => copyLog.view,
      tap: () => copyLog.start(),
      cancel: () => copyLog.cancel(),
    };
  }
  if (update !== undefined) {
    entries.update = {
      name: 'update',
      label: 'UPDATE SOFTWARE',
      tone: 'quiet',
      text: 'Installs a newer version, if there is one',
      view: () => update.view,
      tap: question(
        'Update the software?',
        'packdial installs the newest version that it can reach and starts again. Where there is none, the machine only restarts.',
        'Update',
        'strong',
        () => update.start(),
      ),
    };
  }
  return entries;
}
