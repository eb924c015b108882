import type { PeriodLength } from '../model/energy/energy-periods';
import type { EnergyPeriodJson, EnergyPeriodsJson } from '../protocol/energy-json';
import { make, say } from './elements';
import { EnergyNumbers } from './energy-numbers';
import { drawBars, emptyPicture } from './energy-plot';
import { plotForm } from './energy-scale';
import { beforeName, isCompared, kilowattHours, periodName, periodSentence } from './energy-text';

/** How far a key takes the mark. */
const steps: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -7,
  PageUp: 7,
  Home: -Infinity,
  End: Infinity,
};

/**
 * The bars of one device, on a scale of its own and the same way round as on the display: what went out above the line, what
 * went in below it. The mouse, a finger or the arrow keys mark a bar, whose values are then told; else they are the latest's.
 */
export class EnergyFigure {
  readonly element = make('figure', 'chart energy');
  private readonly isOneWay: boolean;
  private readonly reading = make('p', 'reading');
  private readonly plot = make('div', 'bars');
  private readonly picture = emptyPicture();
  private readonly ends = {
    up: make('span', 'up'),
    zero: make('span', 'zero', '0'),
    down: make('span', 'down'),
  };
  private readonly names = make('div', 'ends');
  private readonly none = make('p', 'none', 'Nothing is known of it yet.');
  private readonly known = make('div');
  private readonly numbers: EnergyNumbers;
  private periods: readonly EnergyPeriodJson[] = [];
  private length: PeriodLength = 'day';
  private taken: number | undefined;

  constructor(
    private readonly name: string,
    kind: EnergyPeriodsJson['kind'],
  ) {
    this.isOneWay = kind === 'solar-charger';
    this.numbers = new EnergyNumbers(name);
    const caption = make('figcaption');
    const title = make('h2', '', name);
    title.append(' ', make('small', '', 'kWh'));
    caption.append(title, this.reading);
    const { plot } = this;
    plot.tabIndex = 0;
    plot.setAttribute('role', 'slider');
    plot.setAttribute('aria-valuemin', '1');
    plot.append(this.picture);
    const scale = make('div', 'scale');
    scale.setAttribute('aria-hidden', 'true');
    scale.append(...Object.values(this.ends));
    this.names.setAttribute('aria-hidden', 'true');
    const box = make('div', 'drawn');
    box.append(scale, plot, this.names);
    this.known.append(box, this.numbers.element);
    this.element.append(caption, this.none, this.known);
    this.listen();
  }

  /** Shows other numbers; a bar that is marked stays so while bars stand for the same. */
  show({ periods }: Pick<EnergyPeriodsJson, 'periods'>, length: PeriodLength): void {
    if (length !== this.length || periods.length !== this.periods.length) this.taken = undefined;
    [this.periods, this.length] = [periods, length];
    const isKnown = periods.some((period) => period.energyHours > 0 || isCompared(period));
    this.none.hidden = isKnown;
    this.known.hidden = this.reading.hidden = !isKnown;
    if (!isKnown) return;
    const { up, down, zero } = plotForm(periods, this.isOneWay);
    const { ends } = this;
    say(ends.up, up === 0 ? '' : `${up}${this.isOneWay ? '' : ' out'}`);
    say(ends.down, down === 0 ? '' : `${down} in`);
    ends.zero.style.top = `${zero * 100}%`;
    ends.zero.hidden = up === 0 || down === 0;
    const places = new Set([0, periods.length >> 1, periods.length - 1]);
    this.names.replaceChildren(...[...places].map((i) => make('span', '', this.nameOf(i))));
    this.numbers.show(periods, length);
    this.plot.setAttribute('aria-label', `${this.name}, a bar for each ${length}`);
    this.mark(this.taken);
  }

  private nameOf(i: number): string {
    const period = this.periods[i];
    return period === undefined ? '' : periodName(period, this.length);
  }

  private mark(taken: number | undefined): void {
    const { periods, plot } = this;
    this.taken = taken;
    const place = taken ?? periods.length - 1;
    const period = periods[place];
    if (period === undefined) return;
    drawBars(this.picture, periods, this.isOneWay, taken);
    plot.setAttribute('aria-valuemax', String(periods.length));
    plot.setAttribute('aria-valuenow', String(place + 1));
    plot.setAttribute('aria-valuetext', periodSentence(period, this.length, this.isOneWay));
    this.read(period);
  }

  private read(period: EnergyPeriodJson): void {
    const { isOneWay, length } = this;
    const amounts = (into: number | null, out: number | null): HTMLElement[] =>
      isOneWay
        ? [make('span', 'solar', kilowattHours(into))]
        : [make('span', 'out', `${kilowattHours(out)} out`), make('span', 'in', `${kilowattHours(into)} in`)];
    const now = make('span', 'now');
    now.append(make('span', '', periodName(period, length)), ...amounts(period.energyIn, period.energyOut));
    const before = make('span', 'before');
    if (isCompared(period))
      before.append(
        make('span', '', beforeName[length]),
        ...amounts(period.energyInBefore, period.energyOutBefore),
      );
    this.reading.replaceChildren(now, before);
  }

  private listen(): void {
    const { plot } = this;
    const under = ({ clientX }: PointerEvent): void => {
      const { left, width } = plot.getBoundingClientRect();
      const count = this.periods.length;
      this.mark(Math.max(0, Math.min(count - 1, Math.floor(((clientX - left) / width) * count))));
    };
    plot.addEventListener('pointerdown', under);
    plot.addEventListener('pointermove', under);
    plot.addEventListener('pointerleave', ({ pointerType }) => {
      // What a finger has marked stays: it would be gone before it is read.
      if (pointerType === 'mouse' && document.activeElement !== plot) this.mark(undefined);
    });
    plot.addEventListener('keydown', (event) => {
      const step = steps[event.key];
      if (event.key === 'Escape') this.mark(undefined);
      if (step === undefined) return;
      event.preventDefault();
      const last = this.periods.length - 1;
      this.mark(Math.max(0, Math.min(last, (this.taken ?? last) + step)));
    });
  }
}
