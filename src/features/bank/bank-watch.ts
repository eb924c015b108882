import type { Clock } from '../../base/clock';
import type { Log } from '../../logging/log';
import type { Bank } from '../../model/bank';
import type { InformationLine } from '../../screens/config/service';
import { formatAge } from '../../screens/format';

/** ms for which members must be lost, or back, before the log says so: a link that flickers is not worth a line each time. */
const steadyFor = 30_000;

/** Watches which members of a bank are received: tells the log when that changes, and the information page how it is. */
export class BankWatch {
  private told = '';
  private seen = '';
  private since = 0;

  constructor(
    private readonly parts: {
      readonly bank: Bank;
      readonly clock: Pick<Clock, 'monotonic'>;
      readonly log: Pick<Log, 'info' | 'warn'>;
    },
  ) {
    this.since = parts.clock.monotonic();
  }

  /** How many are received, for the information page. */
  lines(): readonly InformationLine[] {
    return [{ label: this.parts.bank.name, text: this.text() }];
  }

  /** To be called about once a second. */
  everySecond(): void {
    const { bank, clock, log } = this.parts;
    const now = clock.monotonic();
    const lost = bank.lost(now).join('\n');
    if (lost !== this.seen) [this.seen, this.since] = [lost, now];
    if (lost === this.told || now - this.since < steadyFor) return;
    this.told = lost;
    log[lost === '' ? 'info' : 'warn'](`${bank.name}: ${this.text()}`);
  }

  private text(): string {
    const { bank, clock } = this.parts;
    const now = clock.monotonic();
    const { present, of } = bank.presence(now);
    const names = bank.lost(now);
    const lost = bank.members.filter(({ name }) => names.includes(name));
    const currentFrom = bank.currentFrom(now);
    const meter = currentFrom === 'meter' ? `current from ${bank.meter?.name ?? ''}` : '';
    if (lost.length === 0)
      return [`${of} batteries, all received`, ...(meter === '' ? [] : [meter])].join('; ');
    const missing = lost.map((member) => {
      const age = member.age(now);
      return age === Infinity
        ? `${member.name} not received yet`
        : `${member.name} not received for ${formatAge(age)}`;
    });
    const sums = currentFrom === undefined ? 'current and power are unknown' : meter;
    return [
      `${present} of ${of} batteries: ${missing.join(', ')}`,
      sums,
      'set removed=true for one that was taken out',
    ].join('; ');
  }
}
