import { Bank, switchedOff, type SwitchedOff } from '../model/bank';
import { Battery } from '../model/battery';
import type { Device } from '../model/device';
import { unknown, type Quantity } from '../model/freshness';
import type { DeviceView } from './screen';
import { mainQuantities } from '../model/quantities';

/**
 * The views of several devices for the strip, a bank among them, in the order given.
 *
 * @param shown name of the battery or bank on the dial
 * @param now monotonic ms
 */
export function deviceViews(devices: Iterable<Device>, shown: string, now: number): DeviceView[] {
  return Array.from(devices, (device) => {
    const age = device.age(now);
    const common = { name: device.name, age, shown: device.name === shown };
    if (device instanceof Bank) return { ...common, ...bankView(device, now) };
    const freshness = mainQuantity(device, now).freshness;
    if (device instanceof Battery) {
      const stateOfCharge = device.quantity('stateOfCharge', now).value;
      const off = (name: 'dischargeSwitch' | 'chargeSwitch'): SwitchedOff => switchedOff([device], name, now);
      const switches = { discharge: off('dischargeSwitch'), charge: off('chargeSwitch') };
      return { ...common, kind: device.kind, freshness, stateOfCharge, switchedOff: switches };
    }
    return { ...common, kind: device.kind, freshness, watts: mainQuantity(device, now).value };
  });
}

function bankView(
  bank: Bank,
  now: number,
): Pick<DeviceView, 'kind' | 'freshness' | 'stateOfCharge' | 'presence' | 'switchedOff'> {
  const { present, of } = bank.presence(now);
  const stateOfCharge = bank.quantity('stateOfCharge', now).value;
  const whole = present === of;
  return {
    kind: 'bank',
    freshness: bank.freshness(now),
    stateOfCharge,
    presence: whole || present === 0 ? undefined : `${present} of ${of}`,
    switchedOff: {
      discharge: bank.switchedOff('dischargeSwitch', now),
      charge: bank.switchedOff('chargeSwitch', now),
    },
  };
}

/** What a device is there for, the first that is known: how far it may be believed is the device's state. */
function mainQuantity(device: Device, now: number): Quantity {
  for (const name of mainQuantities[device.kind]) {
    const quantity = device.quantity(name, now);
    if (quantity.value !== undefined) return quantity;
  }
  return unknown;
}
