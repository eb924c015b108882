import type { CanvasRenderingContext2D } from 'canvas';
import { powerLogStep } from '../../model/power-log';
import type { ShownBattery } from '../../model/site';
import { Scene } from '../../render/scene';
import { metrics } from '../../render/theme';
import { paintGlyph } from '../../render/widgets/glyphs';
import { noCursor } from '../../render/widgets/cursor-frame';
import { nothingPressed } from '../../render/widgets/press-highlight';
import type { ReadoutProps } from '../../render/widgets/readout';
import { paintPanel, traceRounded } from '../../render/widgets/shapes';
import { DetailFrame, type Targets } from '../detail/detail-frame';
import type { ScreenOptions } from '../screen-options';
import { Refresh } from '../detail/refresh';
import { momentText, timeLabels } from '../detail/time-labels';
import { formatAge, formatEnergy, KilowattFormat, missing } from '../format';
import { powerScale } from '../scales';
import type { PowerZoom } from '../power-zoom';
import type { DragPhase, Intent, Screen, Surroundings, TouchTarget } from '../screen';
import { addPowerLogWidgets, scaleMarks, type PowerLogSlots } from './power-log-widgets';
import {
  layoutPowerLog,
  powerBarsGrid,
  powerSpans,
  type PowerBarsGrid,
  type PowerLogLayout,
} from './power-log-layout';
import { screenUnit } from '../../model/quantities';

/** ms without being looked at after which a moment is not marked any more. */
const forgottenAfter = 5000;

/** The power of the latest hours, large: out of the battery above the zero line, into it below. */
export class PowerLogScreen implements Screen {
  readonly name = 'power-log';
  scene: Scene;
  private readonly layout: PowerLogLayout;
  private readonly frame: DetailFrame;
  private readonly places: Targets;
  private readonly refresh = new Refresh();
  private readonly kilowattFormat = new KilowattFormat();
  private slots: PowerLogSlots;
  private grid: PowerBarsGrid;
  private span = 0;
  /** Which bar is read, counted since the start of the clock, so that it stays with its moment. */
  private read: number | undefined;
  private now = 0;
  private seenAt = -Infinity;

  constructor(
    private readonly monitored: ShownBattery,
    private readonly options: ScreenOptions & {
      /** Full scale in kW at the least. */
      readonly powerScale: number;
      readonly powerZoom: PowerZoom;
    },
  ) {
    this.layout = layoutPowerLog(options.width, options.height, options.finger);
    this.frame = new DetailFrame(this.layout.detail, options.palette, options.styles, 'POWER LOG');
    this.grid = powerBarsGrid(this.layout.plot, powerSpans[0]);
    [this.scene, this.slots] = this.build();
    const { zoom, spans, panel, energies } = this.layout;
    this.places = this.frame.targets([
      { name: 'zoom', areas: [zoom.target], highlight: zoom.pill },
      { name: 'short', areas: [spans.targets[0]], highlight: spans.row },
      { name: 'long', areas: [spans.targets[1]], highlight: spans.row },
      { name: 'bars', areas: [panel], highlight: nothingPressed, draggable: true },
      { name: 'energy', areas: [energies.target], highlight: energies.row },
    ]);
  }

  get targets(): readonly TouchTarget[] {
    return this.frame.present(this.places);
  }

  update(surroundings: Surroundings): number | undefined {
    this.now = surroundings.now;
    return this.refresh.run(this.scene, surroundings.now, () => this.show(surroundings));
  }

  tap(target: string): Intent {
    this.refresh.touched();
    switch (target) {
      case 'zoom':
        this.options.powerZoom.next();
        return { kind: 'none' };
      case 'short':
        this.choose(0);
        return { kind: 'none' };
      case 'long':
        this.choose(1);
        return { kind: 'none' };
      case 'bars':
        return { kind: 'none' };
      case 'energy':
        return { kind: 'energy', device: this.monitored.battery.name };
      default: {
        const intent = this.frame.tapped(target, this.monitored);
        if (intent.kind === 'open') this.read = undefined;
        return intent;
      }
    }
  }

  press(target: TouchTarget | undefined): void {
    this.frame.press(target);
  }

  drag(_: string, phase: DragPhase, x: number): void {
    if (phase === 'cancel') return;
    this.refresh.touched();
    const { pitch, bars } = this.grid;
    const bar = Math.max(0, Math.min(bars - 1, Math.floor((x - this.layout.plot.x) / pitch)));
    this.read = this.latestBar() - (bars - 1 - bar);
  }

  private choose(span: number): void {
    if (span === this.span) return;
    this.span = span;
    this.read = undefined;
    this.grid = powerBarsGrid(this.layout.plot, powerSpans[span] ?? powerSpans[0]);
    [this.scene, this.slots] = this.build();
  }

  private latestBar(): number {
    return Math.floor(this.now / powerLogStep / this.grid.steps);
  }

