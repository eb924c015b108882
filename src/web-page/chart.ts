import uPlot from 'uplot';
import type { HistoryAnswer } from '../io/web/history-answer';
import { dayPalette } from '../render/theme';
import { fixed, missing } from '../screens/format';
import { columnsOf, type Columns } from './chart-data';
import type { ChartKind } from './chart-list';
import { make } from './elements';

const font = '500 13px Barlow, sans-serif';
/** CSS pixels, as in style.css. */
const legendHeight = 30;
/** The same for all charts: a finger on one reads the others too. */
const sync = 'history';

/** A chart of the past in its frame. */
export class Chart {
  /** To be put into the page. */
  readonly element = make('figure', 'chart');
  private readonly plot: uPlot;
  private readonly box = make('div', 'plot');
  /** s since 1970 at both ends. */
  private range: readonly [number, number] = [0, 1];
  private readonly empty = make('p', 'empty', 'Nothing was heard in this time.');

  /** @param zoomed told of the stretch of time that was marked, ms since 1970 */
  constructor(
    readonly kind: ChartKind,
    private readonly zoomed: (from: number, to: number) => void,
  ) {
    const caption = make('figcaption');
    const title = make('h2', '', kind.title);
    title.append(' ', make('small', '', kind.unit));
    const full = make('button');
    full.type = 'button';
    full.title = 'Full screen';
    full.setAttribute('aria-label', `${kind.title} on the full screen`);
    full.className = 'expand';
    full.hidden = !document.fullscreenEnabled;
    full.addEventListener('click', () => {
      if (document.fullscreenElement === this.element) void document.exitFullscreen();
      else void this.element.requestFullscreen().catch(() => undefined);
    });
    caption.append(title, full);
    this.element.append(caption, this.box, this.empty);
    this.empty.hidden = true;
    this.plot = new uPlot(this.options(), [[]], this.box);
    const legend = this.box.querySelector<HTMLElement>('.u-legend');
    // On a narrow page it scrolls sideways, by keyboard too.
    if (legend !== null) legend.tabIndex = 0;
    legend?.setAttribute('aria-label', `${kind.title}, values`);
    new ResizeObserver(() => this.fit()).observe(this.box);
  }

  /** Shows answers, one for each line. */
  show(answers: readonly HistoryAnswer[]): void {
    const columns = columnsOf(this.kind, answers);
    const [first] = answers;
    this.empty.hidden = columns[0].length > 0;
    if (first !== undefined) this.range = [first.from / 1000, first.to / 1000];
    this.plot.setData(columns);
    // Without a finger on it, it reads the latest.
    if (typeof this.plot.cursor.idx !== 'number') this.plot.setLegend({ idx: this.latest(columns) }, false);
  }

  private latest(columns: Columns): number {
    return Math.max(0, columns[0].length - 1);
  }

  private fit(): void {
    const { clientWidth: width, clientHeight: height } = this.box;
    if (width > 0 && height > legendHeight) this.plot.setSize({ width, height: height - legendHeight });
  }

  private options(): uPlot.Options {
    const { kind } = this;
    // Where several lines are close together, how far each reaches would hide the others.
    const veil = kind.lines.length > 1 && kind.fromZero !== true ? '14' : '38';
    const grid = { stroke: dayPalette.panelLine, width: 1 };
    const axis = { stroke: dayPalette.secondary, font, grid, ticks: { ...grid, size: 5 } };
    const range = (_: uPlot, least: number, most: number): uPlot.Range.MinMax => scaleOf(kind, least, most);
    return {
      width: 300,
      height: 200,
      series: [{ label: 'Time', value: (_, time) => timeText(time) }, ...this.series()],
      bands: kind.lines.map((_, i) => ({
        series: [i * 3 + 3, i * 3 + 2] as [number, number],
        fill: `${this.colour(i)}${veil}`,
      })),
      scales: { x: { time: true, range: () => [...this.range] }, y: { range } },
      axes: [
        { ...axis, values: timeAxis },
        { ...axis, size: 56, values: (_, splits) => axisTexts(splits) },
      ],
      cursor: { sync: { key: sync }, drag: { x: true, y: false, setScale: false }, points: { size: 7 } },
      legend: { live: true },
      hooks: {
        setSelect: [
          (plot) => {
            const { left, width } = plot.select;
            if (width < 8) return;
            this.zoomed(plot.posToVal(left, 'x') * 1000, plot.posToVal(left + width, 'x') * 1000);
            plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          },
        ],
      },
    };
  }

  private colour(line: number): string {
    return this.kind.lines[line]?.colour ?? dayPalette.text;
  }

  private series(): uPlot.Series[] {
    const { lines, decimals } = this.kind;
    const value = (_: uPlot, v: number | null | undefined): string =>
      typeof v === 'number' ? fixed(v, decimals) : missing;
    return lines.flatMap(({ label, part }, i): uPlot.Series[] => {
      const stroke = this.colour(i);
      const filled = part !== undefined || this.kind.scale !== undefined;
      const edge = { width: 0, points: { show: false }, class: 'edge' };
      return [
        {
          label,
          stroke,
          width: 1.75,
          value,
          points: { show: false },
          ...(filled && { fill: `${stroke}40`, fillTo: 0 }),
        },
        { ...edge, label: '' },
        { ...edge, label: '' },
      ];
    });
  }
}

function scaleOf({ scale, fromZero }: ChartKind, least: number, most: number): uPlot.Range.MinMax {
  if (scale !== undefined) return [scale[0], scale[1]];
  if (!Number.isFinite(least) || !Number.isFinite(most)) return [0, 1];
  const [low, high] = fromZero === true ? [Math.min(0, least), Math.max(0, most)] : [least, most];
  const room = Math.max((high - low) * 0.08, Math.abs(high) * 0.0005, 0.001);
  return [fromZero === true && low === 0 ? 0 : low - room, fromZero === true && high === 0 ? 0 : high + room];
}

/** As many decimals as the axis needs to tell its lines apart. */
function axisTexts(splits: readonly number[]): string[] {
  const step = Math.abs((splits[1] ?? 1) - (splits[0] ?? 0));
  const decimals = Math.min(3, Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)));
  return splits.map((value) => fixed(value, decimals));
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const month = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric' });

/** Times of day, with the date under the first of each day; months and years on long stretches. */
const timeAxis: uPlot.Axis.DynamicValues = (_, splits, __, ___, step) => {
  let before = '';
  return splits.map((time) => {
    const date = new Date(time * 1000);
    if (step >= 26 * 86_400) return month.format(date);
    const dayText = day.format(date);
    if (step >= 86_400) return dayText;
    const clock = `${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`;
    const text = step < 60 ? `${clock}:${twoDigits(date.getSeconds())}` : clock;
    const shown = dayText === before ? text : `${text}\n${dayText}`;
    before = dayText;
    return shown;
  });
};

/** A chart without a single value has no time to tell either. */
function timeText(time: number | null | undefined): string {
  if (typeof time !== 'number') return missing;
  const date = new Date(time * 1000);
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':');
  return `${day.format(date)} ${date.getFullYear()} ${clock}`;
}
