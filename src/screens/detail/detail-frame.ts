import type { CanvasRenderingContext2D } from 'canvas';
import type { ShownBattery } from '../../model/site';
import { intersects, type Rect } from '../../render/rect';
import type { Scene, Slot } from '../../render/scene';
import type { TextStyle, TextStyles } from '../../render/text';
import { metrics, type Colour, type Palette, type Weight } from '../../render/theme';
import { paintChevron } from '../../render/widgets/arrow-button';
import type { BannerProps } from '../../render/widgets/banner';
import {
  nothingPressed,
  pressHighlight,
  type PressHighlightProps,
} from '../../render/widgets/press-highlight';
import { readout, type ReadoutLook, type ReadoutProps } from '../../render/widgets/readout';
import { traceRounded } from '../../render/widgets/shapes';
import { statusLight, type StatusLightProps } from '../../render/widgets/status-light';
import { warningMark, type WarningMarkProps } from '../../render/widgets/warning-mark';
import { formatClock } from '../format';
import { figureLine, numberTones } from '../live-number';
import { alarmNotice, alarmWording, dataNotice, linkNotice, shownPrefix } from '../notices';
import type { Intent, Surroundings, TouchTarget } from '../screen';
import { alarmStrip, noticeStrip } from '../strips';
import type { DetailLayout } from './detail-layout';
import { emptyAreas } from './empty-areas';

interface FrameSlots {
  clock: Slot<ReadoutProps>;
  light: Slot<StatusLightProps>;
  link: Slot<ReadoutProps>;
  mark: Slot<WarningMarkProps>;
  notice: Slot<BannerProps>;
  alarm: Slot<BannerProps>;
  pressed: Slot<PressHighlightProps>;
}

/** What is the same on all detail screens: the way back, how the battery is heard, alarms, and what a touch lights up. */
export class DetailFrame {
  private slots: FrameSlots | undefined;
  private readonly linkStyles: readonly TextStyle[];
  private lit: Rect | undefined;
  private alarmShown = false;

  constructor(
    readonly layout: DetailLayout,
    private readonly palette: Palette,
    private readonly styles: TextStyles,
    private readonly title: string,
  ) {
    this.linkStyles = this.wordStyles(palette.warning);
  }

  /** The ground, the way back and the title: what never changes. */
  paintBase(context: CanvasRenderingContext2D): void {
    const { layout, palette, styles } = this;
    context.fillStyle = palette.ground;
    context.fillRect(0, 0, layout.width, layout.height);
    const { button } = layout.back;
    traceRounded(context, button, layout.length(metrics.radius));
    context.fillStyle = palette.control;
    context.fill();
    const height = Math.round(button.height * 0.46);
    const arrow = {
      x: button.x + Math.round((button.width - height / 2) / 2) - 1,
      y: button.y + Math.round((button.height - height) / 2),
      width: Math.round(height / 2),
      height,
    };
    paintChevron(context, arrow, 'left', palette.text);
    styles
      .style(layout.type('unit'), 600, palette.text)
      .write(context, this.title, layout.title.x, layout.title.y);
  }

  /** A live number or word in the house's manner: smaller when it has more digits than usual, grey when it is late. */
  number(
    scene: Scene,
    look: {
      readonly bounds: Rect;
      readonly align: ReadoutLook['align'];
      readonly baseline: number;
      readonly size: number;
      readonly weight?: Weight;
      readonly unit?: { readonly text: string; readonly size: number };
      readonly colour?: Colour;
      /** Tones beside fresh, late and lost. */
      readonly tones?: Readonly<Record<string, Colour>>;
    },
  ): Slot<ReadoutProps> {
    const { palette, styles } = this;
    const { size, weight = 600, unit, colour = palette.text } = look;
    const more = Object.entries(look.tones ?? {}).map(([tone, own]) => [
      tone,
      numberTones(styles, size, weight, palette, own)['fresh'] ?? [],
    ]);
    return scene.add(
      readout({
        bounds: figureLine(look.bounds, look.baseline, size),
        align: look.align,
        baseline: look.baseline,
        styles: {
          ...numberTones(styles, size, weight, palette, colour),
          ...(Object.fromEntries(more) as Record<string, TextStyle[]>),
        },
        ...(unit && {
          unit: {
            text: unit.text,
            style: styles.style(unit.size, 500, palette.secondary),
            gap: Math.round(unit.size * 0.24),
          },
        }),
      }),
    );
  }

  /** Puts the frame's widgets into a scene: those beneath the screen's own now, those above by the function returned. */
  addTo(scene: Scene, plot: Rect): () => void {
    const { layout, palette, styles } = this;
    const { status, mark, length, type } = layout;
    const clock = this.number(scene, {
      bounds: status.clock,
      align: 'left',
      baseline: status.baseline,
      size: type('title'),
    });
    const light = scene.add(statusLight(status.light));
    const link = scene.add(
      readout({
        bounds: status.link,
        align: 'left',
        baseline: status.baseline,
        styles: { live: this.wordStyles(palette.secondary), late: this.linkStyles, silent: this.linkStyles },
      }),
    );
    const markSlot = scene.add(
      warningMark({
        ...mark,
        size: length(16),
        colour: palette.alarm,
        ground: palette.ground,
        styles: [
          styles.style(type('body'), 500, palette.alarm, 'proportional'),
          styles.style(type('small'), 500, palette.alarm, 'proportional'),
        ],
      }),
    );
    return () => {
      this.slots = { clock, light, link, mark: markSlot, ...this.addOverlay(scene, plot) };
      this.showLit();
    };
  }

