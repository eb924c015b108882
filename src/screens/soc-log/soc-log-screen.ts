import type { CanvasRenderingContext2D } from 'canvas';
import { socLogScales } from '../../model/soc-log';
import type { ShownBattery } from '../../model/site';
import { Scene } from '../../render/scene';
import { metrics } from '../../render/theme';
import { noCursor } from '../../render/widgets/cursor-frame';
import { paintPanel } from '../../render/widgets/shapes';
import { DetailFrame, type Targets } from '../detail/detail-frame';
import type { ScreenOptions } from '../screen-options';
import { Refresh } from '../detail/refresh';
import { momentText, timeLabels } from '../detail/time-labels';
import { formatAge, formatPercent, formatSpan } from '../format';
import type { DragPhase, Intent, Screen, Surroundings, TouchTarget } from '../screen';
import { addSocLogWidgets, type SocLogSlots } from './soc-log-widgets';
import { layoutSocLog, type SocLogLayout } from './soc-log-layout';
import { screenUnit } from '../../model/quantities';

/** The scale that is shown first is at most this one, 128 s a bar: about a day. */
const firstScale = 7;

/** The state of charge over time: hundreds of bars on ten scales, from minutes to days. */
export class SocLogScreen implements Screen {
  readonly name = 'soc-log';
  readonly scene: Scene;
  private readonly layout: SocLogLayout;
  private readonly frame: DetailFrame;
  private readonly slots: SocLogSlots;
  private readonly places: Targets;
  private readonly refresh = new Refresh();
  private scale: number | undefined;
  /** Bar under the finger, counted from the last one. */
  private read: number | undefined;
  private dragFrom: number | undefined;

  constructor(
    private readonly monitored: ShownBattery,
    private readonly options: ScreenOptions,
  ) {
    this.layout = layoutSocLog(options.width, options.height, options.finger);
    this.frame = new DetailFrame(this.layout.detail, options.palette, options.styles, 'STATE OF CHARGE');
    this.scene = new Scene(options.width, options.height, (context) => this.paintBase(context));
    this.slots = addSocLogWidgets(this.scene, this.frame, this.layout, options.palette, options.styles);
    const { longer, shorter, plot, detail } = this.layout;
    this.places = this.frame.targets([
      { name: 'longer', areas: [longer], highlight: longer },
      { name: 'shorter', areas: [shorter], highlight: shorter },
      // A tap on it leads back, which is what lights up; a finger that slides reads it.
      { name: 'plot', areas: [plot], highlight: detail.back.button, draggable: true },
    ]);
  }

  get targets(): readonly TouchTarget[] {
    return this.frame.present(this.places);
  }

  update(surroundings: Surroundings): number | undefined {
    return this.refresh.run(this.scene, surroundings.now, () => this.show(surroundings));
  }

  tap(target: string): Intent {
    this.refresh.touched();
    switch (target) {
      case 'longer':
        this.step(1);
        return { kind: 'none' };
      case 'shorter':
        this.step(-1);
        return { kind: 'none' };
      default:
        return this.frame.tapped(target, this.monitored);
    }
  }

  press(target: TouchTarget | undefined): void {
    const idle =
      (target?.name === 'longer' && !this.canStep(1)) || (target?.name === 'shorter' && !this.canStep(-1));
    this.frame.press(idle ? undefined : target);
  }

  drag(_: string, phase: DragPhase, x: number): void {
    this.refresh.touched();
    if (phase === 'start') this.dragFrom = x;
    if (phase === 'end' || phase === 'cancel') {
      this.read = undefined;
      this.dragFrom = undefined;
      return;
    }
    const { plot, pitch, bars } = this.layout;
    // A tap is not to flash a reading before it leads away.
    if (this.read === undefined && Math.abs(x - (this.dragFrom ?? x)) < this.layout.detail.length(8)) return;
    this.frame.press(undefined);
    this.read = Math.max(0, Math.min(bars - 1, Math.floor((plot.x + plot.width - 1 - x) / pitch)));
  }

