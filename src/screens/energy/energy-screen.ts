import { localParts } from '../../base/local-time';
import type { Device } from '../../model/device';
import type { EnergyPeriod, InAndOut, PeriodLength } from '../../model/energy/energy-periods';
import type { ShownBattery } from '../../model/site';
import type { Rect } from '../../render/rect';
import { Scene, type Slot } from '../../render/scene';
import { metrics } from '../../render/theme';
import { noCursor } from '../../render/widgets/cursor-frame';
import { dayPlace } from '../../render/widgets/day-bars';
import { nothingPressed } from '../../render/widgets/press-highlight';
import type { ReadoutProps } from '../../render/widgets/readout';
import { paintPanel } from '../../render/widgets/shapes';
import { energyWords as words } from '../../words/en/energy-screen';
import { layoutCells, type CellsLayout } from '../cells/cells-layout';
import { DetailFrame, type Targets } from '../detail/detail-frame';
import type { ScreenOptions } from '../screen-options';
import { Refresh } from '../detail/refresh';
import { energyScale } from '../scales';
import { formatDay, formatEnergy, formatMonth, missing } from '../format';
import type { DragPhase, Intent, Screen, Surroundings, TouchTarget } from '../screen';
import { EnergyPast } from './energy-past';
import { addEnergyWidgets, type EnergySlots } from './energy-widgets';

const lengths = ['day', 'week', 'month', 'year'] as const satisfies readonly PeriodLength[];
/** What went in and out of a device by day, week, month and year, with the same days of last year behind it. */
export class EnergyScreen implements Screen {
  readonly name = 'energy';
  readonly scene: Scene;
  private readonly layout: CellsLayout;
  private readonly frame: DetailFrame;
  private readonly slots: EnergySlots;
  private readonly places: Targets;
  private readonly refresh = new Refresh();
  private readonly past: EnergyPast;
  private readonly choices: readonly Rect[];
  private readonly zero: number;
  private length: PeriodLength = 'day';
  private selected: number | undefined;
  private bars = 0;

  /** @param shown the battery that is shown, whose alarms and link stand in the head */
  constructor(
    private readonly device: Device,
    private readonly shown: ShownBattery,
    options: ScreenOptions,
  ) {
    const { width, height, palette, styles, finger } = options;
    this.past = new EnergyPast(device);
    this.layout = layoutCells(width, height, height > width ? 236 : 330, finger, lengths.length);
    const { detail, views, panel, bars } = this.layout;
    this.frame = new DetailFrame(detail, palette, styles, words.title);
    this.scene = new Scene(width, height, (context) => {
      this.frame.paintBase(context);
      const radius = detail.length(metrics.radius);
      for (const rect of [panel, ...this.layout.facts])
        paintPanel(context, rect, radius, palette.panel, palette.panelLine);
    });
    const isOneWay = device.kind === 'solar-charger';
    this.zero = isOneWay ? bars.y + bars.height - 1 : bars.y + Math.floor(bars.height / 2);
    this.slots = addEnergyWidgets(this.scene, this.frame, this.layout, palette, styles, this.zero, isOneWay);
    const edge = (i: number): number =>
      Math.round(detail.right.x + (i * (width - detail.right.x)) / lengths.length);
    this.choices = lengths.map((_, i) => ({
      x: edge(i),
      y: 0,
      width: edge(i + 1) - edge(i),
      height: detail.right.height,
    }));
    this.places = this.frame.targets([
      ...lengths.map((length, i) => ({
        name: length,
        areas: [this.choices[i] ?? views.row],
        highlight: views.row,
      })),
      // The frame around the bar under the finger is the answer to the touch.
      { name: 'bars', areas: [panel], highlight: nothingPressed, draggable: true },
    ]);
  }

  get targets(): readonly TouchTarget[] {
    return this.frame.present(this.places);
  }

  update(around: Surroundings): number | undefined {
    return this.refresh.run(this.scene, around.now, () => this.show(around));
  }

  tap(target: string): Intent {
    this.refresh.touched();
    const length = lengths.find((each) => each === target);
    if (length !== undefined) {
      this.length = length;
      this.selected = undefined;
      return { kind: 'none' };
    }
    if (target === 'bars') return { kind: 'none' };
    return this.frame.tapped(target, this.shown);
  }

  press(target: TouchTarget | undefined): void {
    this.frame.press(target);
  }

