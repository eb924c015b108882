import type { CanvasRenderingContext2D } from 'canvas';
import type { CellPlace } from '../../model/cell-voltages';
import type { Quantity } from '../../model/freshness';
import type { ShownBattery } from '../../model/site';
import { Scene } from '../../render/scene';
import { metrics } from '../../render/theme';
import { cellPlotGrid, nearestCell, type CellPlotProps } from '../../render/widgets/cell-plot';
import { noCursor, type CursorFrameProps } from '../../render/widgets/cursor-frame';
import { nothingPressed } from '../../render/widgets/press-highlight';
import { paintPanel } from '../../render/widgets/shapes';
import { DetailFrame, type Targets } from '../detail/detail-frame';
import type { DetailOptions } from '../detail/detail-options';
import { Refresh } from '../detail/refresh';
import { formatAge, formatOr } from '../format';
import { addCellsWidgets, scaleEndWidth, type CellsSlots, type Fact, type ScaleEnd } from './cells-widgets';
import type { CellWindow } from '../scales';
import type { DragPhase, Intent, Screen, Surroundings, TouchTarget } from '../screen';
import { layoutCells, type CellsLayout } from './cells-layout';
import {
  cellReading,
  cellVolts,
  cellsCount,
  cellsView,
  deviationScale,
  voltageWindow,
  withCell,
  type CellsMode,
  type CellsView,
} from './cells-view';
import { glanceText } from '../quantity-text';

/** ms without being looked at after which a cell is not marked any more. */
const forgottenAfter = 5000;

type Limits = Pick<CellPlotProps, 'low' | 'lowText' | 'high' | 'highText'>;

const noLimits: Limits = { low: undefined, lowText: '', high: undefined, highText: '' };

/** Every cell of the pack, as voltages or as deviations from their mean; a finger reads them one by one. */
export class CellsScreen implements Screen {
  readonly name = 'cells';
  readonly scene: Scene;
  private readonly layout: CellsLayout;
  private readonly frame: DetailFrame;
  private readonly slots: CellsSlots;
  private readonly places: Targets;
  private readonly refresh = new Refresh();
  private mode: CellsMode = 'voltage';
  private selected: number | undefined;
  private window: CellWindow | undefined;
  private deviation: number | undefined;
  private seenAt = -Infinity;

