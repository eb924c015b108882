import type { BatteryMeasurement } from './measurement';
import type { EvtvMessage } from './messages';

/**
 * What the same maker's BMS for battery modules sends, to which GEVCU listens, where it differs: a 0x650 of eight bytes with
 * the whole pack in it, and the contactors in byte 6 of 0x651. As GEVCU7 reads them (TeslaBatteryManager.cpp, 2023): volts and
 * amperes in tenths as in its other batteries. What its sender counts as positive is not told: `invertCurrent` turns it.
 */
export const moduleBmsMessages = {
  pack: {
    id: 0x650,
    name: '0x650',
    length: 8,
    fields: [
      { key: 'packVoltage', offset: 0, type: 'u16', perUnit: 10 },
      { key: 'packCurrent', offset: 2, type: 's16', perUnit: 10, turnedBy: 'invertCurrent150' },
      { key: 'stateOfCharge', offset: 4, type: 'u8', perUnit: 2 },
      { key: 'temperatureMax', offset: 5, type: 's8', perUnit: 1 },
      { key: 'temperatureMin', offset: 6, type: 's8', perUnit: 1 },
      { key: 'fault', offset: 7, type: 'u8', perUnit: 1 },
    ],
  },
  cellSummary: {
    id: 0x651,
    name: '0x651',
    length: 7,
    fields: [
      { key: 'cellLow', offset: 0, type: 'u16', perUnit: 1000 },
      { key: 'cellHigh', offset: 2, type: 'u16', perUnit: 1000 },
      { key: 'cellAverage', offset: 4, type: 'u16', perUnit: 1000 },
      { key: 'contactors', offset: 6, type: 'u8', perUnit: 1 },
    ],
  },
} as const satisfies Record<string, EvtvMessage>;

/** The reasons of the lower four bits of a fault; 0 with any other bit set is a fault without one. */
const faults: Readonly<Record<number, string>> = {
  1: 'Pack voltage too low',
  2: 'Pack voltage too high',
  3: 'Too cold',
  4: 'Too hot',
  5: 'Isolation fault',
};

/** Both contactors closed, and both confirmed: bits 0 to 3. */
const allClosed = 0x0f;

/** What follows from fault and contactors, as a reading tells it. */
export function moduleBmsState({ fault, contactors }: Pick<BatteryMeasurement, 'fault' | 'contactors'>): {
  readonly values: Readonly<Record<string, number>>;
  readonly texts?: Readonly<Record<string, string>>;
} {
  const closed = (contactors ?? 0) === allClosed ? 1 : 0;
  return {
    values: contactors === undefined ? {} : { chargeSwitch: closed, dischargeSwitch: closed },
    ...(fault !== undefined && { texts: { errors: faultText(fault) } }),
  };
}

function faultText(fault: number): string {
  return fault === 0 ? 'none' : (faults[fault & 0x0f] ?? `Fault ${fault}`);
}
