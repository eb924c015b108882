import type { Battery } from '../../model/battery';
import type { CellPlace } from '../../model/cell-voltages';
import type { Quantity } from '../../model/freshness';
import { cellForm, type BatteryQuantity } from '../../model/quantities';
import type { CellPlotProps } from '../../render/widgets/cell-plot';
import { formatOr } from '../format';
import { glanceText } from '../quantity-text';
import type { CellWindow } from '../scales';
import type { Surroundings } from '../screen';
import {
  cellReading,
  cellsCount,
  cellsView,
  cellVolts,
  deviationScale,
  voltageWindow,
  withCell,
  type CellsView,
} from './cells-view';
import { emptyPlot, type BarsView, type ShownBars, type ShownFact } from './shown-bars';

/** The voltage of every cell. @param battery which is looked at now */
export class VoltageBars implements BarsView {
  private window: CellWindow | undefined;

  constructor(private readonly battery: () => Battery) {}

  show({ now }: Surroundings, height: number, selected: number | undefined): ShownBars {
    const battery = this.battery();
    const view = cellsView(battery, now);
    const common = commonOf(battery, view, now, selected);
    if (view.mean === undefined) return { ...common, empty: true, top: '', bottom: '', plot: emptyPlot };
    this.window = voltageWindow(view, this.window);
    const { bottom, top } = this.window;
    const up = (volts: number): number => Math.round(((volts - bottom) / (top - bottom)) * height);
    const { lowCutoff, highCutoff } = view;
    const plot: CellPlotProps = {
      ...plotOf(view, 0, (volts) => Math.max(1, up(volts))),
      low: lowCutoff === undefined ? undefined : up(lowCutoff),
      lowText: lowCutoff === undefined ? '' : `${cellVolts(lowCutoff)} cut-off`,
      high: highCutoff === undefined ? undefined : up(highCutoff),
      highText: highCutoff === undefined ? '' : `${cellVolts(highCutoff)} cut-off`,
    };
    return { ...common, empty: false, top: cellVolts(top), bottom: cellVolts(bottom), plot };
  }
}

/** How far every cell is from the mean of all. @param battery which is looked at now */
export class DeviationBars implements BarsView {
  private scale: number | undefined;

  constructor(private readonly battery: () => Battery) {}

  show({ now }: Surroundings, height: number, selected: number | undefined): ShownBars {
    const battery = this.battery();
    const view = cellsView(battery, now);
    const common = commonOf(battery, view, now, selected);
    const { mean } = view;
    if (mean === undefined) return { ...common, empty: true, top: '', bottom: '', plot: emptyPlot };
    const scale = (this.scale = deviationScale(view, this.scale));
    const half = Math.floor(height / 2);
    const text = scale < 1 ? `${Math.round(scale * 1000)} mV` : `${scale} V`;
    const plot = plotOf(view, half, (volts) => Math.round(((volts - mean) / scale) * half));
    return { ...common, empty: false, top: `+${text}`, bottom: `−${text}`, plot };
  }
}

function commonOf(
  battery: Battery,
  view: CellsView,
  now: number,
  selected: number | undefined,
): Pick<ShownBars, 'reading' | 'facts'> {
  const isIncomplete = view.unheard + view.beyond > 0;
  return {
    reading:
      selected === undefined || selected >= view.voltages.length
        ? { text: cellsCount(view), tone: isIncomplete ? 'incomplete' : 'complete' }
        : { text: cellReading(view, selected), tone: 'fresh' },
    facts: factsOf(battery, view, now),
  };
}

function plotOf(view: CellsView, base: number, heightOf: (volts: number) => number): CellPlotProps {
  const { voltages, late, perModule, starts, names, lowest, highest, place } = view;
  const numberOf = (cell: number | undefined): string =>
    cell === undefined ? '' : String(place(cell).number);
  return {
    ...emptyPlot,
    heights: voltages.map((volts) => (volts === undefined ? undefined : heightOf(volts))),
    late,
    perModule,
    starts,
    names,
    base,
    lowest,
    lowestText: numberOf(lowest),
    highest,
    highestText: numberOf(highest),
  };
}

function factsOf(battery: Battery, { highest, lowest, place }: CellsView, now: number): ShownBars['facts'] {
  const placeOf = (index: number | undefined): CellPlace | undefined =>
    index === undefined ? undefined : place(index);
  const fact = (quantity: BatteryQuantity, read: Quantity, name: string): ShownFact => ({
    text: glanceText(quantity, read.value),
    unit: cellForm.unit,
    name,
    freshness: read.freshness,
    age: read.age,
  });
  const spread = battery.cellSpread(now);
  const millivolts = spread.value === undefined ? undefined : spread.value * 1000;
  return [
    fact('cellHigh', battery.cellHigh(now), withCell('highest', placeOf(highest))),
    fact('cellLow', battery.cellLow(now), withCell('lowest', placeOf(lowest))),
    fact('cellAverage', battery.cellAverage(now), 'average'),
    {
      text: formatOr(millivolts, 0),
      unit: 'mV',
      name: 'spread',
      freshness: spread.freshness,
      age: spread.age,
    },
  ];
}
