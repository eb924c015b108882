import type { Bank, BankCell, SwitchedOff } from '../model/bank';
import type { ChargeSource } from '../model/bank-charge';
import { cellForm } from '../model/quantities';
import { rounded } from './rounded';

type Known = number | null;

/** What a bank says beside the values that every battery has. Unknown is null. */
export interface BankJson {
  readonly members: readonly string[];
  /** Members that are not received, whose current and ampere-hours are missing in the sums. */
  readonly lost: readonly string[];
  /** The meter of the common current; null without one. */
  readonly meter: string | null;
  /** What current and power are from; null while they are unknown. */
  readonly currentFrom: 'meter' | 'members' | null;
  /** What the state of charge was computed from. */
  readonly socFrom: ChargeSource | null;
  /** %, of the members whose discharge switch is not off. */
  readonly usableCharge: Known;
  /** Ah remaining in the same. */
  readonly usableCapacity: Known;
  /** V between members that are connected. */
  readonly voltageDifference: Known;
  /** % between members. */
  readonly chargeDifference: Known;
  /** V, the largest spread of cells within one member. */
  readonly cellSpread: Known;
  readonly lowestCell: BankCellJson | null;
  readonly highestCell: BankCellJson | null;
  /** How many members have each switch off, of how many that tell it. */
  readonly off: { readonly charge: SwitchedOff; readonly discharge: SwitchedOff };
}

/** A cell with its member; the number is null where the member tells only the extremes of its cells. */
export interface BankCellJson {
  readonly device: string;
  readonly cell: Known;
  readonly voltage: number;
}

/** @param now monotonic ms */
export function bankJson(bank: Bank, now: number): BankJson {
  return {
    members: bank.members.map(({ name }) => name),
    lost: bank.lost(now),
    meter: bank.meter?.name ?? null,
    currentFrom: bank.currentFrom(now) ?? null,
    socFrom: bank.socFrom(now) ?? null,
    usableCharge: rounded(bank.usableCharge(now).value, 1),
    usableCapacity: rounded(bank.usableCapacity(now).value, 2),
    voltageDifference: rounded(bank.voltageDifference(now).value, 3),
    chargeDifference: rounded(bank.chargeDifference(now).value, 1),
    cellSpread: rounded(bank.cellSpread(now).value, 3),
    lowestCell: cellJson(bank.lowestCell(now)),
    highestCell: cellJson(bank.highestCell(now)),
    off: {
      charge: bank.switchedOff('chargeSwitch', now),
      discharge: bank.switchedOff('dischargeSwitch', now),
    },
  };
}

function cellJson(cell: BankCell | undefined): BankCellJson | null {
  if (cell === undefined) return null;
  return {
    device: cell.member,
    cell: cell.number ?? null,
    voltage: Number(cell.volts.toFixed(cellForm.decimals)),
  };
}
