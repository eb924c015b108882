import { createDevicesDesk } from '../../../src/desk/devices-desk';
import { deviceFacts } from '../../../src/features/hearing/device-facts';
import type { LinkedDevice } from '../../../src/features/hearing/device-sources';
import type { Reception } from '../../../src/features/hearing/reception';
import { setupServices } from '../../../src/features/hearing/setup-services';
import { siteDevices } from '../../../src/features/hearing/site-devices';
import { BluetoothLinkOpener, scanBluetooth } from '../../../src/io/links/bluetooth-link';
import { DeviceSource } from '../../../src/io/links/device-source';
import { Site } from '../../../src/model/site';
import { Surface } from '../../../src/render/surface';
import { dayPalette } from '../../../src/render/theme';
import { createNavigator } from '../../../src/screens/all-screens';
import type { ConfigParts } from '../../../src/screens/config/pages';
import type { Navigator } from '../../../src/screens/navigator';
import { resolveSettings } from '../../../src/settings/resolve-settings';
import { FakeDeviceClock } from '../../devices/fake-device';
import { bluezWithBattery } from '../../io/bluetooth/bluez-with-battery';
import { radioWith } from '../../io/bluetooth/fake-bluez';
import { textsOn } from '../../pictures/written-texts';
import { desk } from '../../screens/config/config-stories';
import { placeOf, root, surroundings } from '../../screens/stories';

const clock = new FakeDeviceClock();
const wall = { monotonic: () => clock.monotonic(), wall: () => new Date(2026, 5, 12, 12, 41) };
const calls: string[] = [];
const bluez = bluezWithBattery();
const { radio, buses } = radioWith(bluez, { timers: clock.timers });

function sourceOf({ name, type, values }: LinkedDevice): DeviceSource {
  return new DeviceSource({
    type,
    context: { name, values, clock },
    opener: new BluetoothLinkOpener(String(values['address']), radio),
    timers: clock.timers,
  });
}

/** A display with a finger in front of it. */
class Finger {
  readonly navigator: Navigator;

  constructor(site: Site, config: ConfigParts) {
    this.navigator = createNavigator(
      site.main,
      { width: 800, height: 480, root, palette: dayPalette, powerScale: 1, animate: false, config },
      'main',
    );
    this.look();
  }

  /** Lets time pass, and looks. */
  async wait(ms: number): Promise<void> {
    await clock.timers.advance(ms);
    this.look();
  }

  async tap(name: string, ms = 100): Promise<void> {
    const place = placeOf(this.navigator.targets, name);
    this.navigator.pointer({ type: 'press', ...place });
    this.navigator.pointer({ type: 'release', ...place });
    await this.wait(ms);
  }

  texts(): string[] {
    const surface = new Surface(800, 480);
    surface.show(this.navigator.scene);
    surface.repaint();
    return textsOn(surface.canvas).map(({ text }) => text);
  }

  private look(): void {
    this.navigator.update({ ...surroundings(0), now: clock.monotonic() });
  }
}

test('a newcomer with a JBD battery gets to its cells by touches alone, from a display that was never told anything', async () => {
  const before = desk();
  const settings = resolveSettings([{ values: {}, describe: (name) => name }]);
  const site = new Site();
  site.add('battery', 'battery');
  const waiting: Pick<Reception, 'name' | 'status'> = {
    name: 'battery',
    status: {
      state: 'up',
      label: 'UDP 6500',
      report: { code: 'udp-listening', values: { port: 6500, broadcastsOnly: false } },
    },
  };
  const facts = deviceFacts({ settings, site, clock: wall, receptions: () => [waiting as Reception] });
  const services = setupServices(settings, {
    scan: (ms, signal, heard) => scanBluetooth(ms, signal, heard, radio),
    ports: () => Promise.resolve([]),
    source: (device) => {
      calls.push(`source ${device.name}`);
      return Promise.resolve(sourceOf(device));
    },
    timers: clock.timers,
    now: () => clock.monotonic(),
  });
  const devices = createDevicesDesk({ ...facts, services }, before.editor, { elsewhere: new Map() });
  const finger = new Finger(site, { editor: before.editor, devices });

  await finger.tap('settings');
  await finger.tap('add device');
  await finger.tap('add bluetooth', 3000);
  expect(bluez.calls).toContain('StartDiscovery hci0');
  await finger.tap('found 0');
  expect(bluez.calls).toContain('StopDiscovery hci0');
  await finger.tap('try', 15_000);
  expect(finger.texts()).toEqual(expect.arrayContaining(['Battery answers']));
  await finger.tap('save');
  await finger.tap('yes');
  expect(before.written).toEqual([
    { devices: [{ type: 'jbd-ble', name: 'Battery', address: 'A4:C1:37:04:2D:BE' }] },
  ]);
  expect([before.restarts, calls]).toEqual([1, ['source Battery']]);
  // All that was open for the search and the first reading is closed.
  await clock.timers.advance(0);
  expect([clock.timers.pending, buses.filter(({ isOpen }) => isOpen)]).toEqual([0, []]);

  // packdial starts again, with what was written.
  const values = before.written.at(-1)!;
  const read = await siteDevices(resolveSettings([{ values, describe: (name) => name }]));
  const after = new Site();
  for (const { name, type } of read.devices) after.add(name, type.kind);
  const stop = new AbortController();
  const runs = read.devices.map((device) =>
    sourceOf(device as LinkedDevice).run(stop.signal, {
      reading: (reading) => after.apply(reading),
      rejected: () => undefined,
      status: () => undefined,
    }),
  );
  const display = new Finger(after, { editor: before.editor });
  await display.wait(5000);
  await display.tap('cells');
  expect(display.navigator.screenName).toBe('cells');
  const volts = after.main.battery.cells.voltages(clock.monotonic());
  expect(volts).toHaveLength(4);
  for (const cell of volts) expect(cell).toBeGreaterThan(3);
  expect(display.texts()).toContain('4 cells');
  stop.abort();
  await clock.timers.advance(5000);
  await Promise.all(runs);
});
