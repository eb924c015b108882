import type { Outcome, SetupServices } from '../../../src/desk/device-setup';
import type { SetupReport } from '../../../src/model/setup-reports';
import type { DeviceEntry } from '../../../src/screens/config/devices/devices-desk';
import type {
  SetupContext,
  Found,
  FoundDevice,
  TriedReading,
} from '../../../src/screens/config/devices/setup-view';

/** What a test's machine answers, when the test says so. */
export class FakeSetupServices implements SetupServices {
  /** Says what was found so far. */
  found: (found: Found) => void = () => undefined;
  /** Ends the search. */
  searched: (trouble?: SetupReport) => void = () => undefined;
  /** What its source says while a device is read. */
  tell: (report: SetupReport) => void = () => undefined;
  /** Ends the reading. */
  tried: (outcome: Outcome<TriedReading>) => void = () => undefined;
  /** Of the latest search or reading. */
  signal: AbortSignal | undefined;
  searches = 0;
  serial: readonly string[] = [];
  refusal: string | undefined;
  /** What was to be read, in order. */
  readonly wanted: DeviceEntry[] = [];
  /** What was checked last. */
  checked: readonly DeviceEntry[] = [];
  checkedBank: SetupContext['bank'] | undefined;

  search(
    _: readonly DeviceEntry[],
    signal: AbortSignal,
    found: (found: Found) => void,
  ): Promise<SetupReport | undefined> {
    this.searches++;
    this.signal = signal;
    this.found = found;
    return new Promise((resolve) => (this.searched = resolve));
  }

  ports(): Promise<readonly string[]> {
    return Promise.resolve(this.serial);
  }

  check(entries: readonly DeviceEntry[], bank: SetupContext['bank']): Promise<string | undefined> {
    this.checked = entries;
    this.checkedBank = bank;
    return Promise.resolve(this.refusal);
  }

  tryReading(
    entry: DeviceEntry,
    signal: AbortSignal,
    tell: (report: SetupReport) => void,
  ): Promise<Outcome<TriedReading>> {
    this.wanted.push(entry);
    this.signal = signal;
    this.tell = tell;
    return new Promise((resolve) => (this.tried = resolve));
  }
}

const device = (
  name: string,
  address: string,
  signal: number,
  changes: Partial<FoundDevice> = {},
): FoundDevice => ({
  address,
  name,
  signal,
  type: 'jbd-ble',
  kind: 'battery',
  hasPassword: true,
  asks: [],
  ...changes,
});

/** What is in the air of a harbour. */
export const harbour: Found = {
  devices: [
    device('JBD-SP04S034L4S', 'A4:C1:37:04:2D:BE', -54),
    device('BT-LTMPPT-1234', 'C8:47:80:11:22:33', -71, {
      type: 'litime-ble',
      kind: 'solar-charger',
      hasPassword: false,
    }),
    device('PowerMon 7', 'F0:5E:CD:00:00:01', -83, {
      type: 'thornwave-ble',
      kind: 'meter',
      asks: [{ name: 'role', options: ['solar', 'inverter', 'load', 'battery', 'other'] }],
      hasPassword: false,
    }),
  ],
  listed: 0,
  others: 4,
};

/** A first reading of a battery of four cells. */
export const firstReading: TriedReading = {
  kind: 'battery',
  values: { voltage: 13.31, stateOfCharge: 78, current: -2.87 },
  cells: [3.33, 3.325, 3.332, 3.32],
};

/** Lets all that goes on without time passing go on. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}
