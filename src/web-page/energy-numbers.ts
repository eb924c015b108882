import type { PeriodLength } from '../model/energy/energy-periods';
import type { EnergyPeriodJson } from '../protocol/energy-json';
import { make, say } from './elements';
import { beforeName, kilowattHours, periodName } from './energy-text';

/** What the bars of a device show in numbers, the latest first, to be folded out. */
export class EnergyNumbers {
  readonly element = make('details');
  private readonly sheet = make('table');
  private readonly caption = this.sheet.createCaption();
  private readonly head = this.sheet.createTHead().insertRow();
  private readonly body = this.sheet.createTBody();

  constructor(private readonly name: string) {
    const summary = make('summary', '', 'Numbers');
    summary.setAttribute('aria-label', `Numbers of ${name}`);
    const box = make('div', 'sheet');
    box.append(this.sheet);
    this.element.append(summary, box);
  }

  show(periods: readonly EnergyPeriodJson[], length: PeriodLength): void {
    say(this.caption, `${this.name}, kWh`);
    const before = beforeName[length];
    const heads = [
      'From',
      'Out',
      'In',
      ...(before === '' ? [] : [`Out ${before}`, `In ${before}`]),
      'Hours counted',
    ];
    this.head.replaceChildren(
      ...heads.map((text, i) => {
        const head = make('th', i === 0 ? '' : 'number', i === 0 ? named[length] : text);
        head.scope = 'col';
        return head;
      }),
    );
    this.body.replaceChildren(
      ...[...periods].reverse().map((period) => {
        const { energyIn, energyOut, energyInBefore, energyOutBefore, energyHours } = period;
        const row = make('tr');
        const head = make('th', '', periodName(period, length));
        head.scope = 'row';
        const amounts = [energyOut, energyIn, ...(before === '' ? [] : [energyOutBefore, energyInBefore])];
        const texts = [...amounts.map(kilowattHours), energyHours.toFixed(1)];
        row.append(head, ...texts.map((text) => make('td', 'number', text)));
        return row;
      }),
    );
  }
}

const named: Readonly<Record<PeriodLength, string>> = {
  day: 'Day',
  week: 'Week',
  month: 'Month',
  year: 'Year',
};
