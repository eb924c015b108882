import type { ByteLink, DeviceType } from '../device-type';
import { everySetting, serialPortSetting } from '../shared-settings';
import { converse } from './conversation';
import { JbdListener } from './listener';
import { jbdSimulation } from './simulated-battery';

/** A JBD battery (Xiaoxiang, Overkill Solar, Liontron …) at a serial line: 9600 8N1. */
export const jbdSerial: DeviceType<ByteLink> = {
  type: 'jbd-serial',
  kind: 'battery',
  link: 'serial',
  baudRate: 9600,
  settings: { port: serialPortSetting, every: everySetting(5) },
  converse,
  listen: (context, sink) => {
    const listener = new JbdListener(context, sink);
    return ({ at, bytes }) => {
      if (bytes === undefined) listener.settle(at);
      else listener.push(bytes, at);
    };
  },
  simulation: jbdSimulation,
};
