import { alwaysIn } from '../../model/quantities';
import type { DeviceType, GattLink } from '../device-type';
import { addressSetting, choiceSetting, everySetting } from '../shared-settings';
import { shortUuid } from '../../protocol/uuid';
import { chargeModeLists } from './charge-modes';
import { converse, normalInterval, pollInterval } from './conversation';
import { litimeBleSimulation } from './litime-ble-simulation';
import { switchLoad } from './load-switch';
import { ControllerReplies } from './replies';
import { controllerCharacteristic } from './requests';

/** LiTime's MPPT controllers; HQST and Helios sell the same ones. LiTime's batteries use the same service. */
const namePattern = /^BT-LTMPPT/i;

/** A LiTime MPPT solar charger: Modbus RTU over one Bluetooth characteristic. */
export const litimeBle: DeviceType<GattLink> = {
  type: 'litime-ble',
  kind: 'solar-charger',
  link: 'gatt',
  settings: {
    address: addressSetting,
    every: everySetting(normalInterval),
    modes: choiceSetting(chargeModeLists, "whose names the charging mode's numbers are given"),
  },
  tells: [
    ...alwaysIn('json', 'solar-charger'),
    ...['chargeMode', 'loadStatus'],
    ...['ratedChargeCurrent', 'ratedLoadCurrent', 'systemVoltageMax', 'systemVoltageMin'],
  ],
  converse,
  listen: (context, sink) => {
    const replies = new ControllerReplies(context, sink, pollInterval(context));
    return ({ at, bytes, characteristic }) => {
      if (bytes === undefined) return;
      if (characteristic === undefined || shortUuid(characteristic) === controllerCharacteristic)
        replies.push(bytes, at);
    };
  },
  switchLoad,
  recognises: ({ name }) => namePattern.test(name),
  simulation: litimeBleSimulation,
};
