import { Bank, switchedOff, type SwitchedOff } from '../model/bank';
import { Battery } from '../model/battery';
import type { Device } from '../model/device';
import { unknown, type Quantity } from '../model/freshness';
import { mainQuantities } from '../model/quantities';
import type { DeviceAlarms, Site } from '../model/site';
import { siteFlows } from '../model/site-flows';
import { alarmShort } from '../words/en';
import type { DeviceView, Surroundings } from './screen';

/** What a site of several devices has to be told of it. @param now monotonic ms */
export function siteViews(site: Site, now: number): Pick<Surroundings, 'devices' | 'flows'> {
  const devices = [...site.devices()];
  const views = deviceViews(devices, site.shown.battery.name, now, site.watched());
  return { devices: views, flows: siteFlows(devices, now) };
}

/**
 * The views of several devices, a bank among them, in the order given.
 *
 * @param shown name of the battery or bank on the dial
 * @param now monotonic ms
 * @param watched what is wrong with them
 */
export function deviceViews(
  devices: Iterable<Device>,
  shown: string,
  now: number,
  watched: Iterable<DeviceAlarms> = [],
): DeviceView[] {
  const alarms = new Map(Array.from(watched, ({ alarmsOf, alarms: { list } }) => [alarmsOf, list]));
  return Array.from(devices, (device) => {
    const age = device.age(now);
    const [worst] = alarms.get(device.name) ?? [];
    const common = {
      name: device.name,
      age,
      shown: device.name === shown,
      ...(worst !== undefined && {
        alarm: { text: alarmShort(worst.report), acknowledged: worst.acknowledged },
      }),
    };
    if (device instanceof Bank)
      return { ...common, ...bankView(device, now), current: device.current(now).value };
    const main = mainQuantity(device, now);
    if (device instanceof Battery) {
      const off = (name: 'dischargeSwitch' | 'chargeSwitch'): SwitchedOff => switchedOff([device], name, now);
      return {
        ...common,
        kind: device.kind,
        freshness: main.freshness,
        stateOfCharge: device.quantity('stateOfCharge', now).value,
        current: device.current(now).value,
        switchedOff: { discharge: off('dischargeSwitch'), charge: off('chargeSwitch') },
      };
    }
    // What tells only other things is received all the same.
    const freshness = main.value === undefined ? device.freshness(now) : main.freshness;
    return { ...common, kind: device.kind, freshness, watts: main.value, ...besides(device, now) };
  });
}

/** What there is to say of a charger or a meter in a line beside its watts. */
function besides(device: Device, now: number): Partial<DeviceView> {
  const of = (name: string): number | undefined => device.quantity(name, now).value;
  if (device.kind === 'meter') return { current: of('current'), volts: of('voltage') };
  return {
    mode: device.texts.get('mode'),
    temperature: of('controllerTemperature'),
    volts: of('batteryVoltage'),
  };
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
