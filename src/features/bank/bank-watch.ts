import type { Clock } from '../../base/clock';
import type { Log } from '../../logging/log';
import type { Bank } from '../../model/bank';
import type { InformationLine } from '../../screens/config/service';
import { formatAge } from '../../screens/format';
import { bankText } from '../../words/en/reception';

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
    const lost = bank.lost(now);
    const currentFrom = bank.currentFrom(now);
    return bankText({
      of: bank.members.length,
      missing: bank.members
        .filter(({ name }) => lost.includes(name))
        .map((member) => {
          const age = member.age(now);
          return { name: member.name, age: age === Infinity ? undefined : formatAge(age) };
        }),
      meter: currentFrom === 'meter' ? bank.meter?.name : undefined,
      known: currentFrom !== undefined,
    });
  }
}
