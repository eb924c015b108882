import { Variant } from '@jellybrick/dbus-next';
import { Radio } from '../../../src/io/bluetooth/radio';
import { linkText } from '../../../src/words/en';
import { settled } from '../fake-timers';
import { FakeBluez, hci0 } from './fake-bluez';
import { FakeBus } from '../system-bus/fake-bus';

const own = '00:AA:01:00:00:42';
const offer = { name: 'JBD-PLAYED', services: [{ uuid: 'ff00', characteristics: [] }] };

it.each<[string, (bluez: FakeBluez) => void]>([
  [`No Bluetooth adapter of this machine has the address ${own}`, (bluez) => bluez.unplug()],
  ['The Bluetooth service does not run', (bluez) => bluez.stop()],
])('a played device ends with its adapter and with the service: %s', async (text, end) => {
  const bluez = new FakeBluez();
  const radio = new Radio({ open: () => new FakeBus(bluez) });
  const played = await radio.play(own, offer);
  let reason: string | undefined;
  void played.closed.then((report) => (reason = linkText(report)));
  bluez.change(hci0, 'org.bluez.Adapter1', { Discovering: new Variant('b', true) });
  await settled();
  expect(reason).toBeUndefined();
  end(bluez);
  await settled();
  expect(reason).toContain(text);
  await radio.close();
});
