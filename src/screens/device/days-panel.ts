import type { CanvasRenderingContext2D } from 'canvas';
import { isPlausible } from '../../base/clock';
import type { Device } from '../../model/device';
import { lastDays } from '../../model/energy/last-days';
import type { Scene, Slot } from '../../render/scene';
import type { TextStyles } from '../../render/text';
import { metrics, type Palette } from '../../render/theme';
import { dayBars, type DayBarsProps } from '../../render/widgets/day-bars';
import { readout, type ReadoutProps } from '../../render/widgets/readout';
import { paintPanel } from '../../render/widgets/shapes';
import { deviceWords as words } from '../../words/en/device-screens';
import { siteWords } from '../../words/en/site';
import { energyScale } from '../scales';
import type { DeviceLayout } from './device-layout';
import type { DialWays } from './single-dial';

/** Bars of the chart. */
const shownDays = 31;
/** What the panel is made with. */
export interface DaysParts {
  readonly layout: DeviceLayout;
  readonly palette: Palette;
  readonly styles: TextStyles;
  readonly ways: DialWays;
  readonly title: string;
}

/** The energy of the latest days, a bar a day; two ways where something goes both ways. */
export class DaysPanel {
  private readonly bars: Slot<DayBarsProps>;
  private readonly scale: Slot<ReadoutProps>;
  private readonly up: number;
  private readonly down: number;

  constructor(
    scene: Scene,
    private readonly parts: DaysParts,
  ) {
    const { layout, palette, styles, ways } = parts;
    const { bars, scale, scaleBaseline } = layout.days;
    const zero = ways === 'one-way' ? bars.y + bars.height - 1 : bars.y + Math.floor(bars.height / 2);
    this.up = zero - bars.y;
    this.down = bars.y + bars.height - zero - 1;
    this.bars = scene.add(
      dayBars({
        bounds: bars,
        zero,
        // As in the power log: out is above the line, in below it.
        up: ways === 'one-way' ? palette.solar : palette.powerOut,
        down: palette.powerIn,
        upBehind: palette.track,
        downBehind: palette.track,
        line: palette.tertiary,
        gapLine: palette.panelLine,
      }),
    );
    const style = styles.style(layout.main.type('small'), 500, palette.tertiary, 'proportional');
    this.scale = scene.add(
      readout({ bounds: scale, align: 'right', baseline: scaleBaseline, styles: { fresh: [style] } }),
    );
  }

  /** The panel, its title and the ends of its axis. */
  static paintBase(context: CanvasRenderingContext2D, { layout, palette, styles, title }: DaysParts): void {
    const { days, main } = layout;
    paintPanel(context, days.panel, main.length(metrics.radius), palette.panel, palette.panelLine);
    styles.style(main.type('body'), 500, palette.secondary).write(context, title, days.title.x, days.title.y);
    const small = styles.style(main.type('small'), 500, palette.tertiary);
    small.write(context, words.ago(shownDays - 1), days.bars.x, days.foot);
    small.write(context, siteWords.today, days.bars.x + days.bars.width, days.foot, 'right');
  }

  /**
   * Shows the days up to that of `wall`; none on a machine that cannot know the day.
   *
   * @param today Wh that the device counts itself
   */
  show(device: Device, wall: Date, today: number | undefined): void {
    const days = isPlausible(wall) ? lastDays(device.days, wall, shownDays) : [];
    if (today !== undefined && days.length > 0)
      days[days.length - 1] = { in: Math.max(0, today), out: 0, covered: 1 };
    const both = this.parts.ways === 'both-ways';
    const most = Math.max(0, ...days.map((day) => Math.max(day?.in ?? 0, both ? (day?.out ?? 0) : 0))) / 1000;
    const full = energyScale(most);
    const height = (energy: number | undefined, room: number): number | undefined =>
      energy === undefined ? undefined : Math.round((energy / 1000 / full) * room);
    this.bars.show({
      up: days.map((day) => height(both ? day?.out : day?.in, this.up)),
      down: days.map((day) => (both ? height(day?.in, this.down) : undefined)),
      upBehind: [],
      downBehind: [],
    });
    const text = most === 0 ? '' : `${both ? '±' : ''}${full} kWh`;
    this.scale.show({ text, tone: 'fresh' });
  }
}
