import type { CanvasRenderingContext2D } from 'canvas';
import type { Battery } from '../../model/battery';
import type { ShownBattery } from '../../model/site';
import { Scene } from '../../render/scene';
import { metrics } from '../../render/theme';
import { cellPlotGrid, nearestCell, type CellPlotProps } from '../../render/widgets/cell-plot';
import { noCursor, type CursorFrameProps } from '../../render/widgets/cursor-frame';
import { nothingPressed } from '../../render/widgets/press-highlight';
import { paintPanel } from '../../render/widgets/shapes';
import { DetailFrame, type Targets } from '../detail/detail-frame';
import type { ScreenOptions } from '../screen-options';
import { Refresh } from '../detail/refresh';
import { formatAge } from '../format';
import type { DragPhase, Intent, Screen, Surroundings, TouchTarget } from '../screen';
import { DeviationBars, VoltageBars } from './cell-bars-views';
import { layoutCells, type CellsLayout } from './cells-layout';
import { addCellsWidgets, scaleEndWidth, type CellsSlots, type Fact, type ScaleEnd } from './cells-widgets';
import { ProbeBars } from './probe-bars';
import { emptyPlot, type BarsView, type ShownFact } from './shown-bars';

/** ms without being looked at after which a cell is not marked any more. */
const forgottenAfter = 5000;

const modes = ['voltage', 'deviation', 'temperature'] as const;

type Mode = (typeof modes)[number];

/** Every cell of the pack, as voltages or as deviations from their mean, or its temperatures; a finger reads them one by one. */
export class CellsScreen implements Screen {
  readonly name = 'cells';
  readonly scene: Scene;
  private readonly layout: CellsLayout;
  private readonly frame: DetailFrame;
  private readonly slots: CellsSlots;
  private readonly places: Targets;
  private readonly refresh = new Refresh();
  private readonly views: Readonly<Record<Mode, BarsView>>;
  private mode: Mode = 'voltage';
  private plot: CellPlotProps = emptyPlot;
  private selected: number | undefined;
  private seenAt = -Infinity;

  constructor(
    private readonly monitored: ShownBattery,
    private readonly options: ScreenOptions,
  ) {
    const battery = (): Battery => monitored.battery;
    this.views = {
      voltage: new VoltageBars(battery),
      deviation: new DeviationBars(battery),
      temperature: new ProbeBars(battery),
    };
    this.layout = layoutCells(options.width, options.height, undefined, options.finger);
    this.frame = new DetailFrame(this.layout.detail, options.palette, options.styles, 'CELLS');
    this.scene = new Scene(options.width, options.height, (context) => this.paintBase(context));
    this.slots = addCellsWidgets(this.scene, this.frame, this.layout, options.palette, options.styles);
    const { views, panel } = this.layout;
    const { row, targets } = views;
    this.places = this.frame.targets([
      { name: 'voltage', areas: [targets[0]], highlight: row },
      { name: 'deviation', areas: [targets[1]], highlight: row },
      { name: 'temperature', areas: [targets[2]], highlight: row },
      // The frame around the bar under the finger is the answer to the touch.
      { name: 'bars', areas: [panel], highlight: nothingPressed, draggable: true },
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
      case 'voltage':
      case 'deviation':
      case 'temperature':
        // Cells and probes have nothing in common but their places.
        if ((target === 'temperature') !== (this.mode === 'temperature')) this.selected = undefined;
        this.mode = target;
        return { kind: 'none' };
      case 'bars':
        return { kind: 'none' };
      default: {
        const intent = this.frame.tapped(target, this.monitored);
        if (intent.kind === 'open') this.selected = undefined;
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
    this.selected = nearestCell(this.layout.bars, this.plot.heights.length, this.plot.perModule, x);
  }

  private show(surroundings: Surroundings): void {
    const { now } = surroundings;
    if (now - this.seenAt > forgottenAfter) this.selected = undefined;
    this.seenAt = now;
    const { slots, monitored, mode, layout } = this;
    const shown = this.views[mode].show(surroundings, layout.bars.height, this.selected);
    this.plot = shown.plot;
    slots.views.show({ taken: modes.indexOf(mode) });
    slots.reading.show(shown.reading);
    slots.plot.show(shown.plot);
    const far = (bar: number | undefined): boolean =>
      bar !== undefined && this.cursorAt(bar).x < layout.bars.x + scaleEndWidth(layout);
    showEnd(slots.top, shown.top, far(shown.plot.highest));
    showEnd(slots.bottom, shown.bottom, far(shown.plot.lowest));
    const { selected } = this;
    const isRead = selected !== undefined && selected < shown.plot.heights.length;
    slots.cursor.show(isRead ? this.cursorAt(selected) : noCursor);
    slots.facts.forEach((fact, i) => {
      const told = shown.facts[i];
      if (told !== undefined) showFact(fact, told);
    });
    this.frame.show(monitored, surroundings, shown.empty);
  }

  private cursorAt(bar: number): CursorFrameProps {
    const { bars } = this.layout;
    const grid = cellPlotGrid(bars, this.plot.heights.length, this.plot.perModule);
    return { x: bars.x + grid.left(bar), width: grid.barWidth };
  }

  private paintBase(context: CanvasRenderingContext2D): void {
    const { frame, layout } = this;
    const { palette } = this.options;
    const { panel, bars, facts, detail } = layout;
    frame.paintBase(context);
    const radius = detail.length(metrics.radius);
    for (const rect of [panel, ...facts]) paintPanel(context, rect, radius, palette.panel, palette.panelLine);
    context.fillStyle = palette.panelLine;
    for (const y of [bars.y - 1, bars.y + bars.height]) context.fillRect(bars.x, y, bars.width, 1);
  }
}

function showFact({ value, caption }: Fact, { text, unit, name, freshness, age }: ShownFact): void {
  value.show({ text, unit, tone: freshness });
  caption.show(
    freshness === 'late' ? { text: `${formatAge(age)} old`, tone: 'warning' } : { text: name, tone: 'fresh' },
  );
}

function showEnd({ left, right }: ScaleEnd, text: string, far: boolean): void {
  left.show({ text: far ? '' : text, tone: 'fresh' });
  right.show({ text: far ? text : '', tone: 'fresh' });
}
