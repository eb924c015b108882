import type { ByteLink, DeviceSimulation, GattLink } from '../device-type';
import { toggleSetting } from '../shared-settings';
import { factoryPassword } from './authentication';
import { jbdSimulation } from './simulated-battery';
import { SimulatedModule } from './simulated-module';

/** The same battery behind a Bluetooth module, with or without a password. */
export const jbdBleSimulation: DeviceSimulation<GattLink> = {
  settings: {
    ...jbdSimulation.settings,
    locked: toggleSetting('the module hands nothing on before its password was given'),
  },
  offer: () => ({
    name: 'JBD-SIMULATED',
    services: [
      {
        uuid: 'ff00',
        characteristics: [
          { uuid: 'ff01', flags: ['read', 'notify'] },
          { uuid: 'ff02', flags: ['write', 'write-without-response'] },
        ],
      },
    ],
  }),
  play: async (link, context, signal) => {
    const { locked, password = factoryPassword } = context.values;
    const module = new SimulatedModule({
      address: link.address,
      password: String(password),
      locked: locked === true,
      random: () => Math.floor(context.clock.monotonic()) & 0xff,
    });
    const listeners = new Set<(piece: Uint8Array) => void>();
    const stop = await link.notifications('ff02', (piece) => {
      const answer = module.answer(piece);
      if (answer !== undefined) void link.write('ff01', answer).catch(() => undefined);
      else if (module.isOpen) for (const listener of listeners) listener(piece);
    });
    const bytes: ByteLink = {
      kind: 'bytes',
      write: (data) => link.write('ff01', data),
      receive: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      closed: link.closed,
    };
    try {
      await jbdSimulation.play(bytes, context, signal);
    } finally {
      stop();
    }
  },
};
