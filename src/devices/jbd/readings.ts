import type { Reading } from '../../model/reading';
import { hexByte, registerName, registers, statuses, type JbdFrame } from './frame';
import {
  balancingCells,
  decodeBasic,
  decodeCells,
  decodeCounters,
  decodeModel,
  productionDate,
  type BasicInfo,
} from './registers';

/** Whose reading it is. */
export interface ReadingFrame {
  readonly device: string;
  /** Monotonic ms. */
  readonly at: number;
  /** ms between two polls. */
  readonly period: number;
}

/** What a frame has come to: a reading, or why there is none. `notes` are parts of it that were left out, counted too. */
export type Decoded =
  | { readonly reading: Reading; readonly notes: readonly string[] }
  | { readonly rejected: string; readonly detail: string };

const mostCells = 32;
/** No battery of ours is there: what a probe that is not connected reads. */
const coldest = -60;
const hottest = 200;
/** Two bytes in which a battery has nothing to say. */
const nothing = 0xffff;

/** The causes by which answers that are no success are counted. */
const statusCauses: Readonly<Record<number, string>> = {
  [statuses.error]: 'error answer',
  [statuses.refused]: 'refused',
  [statuses.checksum]: 'request damaged',
  [statuses.password]: 'password wanted',
};

/** What the answer says, in units of the house. What is not plausible is left out, never shown. */
export function decodeFrame(frame: JbdFrame, of: ReadingFrame): Decoded {
  const { register, status, data } = frame;
  if (status !== statuses.ok) {
    return {
      rejected: statusCauses[status] ?? 'error answer',
      detail: `${registerName(register)}, status ${hexByte(status)}`,
    };
  }
  if (data.length > 0 && data.every((byte) => byte === 0xff)) {
    return { rejected: 'implausible', detail: `${registerName(register)} has FF everywhere` };
  }
  switch (register) {
    case registers.basic:
      return basic(data, of);
    case registers.cells:
      return cells(data, of);
    case registers.version: {
      const model = decodeModel(data);
      if (model === '') return { rejected: 'empty answer', detail: registerName(register) };
      return { reading: { ...always(of), group: 'version', values: {}, texts: { model } }, notes: [] };
    }
    case registers.counters: {
      const values = decodeCounters(data);
      if (values === undefined) return tooShort(register, data);
      return { reading: { ...always(of), group: 'counters', values }, notes: [] };
    }
    default:
      return { rejected: 'unknown register', detail: registerName(register) };
  }
}

function basic(data: Uint8Array, of: ReadingFrame): Decoded {
  const info = decodeBasic(data);
  if (info === undefined) return tooShort(registers.basic, data);
  const notes: string[] = [];
  const known = (value: number, is: boolean, what: string): number => {
    if (!is) notes.push(what);
    return is ? value : NaN;
  };
  const { tail } = info;
  const values: Record<string, number> = {
    voltage: known(info.voltage, info.voltage !== nothing / 100, 'voltage'),
    current: info.current,
    remainingCapacity: info.remaining,
    nominalCapacity: info.nominal,
    cycles: info.cycles,
    stateOfCharge: known(info.charge, info.charge <= 100, 'state of charge'),
    protection: info.protection,
    chargeSwitch: info.switches & 1,
    dischargeSwitch: (info.switches >> 1) & 1,
    balancingCells: info.balanceLow + info.balanceHigh * 0x10000,
  };
  if (tail !== undefined) {
    // 0 and the highest number stand there where the electronics have not learned it.
    if (tail.full > 0 && tail.full !== nothing / 100) values['fullCapacity'] = tail.full;
    if (tail.alarms !== nothing) values['warnings'] = tail.alarms;
    // 0 is what batteries without a sensor tell.
    if (tail.humidity > 0 && tail.humidity <= 100) values['humidity'] = tail.humidity;
  }
  const temperatures = info.temperatures.map((celsius) =>
    celsius >= coldest && celsius <= hottest ? celsius : undefined,
  );
  if (temperatures.includes(undefined)) notes.push('temperature');
  if (info.cells === 0) notes.push('0 cells');
  return {
    reading: {
      ...of,
      group: 'basic',
      values,
      texts: texts(info),
      temperatures,
      balancing: balancingCells(info.balanceLow, info.balanceHigh),
    },
    notes,
  };
}

function texts({ software, produced }: BasicInfo): Record<string, string> {
  const date = productionDate(produced);
  return {
    firmware: `${software >> 4}.${software & 0x0f}`,
    ...(date !== undefined && { produced: date }),
  };
}

function cells(data: Uint8Array, of: ReadingFrame): Decoded {
  const millivolts = decodeCells(data);
  if (millivolts.length === 0) return { rejected: 'implausible', detail: '0 cells' };
  if (millivolts.length > mostCells) return { rejected: 'implausible', detail: `${millivolts.length} cells` };
  // 0 is a cell that is not there: some firmware tells one too many.
  const volts = millivolts.map((mv) => (mv === 0 || mv === nothing ? undefined : mv / 1000));
  if (volts.every((value) => value === undefined))
    return { rejected: 'implausible', detail: 'no cell has a voltage' };
  return {
    reading: { ...of, group: 'cells', values: {}, cells: { first: 0, total: volts.length, volts } },
    notes: millivolts.includes(nothing) ? ['cell'] : [],
  };
}

/** Asked for once only: it does not age. */
function always(of: ReadingFrame): ReadingFrame {
  return { ...of, period: Infinity };
}

function tooShort(register: number, data: Uint8Array): Decoded {
  return { rejected: 'short answer', detail: `${registerName(register)} has ${data.length} bytes` };
}
