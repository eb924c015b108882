import type { Rect } from '../../render/rect';
import type { Scene } from '../../render/scene';
import type { Colour } from '../../render/theme';
import { breakLines } from '../../render/widgets/lines';
import { paragraph } from '../../render/widgets/paragraph';
import { readout } from '../../render/widgets/readout';
import { statusLight } from '../../render/widgets/status-light';
import { welcomeWords } from '../../words/en/welcome';
import { ViewBuilder, type View } from '../config/view-builder';
import { firstSteps, type FirstStep, type Intent, type KeyEvent } from '../screen';
import type { ScreenOptions } from '../screen-options';
import type { Screen, SourceView, Surroundings, TouchTarget } from '../screen';
import { layoutWelcome, type WelcomeLayout } from './welcome-layout';
import { paintSign, signWidths } from './welcome-signs';

/** What the screen is made with. */
/**
 * What an owner sees who has set nothing, while no battery is received: what is listened for, the display's address, the ways to
 * a battery, and a demonstration.
 */
export class WelcomeScreen implements Screen {
  readonly name = 'welcome';
  private readonly view: View;

  constructor(options: ScreenOptions) {
    const layout = layoutWelcome(options.width, options.height, options.finger);
    this.view = buildWelcome(new ViewBuilder(layout.frame, options.palette, options.styles), layout);
  }

  get scene(): Scene {
    return this.view.scene;
  }

  get targets(): readonly TouchTarget[] {
    return this.view.targets;
  }

  update(surroundings: Surroundings): number | undefined {
    return this.view.show(surroundings);
  }

  tap(target: string): Intent {
    return this.view.actions.get(target)?.tap?.() ?? { kind: 'none' };
  }

  key({ key, action, command }: KeyEvent): boolean | Intent {
    if (command || action === 'repeat') return false;
    return key === 'Escape' ? { kind: 'dismiss' } : false;
  }

  press(target: TouchTarget | undefined): void {
    this.view.press(target);
  }
}

function buildWelcome(builder: ViewBuilder, layout: WelcomeLayout): View {
  const { frame, palette } = builder;
  const { length, header } = frame;
  builder.button(
    'dial',
    layout.close,
    () => ({ glyph: 'close', tone: 'bare' }),
    { tap: () => ({ kind: 'dismiss' }) },
    { glyph: length(26) },
  );
  const title = builder.words('value', palette.text, 600);
  const left = layout.close.width + length(4);
  const baseline = Math.round(header.height / 2 + title.size * 0.35);
  builder.write(title, welcomeWords.title, left, baseline, frame.width - left);
  addState(builder, layout);
  const question = builder.words('unit', palette.text, 600);
  const { x, y, width, height } = layout.question;
  builder.write(question, welcomeWords.question, x, Math.round(y + height / 2 + question.size * 0.35), width);
  firstSteps.forEach((step, i) => {
    const rect = layout.choices[i];
    if (rect !== undefined) addChoice(builder, rect, step);
  });
  addShowMe(builder, layout.showMe);
  return builder.build();
}

/** What the source says, and what of what has come was none of a battery; and the address. */
function addState(builder: ViewBuilder, { state }: WelcomeLayout): void {
  const { palette } = builder;
  builder.widget(statusLight(state.light), (surroundings) =>
    surroundings === undefined
      ? undefined
      : surroundings.source.up
        ? { colour: palette.voltage, hollow: true }
        : { colour: palette.warning, hollow: true },
  );
  const line = (rect: Rect, colour: Colour, text: (surroundings: Surroundings) => string): void => {
    const styles = (['title', 'body', 'small'] as const).map((role) => builder.words(role, colour));
    const [first] = styles;
    const baseline = Math.round(rect.y + rect.height / 2 + (first?.size ?? 0) * 0.35);
    builder.widget(
      readout({ bounds: rect, align: 'left', baseline, styles: { known: styles } }),
      (surroundings) =>
        surroundings === undefined ? undefined : { text: text(surroundings), tone: 'known' },
    );
  };
  line(state.lines[0], palette.text, ({ source }) => `${source.text}: ${received(source)}`);
  line(state.lines[1], palette.text, ({ address }) =>
    address === undefined ? welcomeWords.noNetwork : `${welcomeWords.address} ${address}`,
  );
}

function received({ ignored, malformed }: SourceView): string {
  const strange = ignored + malformed;
  return strange === 0 ? welcomeWords.nothing : welcomeWords.strange(strange);
}

/** Lines of a choice's text, at the most. */
const mostLines = 4;

function addChoice(builder: ViewBuilder, rect: Rect, step: FirstStep): void {
  const { frame, palette } = builder;
  const { length } = frame;
  const { title, text } = welcomeWords.choices[step];
  builder.panel(rect);
  const pad = length(16);
  const isWide = rect.width > 2.4 * rect.height;
  const sign = Math.min(length(64), Math.round(rect.height * 0.34));
  const name = builder.words('value', palette.text, 600);
  const words = builder.words('body', palette.secondary);
  const from = isWide ? rect.x + pad + sign + length(20) : rect.x + pad;
  const room = rect.x + rect.width - pad - from;
  const signAt = isWide
    ? { x: rect.x + pad + sign / 2, y: rect.y + rect.height / 2 }
    : { x: rect.x + pad + (signWidths[step] * sign) / 2, y: rect.y + pad + sign / 2 };
  builder.paint((context) => paintSign(context, step, signAt.x, signAt.y, sign, palette.voltage));
  // Side by side their names stand on one line.
  const texts = isWide ? [text] : Object.values(welcomeWords.choices).map((choice) => choice.text);
  const lines = Math.max(...texts.map((each) => breakLines(words, each, room, mostLines).length));
  const leading = Math.round(words.size * 1.28);
  const block = name.size + length(6) + lines * leading;
  const nameTop = isWide
    ? rect.y + Math.round((rect.height - block) / 2)
    : Math.max(signAt.y + sign / 2 + length(10), rect.y + rect.height - pad - block - length(4));
  builder.write(name, title, from, Math.round(nameTop + name.size * 0.9), room);
  const bounds = {
    x: from,
    y: Math.round(nameTop + name.size + length(6)),
    width: room,
    height: rect.y + rect.height - length(4) - Math.round(nameTop + name.size + length(6)),
  };
  builder.widget(paragraph({ bounds, align: 'left', styles: { known: words }, at: 'top' }), () => ({
    text,
    tone: 'known',
  }));
  builder.target(step, rect, { tap: () => ({ kind: 'set-up', step }) });
}

function addShowMe(builder: ViewBuilder, rect: Rect): void {
  const { frame, palette } = builder;
  const { length } = frame;
  const button = { ...rect, width: Math.max(length(190), frame.touch * 2) };
  builder.button(
    'show-me',
    button,
    () => ({ text: welcomeWords.showMe, tone: 'quiet' }),
    { tap: () => ({ kind: 'demonstrate' }) },
    { role: 'title', area: rect },
  );
  const words = builder.words('body', palette.secondary);
  const x = button.x + button.width + length(16);
  const bounds = { ...rect, x, width: rect.x + rect.width - x };
  builder.widget(paragraph({ bounds, align: 'left', styles: { known: words } }), () => ({
    text: welcomeWords.demonstration,
    tone: 'known',
  }));
}
