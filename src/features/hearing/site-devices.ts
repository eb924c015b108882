import { chooseBank, type BankChoice } from '../../devices/bank-choice';
import { parseDevices, type ConfiguredDevice, type ParseOptions } from '../../devices/parse-device';
import { meterRole, type MeterRole } from '../../model/meter-role';
import type { Settings } from '../../settings/settings';
import type { RemoteDevice } from './remote-devices';

/** What is read here, or by the sender that a receiver shows. */
export type SiteDevice = ConfiguredDevice | RemoteDevice;

/** What is read, and which of it belongs together. */
export interface SiteDevices {
  /** Those that are not removed. */
  readonly devices: readonly SiteDevice[];
  readonly bank: BankChoice | undefined;
}

/**
 * The devices of a site as its settings have them.
 *
 * @throws UserError (as a rejection) for a device or a bank that can't be
 */
export async function siteDevices(
  { devices: raw, bank }: Pick<Settings, 'devices' | 'bank'>,
  options?: ParseOptions,
): Promise<SiteDevices & { readonly devices: readonly ConfiguredDevice[] }> {
  const devices = await parseDevices(raw, options);
  return { devices: devices.filter(({ removed }) => !removed), bank: chooseBank(bank, devices) };
}

/** What the meter of this name measures; `undefined` for what is no meter. */
export function roleOf(devices: SiteDevices['devices'], name: string): MeterRole | undefined {
  return meterRole(devices.find((device) => device.name === name)?.values['role']);
}
