import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { SerialCable } from '../io/links/serial-cable';
import { InstalledDisplay } from './installed-display';
import { listedDevices } from './listed-devices';

const checkout = resolve(__dirname, '../..');

test('an EVTV battery over UDP and a JBD battery on a USB serial adapter are one bank, and each goes by itself', async () => {
  const cable = new SerialCable();
  await cable.plugIn();
  const battery: ChildProcess = spawn(
    process.execPath,
    [resolve(checkout, 'dist/packdial.js'), 'simulate', '--device', `jbd-serial,port=${cable.near}`],
    { stdio: 'ignore' },
  );
  let silence = (): void => undefined;
  try {
    await InstalledDisplay.with({}, async (display, machine) => {
      silence = display.sendDatagrams();
      await machine.plugSerial('bms', cable.far);
      await machine.run('for i in {1..100}; do [ -e /dev/ttyUSB0 ] && exit; sleep 0.2; done; exit 1');
      await display.configure(
        '--web localhost --device evtv-udp,name=boat --device jbd-serial,name=house,port=/dev/ttyUSB0,every=1',
      );
      const are = (boat: string, house: string): Promise<void> =>
        display.eventually(`boat ${boat}, house ${house}`, async () => {
          const devices = await listedDevices(machine);
          return devices.get('boat')?.freshness === boat && devices.get('house')?.freshness === house;
        });
      await are('fresh', 'fresh');
      const devices = await listedDevices(machine);
      expect(devices.get('boat')?.values).toMatchObject({ voltage: 48.6 });
      const { voltage = 0, current = 0 } = devices.get('house')?.values ?? {};
      expect(voltage).toBeGreaterThan(10);
      expect(devices.get('Bank')?.values['current']).toBeCloseTo(
        (devices.get('boat')?.values['current'] ?? NaN) + (current ?? NaN),
        0,
      );
      await display.showsOwnPicture();

      // Pulled out, the battery on it ages, and the other goes on.
      await machine.pullSerial('bms');
      await are('fresh', 'lost');
      await display.showsOwnPicture();
      await machine.plugSerial('bms', cable.far);
      await are('fresh', 'fresh');
      silence();
      await are('lost', 'fresh');
      await display.showsOwnPicture();
    });
  } finally {
    silence();
    battery.kill();
    await once(battery, 'close');
    await cable.remove();
  }
}, 900_000);