  drag(_: string, phase: DragPhase, x: number): void {
    if (phase === 'cancel' || this.bars === 0) return;
    this.refresh.touched();
    const { bars } = this.layout;
    const bar = Math.floor(((x - bars.x) / bars.width) * this.bars);
    this.selected = Math.max(0, Math.min(this.bars - 1, bar));
  }

  left(): void {
    this.past.stop();
  }

  private show(around: Surroundings): void {
    const { slots, layout, length } = this;
    const periods = this.past.periods(length, around.wall, around.now);
    this.bars = periods.length;
    const selected = this.selected === undefined ? undefined : periods[this.selected];
    const isOneWay = this.device.kind === 'solar-charger';
    this.showBars(periods, isOneWay);
    slots.views.show({ taken: lengths.indexOf(length) });
    const reading = periods.length === 0 ? words.unknownDay : words.all[length];
    slots.reading.show({ text: selected === undefined ? reading : this.nameOf(selected), tone: 'fresh' });
    const { bars } = layout;
    const place = this.selected === undefined ? undefined : dayPlace(bars, periods.length, this.selected);
    slots.cursor.show(
      place === undefined || selected === undefined
        ? noCursor
        : { x: place.from, width: place.to - place.from - 1 },
    );
    const [first, last] = [periods[0], periods.at(-1)];
    slots.first.show({ text: first === undefined ? '' : this.nameOf(first), tone: 'fresh' });
    slots.last.show({ text: last === undefined ? '' : this.nameOf(last), tone: 'fresh' });
    this.showFacts(selected === undefined ? periods : [selected], isOneWay);
    const isOneOfSeveral = (around.devices?.length ?? 0) > 1;
    this.frame.show(this.shown, around, false, isOneOfSeveral ? `${this.device.name} · ` : '');
  }

  private showBars(periods: readonly EnergyPeriod[], isOneWay: boolean): void {
    const { slots, zero } = this;
    const { bars } = this.layout;
    const all = periods.flatMap(({ energy, before }) => [energy, before]);
    const most = Math.max(0, ...all.map((each) => largest(each, isOneWay))) / 1000;
    const full = energyScale(most);
    const [up, down] = [zero - bars.y, bars.y + bars.height - zero - 1];
    const height = (energy: number | undefined, room: number): number | undefined =>
      energy === undefined ? undefined : (energy / 1000 / full) * room;
    const above = (each: InAndOut | undefined) => height(isOneWay ? each?.in : each?.out, up);
    const below = (each: InAndOut | undefined) => (isOneWay ? undefined : height(each?.in, down));
    slots.bars.show({
      up: periods.map(({ energy }) => above(energy)),
      down: periods.map(({ energy }) => below(energy)),
      upBehind: periods.map(({ before }) => above(before)),
      downBehind: periods.map(({ before }) => below(before)),
    });
    slots.scale.show({ text: most === 0 ? '' : `${full} kWh`, tone: 'fresh' });
  }

  private showFacts(periods: readonly EnergyPeriod[], isOneWay: boolean): void {
    const { slots } = this;
    const sum = (which: 'energy' | 'before', way: keyof InAndOut): ReadoutProps => {
      const known = periods.map((period) => period[which]?.[way]).filter((value) => value !== undefined);
      const text = known.length === 0 ? missing : formatEnergy(known.reduce((a, b) => a + b, 0) / 1000);
      return { text, tone: known.length === 0 ? 'lost' : 'fresh' };
    };
    const tell = (slot: Slot<ReadoutProps>, which: 'energy' | 'before', way: keyof InAndOut): void => {
      // A charger takes nothing.
      slot.show(isOneWay && way === 'out' ? { text: missing, tone: 'lost' } : sum(which, way));
    };
    tell(slots.into, 'energy', 'in');
    tell(slots.out, 'energy', 'out');
    tell(slots.intoBefore, 'before', 'in');
    tell(slots.outBefore, 'before', 'out');
  }

  private nameOf({ from }: EnergyPeriod): string {
    switch (this.length) {
      case 'day':
        return formatDay(from);
      case 'week':
        return words.week(formatDay(from));
      case 'month':
        return `${formatMonth(from)} ${localParts(from).year}`;
      case 'year':
        return String(localParts(from).year);
    }
  }
}

function largest(each: InAndOut | undefined, isOneWay: boolean): number {
  return Math.max(each?.in ?? 0, isOneWay ? 0 : (each?.out ?? 0));
}
