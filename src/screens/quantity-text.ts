import { batteryQuantities, type BatteryQuantity } from '../model/quantities';
import { formatOr, missing, signed } from './format';

/** The number alone, with the decimals that screens have for it; the sign for unknown without one. */
export function glanceText(quantity: BatteryQuantity, value: number | undefined): string {
  return formatOr(value, batteryQuantities[quantity].glance);
}

/** The same with a plus sign in front of what is above zero. */
export function signedText(quantity: BatteryQuantity, value: number | undefined): string {
  return value === undefined ? missing : signed(value, batteryQuantities[quantity].glance);
}
