import { evtvReading } from '../../src/devices/evtv/readings';
import { decodeEvtvFrame } from '../../src/devices/evtv/decode';
import { dataFrame } from '../../src/protocol/can-frame';
import { Site } from '../../src/model/site';
import { Surface } from '../../src/render/surface';
import { dayPalette } from '../../src/render/theme';
import { createNavigator, whichever } from '../../src/screens/all-screens';
import type { Navigator } from '../../src/screens/navigator';
import type { Surroundings } from '../../src/screens/screen';
import type { LiveDevice } from '../../src/screens/config/devices/devices-desk';
import { boatDevices } from '../../src/simulation/boat-devices';
import type { RawSettings } from '../../src/settings/settings';
import { WifiSetup } from '../../src/desk/wifi';
import type { WifiDesk } from '../../src/screens/config/network/wifi-desk';
import type { InformationLine } from '../../src/screens/config/service';
import { allActions } from '../screens/config/config-stories';
import { unansweredDatabases } from '../screens/config/databases/database-story';
import { devicesStory } from '../screens/config/device-stories';
import { FakeSetupServices } from '../screens/config/fake-setup-services';
import { FakeWifi } from '../screens/config/network/fake-wifi';
import { aboard, boat, type Told } from '../screens/device/device-stories';
import { heardAt, placeOf, root, surroundings } from '../screens/stories';
import { batteryFrames } from './installed-display';
import { fromPng, type Picture } from './machine/picture';

/** As many lines as the display in the machine has: how many pages they take is told by their number. */
const information = (): InformationLine[] =>
  ['Address', 'Data folder', 'Settings file', 'Log', 'History', 'packdial', 'Machine'].map((label) => ({
    label,
    text: '',
  }));

/** How the display in the machine is drawn. */
const look = { width: 800, height: 480, root, palette: dayPalette, animate: false } as const;

/**
 * The same screens over the same devices, here: what is touched in the machine is touched here too, and tells where that lies
 * and what must be seen then. Nothing moves in it and no time passes.
 */
export class Twin {
  /** @param around what surrounds the screens, ms after all was received */
  constructor(
    private readonly navigator: Navigator,
    private readonly around: (age: number) => Surroundings,
  ) {
    navigator.update(around(0));
  }

  /** Touches something. Returns the middle of where it is, in pixels. */
  touch(name: string): readonly [x: number, y: number] {
    const place = placeOf(this.navigator.targets, name);
    this.navigator.pointer({ type: 'press', ...place });
    this.navigator.pointer({ type: 'release', ...place });
    // Later than anything that was touched, and all movement is over.
    this.navigator.update(this.around(300));
    return [place.x, place.y];
  }

  /** Pushes something upwards with a finger. Returns where the finger was put down. @param by pixels */
  push(name: string, by: number): readonly [x: number, y: number] {
    const { x, y } = placeOf(this.navigator.targets, name);
    this.navigator.pointer({ type: 'press', x, y });
    this.navigator.pointer({ type: 'move', x, y: y - by });
    this.navigator.pointer({ type: 'release', x, y: y - by });
    this.navigator.update(this.around(300));
    return [x, y];
  }

  /** Takes over what the test says of its surroundings. */
  look(): void {
    this.navigator.update(this.around(300));
  }

  has(name: string): boolean {
    return this.navigator.targets.some((target) => target.name === name);
  }

  picture(): Picture {
    const surface = new Surface(800, 480);
    surface.show(this.navigator.scene);
    surface.repaint();
    return fromPng(surface.canvas.toBuffer('image/png'));
  }
}

/**
 * A twin of a display with one battery.
 *
 * @param values the settings that the display in the machine has
 * @param isSilent nothing was received there since its start, so that its settings open with the devices
 * @param wifi the Wi-Fi that it sees; default: it looks for it
 */
export function batteryTwin(values: RawSettings, isSilent = false, wifi = new FakeWifi()): Twin {
  const around = surroundings(0);
  const monitored = new Site().battery('battery');
  for (const frame of batteryFrames) {
    const [id = '', data = ''] = frame.split('#');
    const decoded = decodeEvtvFrame(dataFrame(parseInt(id, 16), Buffer.from(data, 'hex')));
    if ('rejected' in decoded) throw new Error(`${frame}: ${decoded.rejected}`);
    monitored.battery.apply(evtvReading(decoded, around.now));
  }
  const { editor, devices } = devicesStory({
    values,
    facts: { services: new FakeSetupServices(), isSilent: () => isSilent },
  });
  const databases = unansweredDatabases(editor);
  const config = { editor, devices, databases, wifi: pagesOf(wifi), service: allActions(), information };
  const navigator = createNavigator(monitored, { ...look, powerScale: 10, config });
  return new Twin(navigator, surroundings);
}

function pagesOf(wifi: FakeWifi): WifiDesk {
  return new WifiSetup({ wifi, changed: () => undefined });
}

/** The values of a boat's devices by their names in the demonstration. */
const told: Told = {
  house: boat['House'] ?? {},
  bow: { ...boat['House'], temperatures: [19.5] },
  charger: boat['Roof'] ?? {},
  solar: boat['Shunt'] ?? {},
  load: boat['Inverter'] ?? {},
};

/** A twin of a display that shows the boat of `--demo boat`, as it is while all is well there. */
export function boatTwin(): Twin {
  const site = new Site();
  for (const name of ['house', 'bow']) site.add(name, 'battery');
  site.add('charger', 'solar-charger');
  for (const role of ['solar', 'load'] as const) site.add(role, 'meter', role);
  site.join();
  for (const [device, reading] of Object.entries(told))
    site.apply({ device, at: heardAt, group: 'all', period: 1000, values: {}, ...reading });
  site.sample(heardAt);
  const load = { on: true, switch: () => Promise.resolve('done' as const) };
  const received = { freshness: 'fresh', age: 0, signal: undefined, text: '' } as const;
  const live = (name: string): LiveDevice => (name === 'charger' ? { ...received, load } : received);
  const { devices, editor } = devicesStory({ values: { devices: boatDevices }, facts: { live } });
  const navigator = createNavigator(
    whichever(() => site.shown),
    {
      ...look,
      powerScale: 1,
      config: {
        editor,
        devices,
        databases: unansweredDatabases(editor),
        wifi: pagesOf(new FakeWifi()),
        service: allActions(),
        information,
      },
    },
    'main',
    (device) => site.show(device),
    () => site.watched(),
    (device) => site.find(device),
  );
  return new Twin(navigator, (age) => aboard(site, age));
}
