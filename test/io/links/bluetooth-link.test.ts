import { jbdBle } from '../../../src/devices/jbd/jbd-ble';
import { BluetoothLinkOpener } from '../../../src/io/links/bluetooth-link';
import { DeviceSource } from '../../../src/io/links/device-source';
import type { SourceStatus } from '../../../src/model/source-status';
import { statusText } from '../../../src/words/en';
import { contextOf, FakeDeviceClock } from '../../devices/fake-device';
import { RecordingReadingSink } from '../../devices/recording-reading-sink';
import { bluezWithBattery } from '../bluetooth/bluez-with-battery';
import { battery, radioWith } from '../bluetooth/fake-bluez';

test('a battery is read, lost with the service and read again, and at the end nothing is left', async () => {
  const clock = new FakeDeviceClock();
  const bluez = bluezWithBattery();
  const { radio, buses } = radioWith(bluez, { timers: clock.timers });
  const statuses: string[] = [];
  const sink = Object.assign(new RecordingReadingSink(), {
    status: (status: SourceStatus) => void statuses.push(statusText(status)),
  });
  const says = async (text: RegExp): Promise<void> => {
    for (let tries = 0; !text.test(statuses.at(-1) ?? ''); tries++) {
      if (tries === 1000) throw new Error(`says ${String(statuses.at(-1))}`);
      await clock.timers.advance(50);
    }
  };
  const source = new DeviceSource({
    type: jbdBle,
    context: contextOf(clock, { every: 10 }),
    opener: new BluetoothLinkOpener(battery, radio),
    timers: clock.timers,
  });
  const stop = new AbortController();
  const run = source.run(stop.signal, sink);
  await says(/^Reading house at A4:C1:37:04:2D:BE$/);
  expect(sink.of('cells')?.cells?.total).toBe(4);
  bluez.stop();
  await says(/^The connection to A4:C1:37:04:2D:BE was lost: next try in 1 s$/);
  await says(/^The Bluetooth service does not run: /);
  bluez.start();
  await says(/^Reading house/);
  // In the middle of connecting, too.
  bluez.instead.set('Connect', () => new Promise(() => undefined));
  bluez.unplug();
  bluez.plugIn();
  await says(/was lost/);
  await clock.timers.advance(2000);
  stop.abort();
  await clock.timers.advance(0);
  await run;
  expect(clock.timers.pending).toBe(0);
  expect(buses.map(({ isOpen }) => isOpen)).toEqual([false]);
});