  /**
   * Shows how the battery is heard and what is wrong with it.
   *
   * @param empty there is nothing in the plot, so that there is room to say why
   * @param prefix whose values these are, where there are several devices; empty on a screen of all of them
   */
  show(
    { battery, alarmsOf, alarms }: ShownBattery,
    around: Surroundings,
    empty: boolean,
    prefix = shownPrefix(around),
  ): void {
    const { slots, palette } = this;
    if (slots === undefined) return;
    const { now, wall } = around;
    const [age, current] = [battery.age(now), battery.current(now)];
    const link = linkNotice(age, current, around);
    const notice = dataNotice(age, current, around);
    const alarm = alarmNotice(alarms.list, alarmWording(alarmsOf, around));
    slots.clock.show({ text: formatClock(wall), tone: 'fresh' });
    const colour = link.tone === 'live' ? palette.powerIn : palette.warning;
    slots.light.show({ colour, hollow: link.tone === 'silent' });
    // Over a plot with a past to be seen, the head says why nothing is added to it.
    const said = notice.title !== '' && !empty && this.fits(prefix + notice.title) ? notice.title : link.text;
    slots.link.show({ text: prefix + said, tone: link.tone });
    slots.notice.show(empty ? notice : { title: '', detail: '' });
    slots.mark.show({ text: alarm.mark });
    slots.alarm.show({ title: alarm.strip, detail: '' });
    this.alarmShown = alarm.strip !== '';
  }

  /** What a touch means that is on none of the screen's own controls: it acknowledges the alarms, or leads back. */
  tapped(target: string, { alarms }: ShownBattery): Intent {
    if (target !== 'alarm') return { kind: 'open', screen: 'main' };
    alarms.acknowledge();
    return { kind: 'none' };
  }

  /** Lights up what a finger is on, or nothing. */
  press(target: TouchTarget | undefined): void {
    this.lit = target?.highlight;
    this.showLit();
  }

  /**
   * All places that can be touched: the screen's own controls, an alarm above them while there is one, and the way back
   * everywhere else.
   */
  targets(controls: readonly TouchTarget[]): Targets {
    const { alarm, back, width, height } = this.layout;
    const whole = { x: 0, y: 0, width, height };
    const withBack = (own: readonly TouchTarget[]): readonly TouchTarget[] => [
      ...own,
      {
        name: 'back',
        areas: [back.target, ...emptyAreas(whole, [back.target, ...own.flatMap(({ areas }) => areas)])],
        highlight: back.button,
      },
    ];
    const free = controls.filter(({ areas }) => !areas.some((area) => intersects(area, alarm.target)));
    const strip: TouchTarget = { name: 'alarm', areas: [alarm.target], highlight: alarm.strip };
    return { usual: withBack(controls), alarmed: withBack([strip, ...free]) };
  }

  /** Those of the targets that are there now. */
  present({ usual, alarmed }: Targets): readonly TouchTarget[] {
    return this.alarmShown ? alarmed : usual;
  }

  private addOverlay(scene: Scene, plot: Rect): Pick<FrameSlots, 'notice' | 'alarm' | 'pressed'> {
    const { layout, palette, styles } = this;
    const { length } = layout;
    const width = Math.min(plot.width - 2 * length(12), length(560));
    const height = length(60);
    return {
      notice: scene.add(
        noticeStrip(
          {
            x: plot.x + Math.round((plot.width - width) / 2),
            y: plot.y + Math.round((plot.height - height) / 2),
            width,
            height,
          },
          layout,
          styles,
          palette,
        ),
      ),
      alarm: scene.add(alarmStrip(layout.alarm.strip, layout, styles, palette)),
      pressed: scene.add(
        pressHighlight({ x: 0, y: 0, width: layout.width, height: layout.height }, length(metrics.radius)),
      ),
    };
  }

  private showLit(): void {
    this.slots?.pressed.show(this.lit ?? nothingPressed);
  }

  private wordStyles(colour: Colour): readonly TextStyle[] {
    const { layout, styles } = this;
    return [
      styles.style(layout.type('body'), 500, colour, 'proportional'),
      styles.style(layout.type('small'), 500, colour, 'proportional'),
    ];
  }

  private fits(text: string): boolean {
    const { width } = this.layout.status.link;
    return this.linkStyles.some((style) => style.fits(text, width));
  }
}

/** The places that can be touched without an alarm and with one. */
export interface Targets {
  readonly usual: readonly TouchTarget[];
  readonly alarmed: readonly TouchTarget[];
}
