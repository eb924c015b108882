import type { Freshness } from '../../model/freshness';
import type { CellPlotProps } from '../../render/widgets/cell-plot';
import type { ReadoutProps } from '../../render/widgets/readout';
import type { Surroundings } from '../screen';

/** A number beneath the bars. */
export interface ShownFact {
  readonly text: string;
  readonly unit: string;
  /** What it is, and whose. */
  readonly name: string;
  readonly freshness: Freshness;
  /** ms */
  readonly age: number;
}

/** What one view of the cells' screen shows at a moment. */
export interface ShownBars {
  /** Nothing is known that could have a bar. */
  readonly empty: boolean;
  /** The line above the bars. */
  readonly reading: ReadoutProps;
  /** The ends of the scale. */
  readonly top: string;
  readonly bottom: string;
  readonly plot: CellPlotProps;
  /** Highest, lowest, mean and spread. */
  readonly facts: readonly [ShownFact, ShownFact, ShownFact, ShownFact];
}

/** A way to look at a battery bar by bar. It remembers its scale, so that this does not jump. */
export interface BarsView {
  /**
   * @param height of the highest bar, pixels
   * @param selected index of the bar that is read
   */
  show(around: Surroundings, height: number, selected: number | undefined): ShownBars;
}

/** A plot without limits, and without bars. */
export const emptyPlot: CellPlotProps = {
  heights: [],
  late: [],
  perModule: undefined,
  starts: [],
  names: [],
  base: 0,
  lowest: undefined,
  lowestText: '',
  highest: undefined,
  highestText: '',
  low: undefined,
  lowText: '',
  high: undefined,
  highText: '',
};
