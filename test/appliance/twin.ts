import { evtvReading } from '../../src/devices/evtv/readings';
import { decodeEvtvFrame } from '../../src/devices/evtv/decode';
import { dataFrame } from '../../src/protocol/can-frame';
import { Site } from '../../src/model/site';
import { Surface } from '../../src/render/surface';
import { dayPalette } from '../../src/render/theme';
import { createNavigator } from '../../src/screens/all-screens';
import type { RawSettings } from '../../src/settings/settings';
import type { InformationLine } from '../../src/screens/config/service';
import { allActions } from '../screens/config/config-stories';
import { devicesStory } from '../screens/config/device-stories';
import { FakeSetupServices } from '../screens/config/fake-setup-services';
import { placeOf, root, surroundings } from '../screens/stories';
import { batteryFrames } from './installed-display';
import { fromPng, type Picture } from './machine/picture';

/** As many lines as the display in the machine has: how many pages they take is told by their number. */
const information = (): InformationLine[] =>
  ['Address', 'Data folder', 'Settings file', 'Log', 'History', 'packdial', 'Machine'].map((label) => ({
    label,
    text: '',
  }));

/**
 * The same screens over the same battery, here: what is touched in the machine is touched here too, and tells where that lies
 * and what must be seen then. Nothing moves in it and no time passes.
 */
export class Twin {
  private readonly navigator;

  /**
   * @param values the settings that the display in the machine has
   * @param isSilent nothing was received there since its start, so that its settings open with the devices
   */
  constructor(values: RawSettings, isSilent = false) {
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
    this.navigator = createNavigator(monitored, {
      width: 800,
      height: 480,
      root,
      palette: dayPalette,
      powerScale: 10,
      animate: false,
      config: { editor, devices, service: allActions(), information },
    });
    this.navigator.update(around);
  }

  /** Touches something. Returns the middle of where it is, in pixels. */
  touch(name: string): readonly [x: number, y: number] {
    const place = placeOf(this.navigator.targets, name);
    this.navigator.pointer({ type: 'press', ...place });
    this.navigator.pointer({ type: 'release', ...place });
    // Later than anything that was touched, and all movement is over.
    this.navigator.update(surroundings(300));
    return [place.x, place.y];
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