  private show(surroundings: Surroundings): void {
    const { now, wall } = surroundings;
    if (now - this.seenAt > forgottenAfter) this.read = undefined;
    this.seenAt = now;
    const { slots, layout, grid, monitored } = this;
    const { powerLog, battery } = monitored;
    const steps = grid.bars * grid.steps;
    const series = powerLog.series(now, grid.bars, grid.steps);
    const largest = Math.max(Math.abs(battery.power(now).value ?? 0), powerLog.largest(now, steps));
    const full = powerScale(largest, this.options.powerScale) / this.options.powerZoom.factor;
    const half = Math.floor(layout.plot.height / 2);
    slots.zoom.show({ text: `${this.options.powerZoom.factor}X`, tone: 'fresh' });
    slots.spans.show({ taken: this.span });
    scaleMarks.forEach((part, i) => {
      slots.scale[i]?.show({ text: `${Number(Math.abs(full * part).toFixed(3))}`, tone: 'fresh' });
    });
    slots.bars.show({
      heights: series.map((power) =>
        power === undefined ? undefined : Math.round((-power / 1000 / full) * half),
      ),
    });
    const { styles, palette } = this.options;
    const small = layout.detail.type('small');
    slots.axis.show(
      timeLabels({
        span: steps * powerLogStep,
        wall,
        x: layout.plot.x,
        width: layout.plot.width,
        style: styles.style(small, 500, palette.tertiary),
        endStyle: styles.style(small, 500, palette.secondary),
      }),
    );
    const back = this.read === undefined ? undefined : this.latestBar() - this.read;
    const shown = back !== undefined && back < grid.bars ? back : undefined;
    slots.cursor.show(
      shown === undefined
        ? noCursor
        : { x: layout.plot.x + (grid.bars - 1 - shown) * grid.pitch, width: Math.max(1, grid.pitch - 1) },
    );
    this.showReading(surroundings, series, shown);
    const energy = powerLog.energy(now, steps);
    const hours = (steps * powerLogStep) / 3_600_000;
    const empty = series.every((power) => power === undefined);
    const energyText = (value: number): ReadoutProps =>
      empty ? { text: missing, tone: 'lost' } : { text: formatEnergy(value), tone: 'fresh' };
    slots.into.value.show(energyText(energy.into));
    slots.into.caption.show({ text: `charged in ${hours} h`, tone: 'fresh' });
    slots.out.value.show(energyText(energy.out));
    slots.out.caption.show({ text: `discharged in ${hours} h`, tone: 'fresh' });
    this.frame.show(monitored, surroundings, empty);
  }

  /** The mean power of the moment that was touched, else the power now. @param back bars before the last one */
  private showReading(
    { now, wall }: Surroundings,
    series: readonly (number | undefined)[],
    back: number | undefined,
  ): void {
    const { value, caption } = this.slots.reading;
    if (back === undefined) {
      const power = this.monitored.battery.power(now);
      const late = power.freshness === 'late';
      value.show({
        text: this.kilowattFormat.format(power.value),
        tone: power.freshness === 'fresh' ? flowOf(power.value) : power.freshness,
      });
      caption.show(
        late
          ? { text: `${formatAge(power.age)} old`, tone: 'warning' }
          : { text: power.value === undefined ? 'now' : `now · ${flowOf(power.value)}`, tone: 'fresh' },
      );
      return;
    }
    const power = series.at(-1 - back);
    const length = this.grid.steps * powerLogStep;
    const from = now - (this.latestBar() - back) * length;
    const time = `${momentText(from, wall, false)} · mean of ${length / 60_000} min`;
    value.show({
      text: this.kilowattFormat.format(power),
      tone: power === undefined ? 'lost' : flowOf(power),
    });
    caption.show({
      text: power === undefined ? `${time} · no data` : `${time} · ${flowOf(power)}`,
      tone: 'fresh',
    });
  }

  private build(): [Scene, PowerLogSlots] {
    const { layout, frame, grid } = this;
    const { palette, styles, width, height } = this.options;
    const scene = new Scene(width, height, (context) => this.paintBase(context));
    return [scene, addPowerLogWidgets(scene, frame, layout, grid, palette, styles)];
  }

  private paintBase(context: CanvasRenderingContext2D): void {
    const { frame, layout } = this;
    const { palette, styles } = this.options;
    const { panel, plot, zero, detail, zoom, facts } = layout;
    frame.paintBase(context);
    const radius = detail.length(metrics.radius);
    for (const rect of [panel, ...facts]) paintPanel(context, rect, radius, palette.panel, palette.panelLine);
    traceRounded(context, zoom.pill, radius);
    context.fillStyle = palette.control;
    context.fill();
    const [, , last] = facts;
    const size = detail.length(18);
    const arrow = { x: last.x + last.width - detail.length(12) - size / 2, y: last.y + last.height / 2 };
    paintGlyph(context, 'right', arrow.x, arrow.y, size, palette.tertiary);
    const half = Math.floor(plot.height / 2);
    context.fillStyle = palette.panelLine;
    for (const part of scaleMarks) context.fillRect(plot.x, zero - Math.round(part * half), plot.width, 1);
    const label = styles.style(detail.type('small'), 500, palette.tertiary);
    label.write(
      context,
      screenUnit('power').unit,
      panel.x + detail.length(10),
      layout.axis.y + detail.length(21),
    );
  }
}

function flowOf(power: number | undefined): 'charging' | 'discharging' | 'idle' {
  if (power === undefined || Math.abs(power) < 10) return 'idle';
  return power > 0 ? 'charging' : 'discharging';
}
