import { SimulatedJbd } from '../../../src/devices/jbd/simulated-battery';
import { FakeBluez, tells } from './fake-bluez';

/** BlueZ with a battery that answers behind its characteristics. */
export function bluezWithBattery(): FakeBluez {
  const bluez = new FakeBluez();
  const answering = new SimulatedJbd({ cells: 4, probes: 1, form: 'long' });
  const call = bluez.call.bind(bluez);
  bluez.call = async (path, member, body) => {
    const result = await call(path, member, body);
    if (member === 'WriteValue')
      for (const answer of answering.answers(Uint8Array.from(body[0] as Iterable<number>), 0))
        bluez.notify(tells, Buffer.from(answer).toString('hex'));
    return result;
  };
  return bluez;
}