  constructor(
    private readonly monitored: ShownBattery,
    private readonly options: DetailOptions,
  ) {
    this.layout = layoutCells(options.width, options.height);
    this.frame = new DetailFrame(this.layout.detail, options.palette, options.styles, 'CELLS');
    this.scene = new Scene(options.width, options.height, (context) => this.paintBase(context));
    this.slots = addCellsWidgets(this.scene, this.frame, this.layout, options.palette, options.styles);
    const { views, panel } = this.layout;
    const { row, targets } = views;
    this.places = this.frame.targets([
      { name: 'voltage', areas: [targets[0]], highlight: row },
      { name: 'deviation', areas: [targets[1]], highlight: row },
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
    const { cells } = this.monitored.battery;
    this.selected = nearestCell(this.layout.bars, cells.count, cells.perModule, x);
  }

  private show(surroundings: Surroundings): void {
    const { now } = surroundings;
    if (now - this.seenAt > forgottenAfter) this.selected = undefined;
    this.seenAt = now;
    const { slots, monitored, mode } = this;
    const view = cellsView(monitored.battery, now);
    const empty = view.mean === undefined;
    slots.views.show({ taken: mode === 'voltage' ? 0 : 1 });
    const selected =
      this.selected !== undefined && this.selected < view.voltages.length ? this.selected : undefined;
    slots.reading.show(
      selected === undefined
        ? { text: cellsCount(view), tone: view.unheard + view.beyond > 0 ? 'incomplete' : 'complete' }
        : { text: cellReading(view, selected), tone: 'fresh' },
    );
    if (mode === 'voltage') this.showVoltages(view);
    else this.showDeviations(view);
    slots.cursor.show(
      selected === undefined || empty ? noCursor : this.cursorAt(selected, view.voltages.length),
    );
    this.showFacts(view, now);
    this.frame.show(monitored, surroundings, empty);
  }

  private showVoltages(view: CellsView): void {
    const { height } = this.layout.bars;
    if (view.mean === undefined) {
      this.showNothing();
      return;
    }
    this.window = voltageWindow(view, this.window);
    const { bottom, top } = this.window;
    const up = (volts: number): number => Math.round(((volts - bottom) / (top - bottom)) * height);
    const { lowCutoff, highCutoff } = view;
    this.showScale(view, cellVolts(top), cellVolts(bottom));
    const limit = (volts: number | undefined): string =>
      volts === undefined ? '' : `${cellVolts(volts)} cut-off`;
    this.showPlot(view, 0, (volts) => Math.max(1, up(volts)), {
      low: lowCutoff === undefined ? undefined : up(lowCutoff),
      lowText: limit(lowCutoff),
      high: highCutoff === undefined ? undefined : up(highCutoff),
      highText: limit(highCutoff),
    });
  }

  private showDeviations(view: CellsView): void {
    const { mean } = view;
    const { height } = this.layout.bars;
    if (mean === undefined) {
      this.showNothing();
      return;
    }
    const scale = (this.deviation = deviationScale(view, this.deviation));
    const half = Math.floor(height / 2);
    const text = scale < 1 ? `${Math.round(scale * 1000)} mV` : `${scale} V`;
    this.showScale(view, `+${text}`, `−${text}`);
    this.showPlot(view, half, (volts) => Math.round(((volts - mean) / scale) * half), noLimits);
  }

  private showScale(view: CellsView, top: string, bottom: string): void {
    const cells = view.voltages.length;
    const far = (cell: number | undefined): boolean =>
      cell !== undefined && this.cursorAt(cell, cells).x < this.layout.bars.x + scaleEndWidth(this.layout);
    showEnd(this.slots.top, top, far(view.highest));
    showEnd(this.slots.bottom, bottom, far(view.lowest));
  }

  private showPlot(view: CellsView, base: number, heightOf: (volts: number) => number, limits: Limits): void {
    this.slots.plot.show({
      heights: view.voltages.map((volts) => (volts === undefined ? undefined : heightOf(volts))),
      late: view.late,
      perModule: view.perModule,
      starts: view.starts,
      names: view.names,
      base,
      lowest: view.lowest,
      highest: view.highest,
      ...limits,
    });
  }

  private showNothing(): void {
    for (const end of [this.slots.top, this.slots.bottom]) showEnd(end, '', false);
    this.slots.plot.show({
      heights: [],
      late: [],
      perModule: undefined,
      starts: [],
      names: [],
      base: 0,
      lowest: undefined,
      highest: undefined,
      ...noLimits,
    });
  }

  private cursorAt(cell: number, cells: number): CursorFrameProps {
    const { bars } = this.layout;
    const grid = cellPlotGrid(bars, cells, this.monitored.battery.cells.perModule);
    return { x: bars.x + grid.left(cell), width: grid.barWidth };
  }

  private showFacts(view: CellsView, now: number): void {
    const { slots } = this;
    const { battery } = this.monitored;
    const [low, high, mean] = [battery.cellLow(now), battery.cellHigh(now), battery.cellAverage(now)];
    const tell = (
      fact: Fact,
      text: string,
      name: string,
      { freshness, age }: Pick<Quantity, 'freshness' | 'age'>,
    ): void => {
      fact.value.show({ text, tone: freshness });
      fact.caption.show(
        freshness === 'late'
          ? { text: `${formatAge(age)} old`, tone: 'warning' }
          : { text: name, tone: 'fresh' },
      );
    };
    const spread = battery.cellSpread(now);
    const { highest, lowest, place } = view;
    const placeOf = (index: number | undefined): CellPlace | undefined =>
      index === undefined ? undefined : place(index);
    tell(slots.highest, glanceText('cellHigh', high.value), withCell('highest', placeOf(highest)), high);
    tell(slots.lowest, glanceText('cellLow', low.value), withCell('lowest', placeOf(lowest)), low);
    tell(slots.mean, glanceText('cellAverage', mean.value), 'average', mean);
    const millivolts = spread.value === undefined ? undefined : spread.value * 1000;
    tell(slots.spread, formatOr(millivolts, 0), 'spread', spread);
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

function showEnd({ left, right }: ScaleEnd, text: string, far: boolean): void {
  left.show({ text: far ? '' : text, tone: 'fresh' });
  right.show({ text: far ? text : '', tone: 'fresh' });
}