  private canStep(step: 1 | -1): boolean {
    return socLogScales[(this.scale ?? 0) + step] !== undefined;
  }

  private step(step: 1 | -1): void {
    if (this.canStep(step)) this.scale = (this.scale ?? 0) + step;
  }

  /** The shortest scale on which all that is known can be seen, as long as that is not more than about a day. */
  private firstScale(now: number): number {
    const known = this.monitored.socLog.extent(now) / 1000;
    const fitting = socLogScales.findIndex((seconds) => seconds * this.layout.bars >= known);
    return fitting < 0 ? firstScale : Math.min(firstScale, fitting);
  }

  private show(surroundings: Surroundings): void {
    const { now, wall } = surroundings;
    const { slots, layout, monitored } = this;
    const { plot, full, pitch, bars: count, detail } = layout;
    const scale = (this.scale ??= this.firstScale(now));
    const seconds = socLogScales[scale] ?? 1;
    const bars = monitored.socLog.bars(scale, now, count);
    const soc = monitored.battery.quantity('stateOfCharge', now);
    slots.soc.show({ text: formatPercent(soc.value), tone: soc.freshness });
    slots.age.show({ text: soc.freshness === 'late' ? `${formatAge(soc.age)} old` : '', tone: 'fresh' });
    slots.bars.show({
      heights: bars.map((percent) =>
        percent === undefined ? undefined : Math.round((percent / 100) * full),
      ),
    });
    const { styles, palette } = this.options;
    slots.axis.show(
      timeLabels({
        span: count * seconds * 1000,
        wall,
        x: plot.x,
        width: plot.width,
        style: styles.style(detail.type('small'), 500, palette.tertiary),
        endStyle: styles.style(detail.type('small'), 500, palette.secondary),
      }),
    );
    slots.longer.show({ enabled: this.canStep(1) });
    slots.shorter.show({ enabled: this.canStep(-1) });
    this.showReading(surroundings, bars, seconds);
    slots.cursor.show(
      this.read === undefined ? noCursor : { x: plot.x + (count - 1 - this.read) * pitch, width: pitch },
    );
    this.frame.show(
      monitored,
      surroundings,
      bars.every((percent) => percent === undefined),
    );
  }

  /** Beneath the plot: what the finger is on, else how much time is shown. */
  private showReading(
    { now, wall }: Surroundings,
    bars: readonly (number | undefined)[],
    seconds: number,
  ): void {
    const { slots, read } = this;
    if (read === undefined) {
      slots.span.show({ text: formatSpan(this.layout.bars * seconds), tone: 'fresh' });
      slots.step.show({ text: `${seconds} s a bar`, tone: 'fresh' });
      return;
    }
    const percent = bars.at(-1 - read);
    const moment = momentText(this.monitored.socLog.barAge(this.scale ?? 0, now, read), wall, seconds < 60);
    slots.span.show(
      percent === undefined
        ? { text: 'no data', tone: 'late' }
        : { text: `${formatPercent(percent)} ${screenUnit('stateOfCharge').unit}`, tone: 'fresh' },
    );
    slots.step.show({ text: moment, tone: 'fresh' });
  }

  private paintBase(context: CanvasRenderingContext2D): void {
    const { frame, layout } = this;
    const { palette, styles } = this.options;
    const { panel, plot, full, detail } = layout;
    frame.paintBase(context);
    paintPanel(context, panel, detail.length(metrics.radius), palette.panel, palette.panelLine);
    const label = styles.style(detail.type('small'), 500, palette.secondary);
    for (const percent of [0, 25, 50, 75, 100]) {
      const y = plot.y + plot.height - Math.round((percent / 100) * full);
      context.fillStyle = percent === 0 ? palette.tertiary : palette.panelLine;
      context.fillRect(plot.x, y, plot.width, 1);
      label.write(
        context,
        String(percent),
        plot.x - detail.length(8),
        y + Math.round(label.size * 0.35),
        'right',
      );
    }
  }
}
