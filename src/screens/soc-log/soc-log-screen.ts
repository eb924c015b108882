import type { CanvasRenderingContext2D } from 'canvas';
import { socLogScales } from '../../model/soc-log';
import type { MonitoredBattery } from '../../model/site';
import { Scene, type Slot } from '../../render/scene';
import { metrics } from '../../render/theme';
import { arrowButton, type ArrowButtonProps } from '../../render/widgets/arrow-button';
import { cursorFrame, noCursor, type CursorFrameProps } from '../../render/widgets/cursor-frame';
import { levelBars, type LevelBarsProps } from '../../render/widgets/level-bars';
import type { ReadoutProps } from '../../render/widgets/readout';
import { paintPanel } from '../../render/widgets/shapes';
import { timeAxis, type TimeAxisProps } from '../../render/widgets/time-axis';
import { DetailFrame, type Targets } from '../detail/detail-frame';
import type { DetailOptions } from '../detail/detail-options';
import { Refresh } from '../detail/refresh';
import { momentText, timeLabels } from '../detail/time-labels';
import { formatAge, formatPercent, formatSpan } from '../format';
import type { DragPhase, Intent, Screen, Surroundings, TouchTarget } from '../screen';
import { layoutSocLog, type SocLogLayout } from './soc-log-layout';

/** From here down (%) a bar is in the colour of a warning. */
const lowLevel = 20;
/** The scale that is shown first is at most this one, 128 s a bar: about a day. */
const firstScale = 7;

interface Slots {
  readonly soc: Slot<ReadoutProps>;
  readonly age: Slot<ReadoutProps>;
  readonly bars: Slot<LevelBarsProps>;
  readonly cursor: Slot<CursorFrameProps>;
  readonly axis: Slot<TimeAxisProps>;
  readonly longer: Slot<ArrowButtonProps>;
  readonly shorter: Slot<ArrowButtonProps>;
  readonly span: Slot<ReadoutProps>;
  readonly step: Slot<ReadoutProps>;
}

/** The state of charge over time: hundreds of bars on ten scales, from minutes to days. */
export class SocLogScreen implements Screen {
  readonly name = 'soc-log';
  readonly scene: Scene;
  private readonly layout: SocLogLayout;
  private readonly frame: DetailFrame;
  private readonly slots: Slots;
  private readonly places: Targets;
  private readonly refresh = new Refresh();
  private scale: number | undefined;
  /** Bar under the finger, counted from the last one. */
  private read: number | undefined;
  private dragFrom: number | undefined;

  constructor(
    private readonly monitored: MonitoredBattery,
    private readonly options: DetailOptions,
  ) {
    this.layout = layoutSocLog(options.width, options.height);
    this.frame = new DetailFrame(this.layout.detail, options.palette, options.styles, 'STATE OF CHARGE');
    this.scene = new Scene(options.width, options.height, (context) => this.paintBase(context));
    this.slots = this.addWidgets();
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
    return this.refresh.run(surroundings.now, () => {
      const { news } = this.scene;
      this.show(surroundings);
      return this.scene.news !== news;
    });
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
      case 'alarm':
        this.monitored.alarms.acknowledge();
        return { kind: 'none' };
      default:
        return { kind: 'open', screen: 'main' };
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
        : { text: `${formatPercent(percent)} %`, tone: 'fresh' },
    );
    slots.step.show({ text: moment, tone: 'fresh' });
  }

  private addWidgets(): Slots {
    const { scene, frame, layout } = this;
    const { palette, styles } = this.options;
    const { detail, plot, full, pitch, middle, axis } = layout;
    const { length, type, right } = detail;
    const addOverlay = frame.addTo(scene, plot);
    const button = (
      bounds: SocLogLayout['longer'],
      to: 'left' | 'right',
      text: string,
    ): Slot<ArrowButtonProps> =>
      scene.add(
        arrowButton({
          bounds,
          to,
          text,
          radius: length(metrics.radius),
          fill: palette.control,
          enabled: styles.style(type('title'), 600, palette.text, 'proportional'),
          disabled: styles.style(type('title'), 500, palette.tertiary, 'proportional'),
        }),
      );
    const slots: Slots = {
      soc: frame.number(scene, {
        bounds: right,
        align: 'right',
        baseline: right.y + Math.round(right.height * 0.68),
        size: type('large'),
        unit: { text: '%', size: type('unit') },
      }),
      age: frame.number(scene, {
        bounds: right,
        align: 'right',
        baseline: right.y + right.height - length(5),
        size: type('small'),
        weight: 500,
        colour: palette.warning,
      }),
      bars: scene.add(
        levelBars({
          bounds: plot,
          pitch,
          low: Math.round((lowLevel / 100) * full),
          cap: Math.max(2, length(3)),
          usual: { fill: palette.levelFill, cap: palette.voltage },
          lowered: { fill: palette.lowLevelFill, cap: palette.warning },
        }),
      ),
      cursor: scene.add(cursorFrame(plot, palette.text, 2)),
      axis: scene.add(
        timeAxis({
          bounds: axis,
          baseline: axis.y + length(21),
          style: styles.style(type('small'), 500, palette.tertiary),
          endStyle: styles.style(type('small'), 500, palette.secondary),
          tick: { colour: palette.tertiary, height: length(5) },
        }),
      ),
      longer: button(layout.longer, 'left', 'LONGER'),
      shorter: button(layout.shorter, 'right', 'SHORTER'),
      span: frame.number(scene, {
        bounds: middle,
        align: 'center',
        baseline: middle.y + Math.round(middle.height * 0.48),
        size: type('value'),
      }),
      step: frame.number(scene, {
        bounds: middle,
        align: 'center',
        baseline: middle.y + Math.round(middle.height * 0.88),
        size: type('body'),
        weight: 500,
        colour: palette.secondary,
      }),
    };
    addOverlay();
    return slots;
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
