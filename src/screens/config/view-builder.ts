import type { CanvasRenderingContext2D } from 'canvas';
import type { Rect } from '../../render/rect';
import { Scene, type Slot, type Widget } from '../../render/scene';
import type { TextStyle, TextStyles } from '../../render/text';
import { metrics, type Colour, type Palette, type TypeRole, type Weight } from '../../render/theme';
import { button, type ButtonLook, type ButtonProps } from '../../render/widgets/button';
import { nothingPressed, pressHighlight } from '../../render/widgets/press-highlight';
import { paintPanel } from '../../render/widgets/shapes';
import type { DragPhase, Intent, Surroundings, TouchTarget } from '../screen';
import type { Frame } from './frame';

/** What a touch of a target does. */
export interface TargetActions {
  /** A finger was lifted where it was put down. */
  readonly tap?: () => Intent | undefined;
  /** Done once when the finger is put down and again and again while it stays there, instead of a tap. */
  readonly repeat?: () => void;
  readonly drag?: (phase: DragPhase, x: number, y: number) => void;
}

/** One picture with its targets, made for what there is to show at the moment. */
export interface View {
  readonly scene: Scene;
  readonly targets: readonly TouchTarget[];
  readonly actions: ReadonlyMap<string, TargetActions>;
  /** Tells the widgets what to show. Returns after how many ms it wants that again, if it does. */
  show(surroundings: Surroundings | undefined): number | undefined;
  press(target: TouchTarget | undefined): void;
}

/** Puts a view together: what is painted once, widgets, targets. */
export class ViewBuilder {
  /** What is being put together. */
  readonly scene: Scene;
  private readonly painters: ((context: CanvasRenderingContext2D) => void)[] = [];
  private readonly shows: ((surroundings: Surroundings | undefined) => number | undefined)[] = [];
  private targets: TouchTarget[] = [];
  private actions = new Map<string, TargetActions>();

  constructor(
    readonly frame: Frame,
    readonly palette: Palette,
    private readonly styles: TextStyles,
    /** Parts of what is painted once that have gradients or pictures. */
    pictures: readonly Rect[] = [],
  ) {
    const { width, height } = frame;
    const paintBase = (context: CanvasRenderingContext2D): void => {
      context.fillStyle = palette.ground;
      context.fillRect(0, 0, width, height);
      for (const paint of this.painters) paint(context);
    };
    this.scene = new Scene(width, height, paintBase, pictures);
  }

  /** A style for words; figures keep the typeface's own widths. */
  words(role: TypeRole, colour: Colour, weight: Weight = 500): TextStyle {
    return this.styles.style(this.frame.type(role), weight, colour, 'proportional');
  }

  /** Paints something once. */
  paint(painter: (context: CanvasRenderingContext2D) => void): void {
    this.painters.push(painter);
  }

  /** Paints a panel once. */
  panel(rect: Rect): void {
    const { palette, frame } = this;
    this.paint((context) =>
      paintPanel(context, rect, frame.length(metrics.radius), palette.panel, palette.panelLine),
    );
  }

  /** Writes a text once, as much of it as fits. */
  write(
    style: TextStyle,
    text: string,
    x: number,
    baseline: number,
    width = Infinity,
    align: 'left' | 'center' | 'right' = 'left',
  ): void {
    const fitting = width === Infinity ? text : style.fit(text, width);
    this.paint((context) => style.write(context, fitting, x, baseline, align));
  }

  /** Adds a widget; `props` is asked whenever the view is to show how things are. */
  widget<P extends object>(
    widget: Widget<P>,
    props: (surroundings: Surroundings | undefined) => P | undefined,
  ): void {
    const slot: Slot<P> = this.scene.add(widget);
    this.onShow((surroundings) => {
      const shown = props(surroundings);
      if (shown !== undefined) slot.show(shown);
      return undefined;
    });
  }

  /** Is called whenever the view is to show how things are. */
  onShow(show: (surroundings: Surroundings | undefined) => number | undefined): void {
    this.shows.push(show);
  }

  /** Adds a place that can be touched. @param name unlike that of any other on the view */
  target(name: string, area: Rect, actions: TargetActions, highlight: Rect = area): void {
    this.targets.push({ name, areas: [area], highlight, draggable: actions.drag !== undefined });
    this.actions.set(name, actions);
  }

  /** A button that is drawn in `bounds` and can be touched in `area`. */
  button(
    name: string,
    bounds: Rect,
    props: () => ButtonProps,
    actions: TargetActions,
    options: { readonly area?: Rect; readonly role?: TypeRole; readonly glyph?: number } = {},
  ): void {
    this.widget(button(this.buttonLook(bounds, options.role ?? 'unit', options.glyph)), props);
    this.target(name, options.area ?? bounds, actions, bounds);
  }

  /** What lies beneath can't be touched any more: for dialogs. */
  blockTargets(): void {
    this.targets = [];
    this.actions = new Map();
  }

  /** The view. To be called once, at the end. */
  build(): View {
    const { scene, targets, actions, shows, frame } = this;
    const whole = { x: 0, y: 0, width: frame.width, height: frame.height };
    const pressed = scene.add(pressHighlight(whole, frame.length(metrics.radius)));
    pressed.show(nothingPressed);
    return {
      scene,
      targets,
      actions,
      show: (surroundings) => {
        const waits = shows.map((show) => show(surroundings)).filter((wait) => wait !== undefined);
        return waits.length === 0 ? undefined : Math.min(...waits);
      },
      press: (target) => pressed.show(target?.highlight ?? nothingPressed),
    };
  }

  private buttonLook(bounds: Rect, role: TypeRole, glyph?: number): ButtonLook {
    const { palette, frame } = this;
    const tone = (fill: Colour | undefined, ink: Colour): ButtonLook['tones']['quiet'] => ({
      fill,
      ink,
      styles: [this.words(role, ink, 600), this.words('title', ink, 600), this.words('small', ink, 600)],
    });
    return {
      bounds,
      radius: frame.length(metrics.radius),
      glyphSize: glyph ?? Math.round(Math.min(bounds.width, bounds.height) * 0.34),
      tones: {
        quiet: tone(palette.control, palette.text),
        strong: tone(palette.chosen, palette.text),
        danger: tone(palette.alarmGround, palette.text),
        bare: tone(undefined, palette.text),
        off: tone(undefined, palette.lateFill),
      },
    };
  }
}
