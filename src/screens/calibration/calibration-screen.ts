import type { Scene } from '../../render/scene';
import type { TextStyle } from '../../render/text';
import { breakLines } from '../../render/widgets/lines';
import { paragraph } from '../../render/widgets/paragraph';
import { calibrationWords as words } from '../../words/en/touch-calibration';
import { layoutFrame, type Frame } from '../config/frame';
import { ViewBuilder, type View } from '../config/view-builder';
import type { Intent, KeyEvent, Screen, Surroundings, TouchTarget } from '../screen';
import type { ScreenOptions } from '../screen-options';
import { crossPlaces, type CalibrationDesk, type CalibrationProblem } from './calibration-desk';

/** Four crosses to be touched one after another, then the question whether touches land right. */
export class CalibrationScreen implements Screen {
  readonly name = 'calibration';
  private readonly frame: Frame;
  private structure = '';
  private view: View;

  constructor(
    private readonly options: ScreenOptions,
    private readonly desk: CalibrationDesk,
  ) {
    this.frame = layoutFrame(options.width, options.height, options.finger);
    this.view = this.refresh();
  }

  get scene(): Scene {
    return this.view.scene;
  }

  get targets(): readonly TouchTarget[] {
    return this.view.targets;
  }

  update(surroundings: Surroundings): number | undefined {
    this.refresh();
    this.view.show(surroundings);
    const left = this.desk.deadline - surroundings.now;
    // Until the next full second.
    return left <= 0 ? undefined : left % 1000 || 1000;
  }

  tap(target: string): Intent {
    return this.view.actions.get(target)?.tap?.() ?? { kind: 'none' };
  }

  /** No key leads elsewhere meanwhile. */
  key({ key, action, command }: KeyEvent): boolean {
    if (command || action === 'repeat') return true;
    if (key === 'Escape') this.desk.cancel();
    if (key === 'Enter' && this.desk.step.kind === 'trial') this.desk.keep();
    return true;
  }

  press(target: TouchTarget | undefined): void {
    this.view.press(target);
  }

  /** Builds the picture, if it is another one. */
  private refresh(): View {
    const structure = JSON.stringify(this.desk.step);
    if (structure === this.structure) return this.view;
    this.structure = structure;
    const builder = new ViewBuilder(this.frame, this.options.palette, this.options.styles);
    this.view = this.build(builder);
    return this.view;
  }

  private build(builder: ViewBuilder): View {
    const { step } = this.desk;
    if (step.kind === 'trial') this.addTrial(builder);
    else this.addCross(builder, step.index, step.problem);
    return builder.build();
  }

  private addCross(builder: ViewBuilder, index: number, problem: CalibrationProblem | undefined): void {
    const { width, height, length } = this.frame;
    const { palette } = builder;
    const places = crossPlaces(width, height);
    builder.paint((context) => {
      for (const [i, { x, y }] of places.entries()) {
        const arm = i === index ? length(44) : length(12);
        context.strokeStyle = i === index ? palette.text : palette.tertiary;
        context.lineWidth = i === index ? length(3) : length(2);
        context.beginPath();
        context.moveTo(x + 0.5 - arm, y + 0.5);
        context.lineTo(x + 0.5 + arm, y + 0.5);
        context.moveTo(x + 0.5, y + 0.5 - arm);
        context.lineTo(x + 0.5, y + 0.5 + arm);
        if (i === index) {
          context.moveTo(x + 0.5 + arm / 2, y + 0.5);
          context.arc(x + 0.5, y + 0.5, arm / 2, 0, 2 * Math.PI);
        }
        context.stroke();
      }
    });
    const told = problem && (problem.kind === 'close' ? words.close : words.apart(problem.pixels));
    this.addWords(builder, words.cross(index + 1, places.length), told, words.leave, 0);
  }

  private addTrial(builder: ViewBuilder): void {
    const { width, height, length, touch } = this.frame;
    const tall = Math.max(touch, length(72));
    const gap = length(24);
    const side = Math.min(length(240), Math.floor((width - 3 * gap) / 2));
    const y = Math.round(height / 2);
    const place = (x: number) => ({ x, y, width: side, height: tall });
    builder.button(
      'again',
      place(Math.round(width / 2 - gap / 2 - side)),
      () => ({ text: words.again, tone: 'quiet' }),
      {
        tap: () => {
          this.desk.again();
          return undefined;
        },
      },
    );
    builder.button(
      'keep',
      place(Math.round(width / 2 + gap / 2)),
      () => ({ text: words.keep, tone: 'strong' }),
      {
        tap: () => {
          this.desk.keep();
          return undefined;
        },
      },
    );
    this.addWords(builder, words.question, undefined, words.back, tall + gap);
  }

  /** In the middle: what to do, what went wrong, and how long there is. @param below pixels that the last leaves free above it */
  private addWords(
    builder: ViewBuilder,
    title: string,
    problem: string | undefined,
    remaining: (seconds: number) => string,
    below: number,
  ): void {
    const { width, height, length } = this.frame;
    const { palette } = builder;
    const room = Math.round(width * 0.66);
    // Upwards from the middle.
    let baseline = Math.round(height / 2) - length(below > 0 ? 30 : 14);
    const write = (style: TextStyle, text: string): void => {
      for (const line of breakLines(style, text, room).toReversed()) {
        builder.write(style, line, Math.round(width / 2), baseline, Infinity, 'center');
        baseline -= Math.round(style.size * 1.35);
      }
      baseline -= length(10);
    };
    write(builder.words('value', palette.text, 600), title);
    if (problem !== undefined) write(builder.words('title', palette.warning, 600), problem);
    const small = builder.words('title', palette.secondary);
    const bounds = {
      x: Math.round((width - room) / 2),
      y: Math.round(height / 2) + below + length(6),
      width: room,
      height: Math.round(small.size * 1.35 * 3),
    };
    builder.widget(
      paragraph({ bounds, align: 'center', styles: { known: small }, at: 'top' }),
      (surroundings) => ({
        text:
          surroundings === undefined
            ? ''
            : remaining(Math.max(0, Math.ceil((this.desk.deadline - surroundings.now) / 1000))),
        tone: 'known',
      }),
    );
  }
}
