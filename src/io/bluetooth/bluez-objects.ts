import { BusObjects } from '../system-bus/bus-objects';
import type { SystemBus } from '../system-bus/system-bus';
import type { Timers } from '../timers';

/** BlueZ's name on the bus. */
export const bluez = 'org.bluez';

/** BlueZ's interface of an adapter. */
export const adapterInterface = 'org.bluez.Adapter1';
/** BlueZ's interface of a device that was heard or is connected. */
export const deviceInterface = 'org.bluez.Device1';
/** BlueZ's interfaces of what a device offers, its own and ours when we play one. */
export const serviceInterface = 'org.bluez.GattService1';
export const characteristicInterface = 'org.bluez.GattCharacteristic1';

/**
 * BlueZ's adapters, devices and characteristics. It delivers notifications as a change of a property, too.
 *
 * @throws BusError (as a rejection) as `BusObjects.open`
 */
export function openBluez(bus: SystemBus, timers: Timers): Promise<BusObjects> {
  return BusObjects.open(bus, { service: bluez, root: '/' }, timers);
}
