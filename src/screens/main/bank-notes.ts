import { Bank } from '../../model/bank';
import type { Battery } from '../../model/battery';
import { fixed, formatPercent } from '../format';

/** What is to be noted of a bank's charge and voltage; empty where nothing is, and of a single battery. */
export interface BankNotes {
  readonly charge: string;
  readonly voltage: string;
  /** Whose current is missing in the sum, while that is why it is unknown. */
  readonly current: string;
}

/** % of charge by which batteries may differ before it is noted: in daily use they drift by some. */
const chargeApart = 10;
/** V likewise: half of what is an alarm after ten minutes. */
const voltageApart = 0.1;

/** @param now monotonic ms */
export function bankNotes(battery: Battery, now: number): BankNotes {
  if (!(battery instanceof Bank)) return { charge: '', voltage: '', current: '' };
  const volts = battery.voltageDifference(now).value ?? 0;
  return {
    charge: chargeNote(battery, now),
    voltage: volts > voltageApart ? `${fixed(volts, 2)} V apart` : '',
    current: currentNote(battery, now),
  };
}

/** What is left without the batteries that are switched off, else by how much charges differ. */
function chargeNote(bank: Bank, now: number): string {
  const { off } = bank.switchedOff('dischargeSwitch', now);
  const charge = bank.usableCharge(now).value;
  if (off > 0 && charge !== undefined) {
    const capacity = bank.usableCapacity(now).value;
    return capacity === undefined ? `others ${formatPercent(charge)} %` : `${fixed(capacity, 0)} Ah usable`;
  }
  const apart = bank.chargeDifference(now).value ?? 0;
  return apart > chargeApart ? `${fixed(apart, 0)} % apart` : '';
}

/** With no member left it is the bank that is lost, which is said elsewhere. */
function currentNote(bank: Bank, now: number): string {
  const lost = bank.lost(now);
  const [only = ''] = lost;
  if (lost.length === 0 || lost.length === bank.members.length) return '';
  if (bank.current(now).value !== undefined) return '';
  return lost.length === 1 ? `${only} lost` : `${lost.length} batteries lost`;
}
