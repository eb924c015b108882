/** A device of a site as it stands in the settings, without its address. */
export interface SiteDevice {
  readonly type: string;
  readonly name: string;
  readonly role?: string;
}

/** What is on the boat that `simulate --site boat` and `run --demo boat` play; all of them are read over Bluetooth. */
export const boatDevices: readonly SiteDevice[] = [
  { type: 'jbd-ble', name: 'house' },
  { type: 'jbd-ble', name: 'bow' },
  { type: 'litime-ble', name: 'charger' },
  { type: 'thornwave-ble', name: 'solar', role: 'solar' },
  { type: 'thornwave-ble', name: 'load', role: 'load' },
];
