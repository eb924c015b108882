import type { CanvasRenderingContext2D } from 'canvas';
import { Scene, type Slot } from '../render/scene';
import type { TextStyles } from '../render/text';
import { metrics, referenceSize, type Palette } from '../render/theme';
import { nothingPressed, pressHighlight, type PressHighlightProps } from '../render/widgets/press-highlight';
import { paintPanel } from '../render/widgets/shapes';
import type { Intent, Screen, ScreenName, TouchTarget } from './screen';

/** Titles of the screens that are still to come. */
const titles: Readonly<Record<ScreenName, string>> = {
  main: 'Main',
  'soc-log': 'State of charge',
  cells: 'Cells',
  'power-log': 'Power log',
  alarms: 'Alarms',
  settings: 'Settings',
};

/** Stands where a screen will be: says which, and leads back wherever it is touched. */
export class PlaceholderScreen implements Screen {
  readonly scene: Scene;
  readonly targets: readonly TouchTarget[];
  private readonly pressed: Slot<PressHighlightProps>;

  constructor(
    readonly name: ScreenName,
    private readonly options: {
      readonly width: number;
      readonly height: number;
      readonly palette: Palette;
      readonly styles: TextStyles;
    },
  ) {
    const { width, height } = options;
    const whole = { x: 0, y: 0, width, height };
    this.scene = new Scene(width, height, (context) => this.paintBase(context));
    this.targets = [{ name: 'back', areas: [whole], highlight: whole }];
    this.pressed = this.scene.add(pressHighlight(whole, 0));
  }

  update(): undefined {
    return undefined;
  }

  tap(): Intent {
    return { kind: 'open', screen: 'main' };
  }

  press(target: TouchTarget | undefined): void {
    this.pressed.show(target?.highlight ?? nothingPressed);
  }

  private paintBase(context: CanvasRenderingContext2D): void {
    const { width, height, palette, styles } = this.options;
    const scale =
      Math.min(width / referenceSize.width, height / referenceSize.height, 1.6) * (height > width ? 1.5 : 1);
    const px = (length: number): number => Math.round(length * scale);
    context.fillStyle = palette.ground;
    context.fillRect(0, 0, width, height);
    const panel = { width: Math.min(px(520), width - px(24)), height: px(220) };
    const x = Math.round((width - panel.width) / 2);
    const y = Math.round((height - panel.height) / 2);
    paintPanel(context, { x, y, ...panel }, px(metrics.radius), palette.panel, palette.panelLine);
    const middle = width / 2;
    styles.style(px(44), 600, palette.text).write(context, titles[this.name], middle, y + px(84), 'center');
    const line = styles.style(px(20), 500, palette.secondary);
    line.write(context, 'This screen is not part of this version.', middle, y + px(128), 'center');
    const hint = styles.style(px(20), 600, palette.voltage);
    hint.write(context, 'Touch anywhere to go back', middle, y + px(176), 'center');
  }
}
