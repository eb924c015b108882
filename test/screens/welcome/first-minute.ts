import type { MonitoredBattery } from '../../../src/model/site';
import { dayPalette } from '../../../src/render/theme';
import { createNavigator } from '../../../src/screens/all-screens';
import type { ConfigParts } from '../../../src/screens/config/pages';
import type { Navigator } from '../../../src/screens/navigator';
import type { Surroundings } from '../../../src/screens/screen';
import { WelcomeTurn } from '../../../src/screens/welcome/welcome-turn';
import { placeOf, root, silence, surroundings } from '../stories';

/** What is told while nothing was received, a minute after the start. */
export const silent: Surroundings = {
  ...surroundings(0),
  source: { ...surroundings(0).source, frames: 0, ignored: 0, malformed: 0, sender: undefined },
};

/** A display that is as it was unpacked, with a finger. */
export class FirstMinute {
  readonly navigator: Navigator;
  readonly demonstrations: string[] = [];
  private around = silent;

  /** @param from monotonic ms from which on the welcome may stand */
  constructor(
    readonly battery: MonitoredBattery = silence(),
    config: ConfigParts = {},
    [width, height]: readonly [number, number] = [800, 480],
    from = silent.now,
  ) {
    const now = (): number => this.around.now;
    const turn = new WelcomeTurn({ from, heard: () => battery.battery.age(now()) < Infinity });
    const options = { width, height, root, palette: dayPalette, powerScale: 10, animate: false, config };
    this.navigator = createNavigator(battery, options, 'main', undefined, undefined, undefined, {
      stands: (at) => turn.stands(at),
      dismiss: () => turn.dismiss(),
      demonstrate: () => this.demonstrations.push('battery'),
    });
    this.look();
  }

  /** Lets time pass. */
  look(ms = 0): this {
    this.around = { ...this.around, now: this.around.now + ms };
    this.navigator.update(this.around);
    return this;
  }

  touch(name: string): this {
    const place = placeOf(this.navigator.targets, name);
    this.navigator.pointer({ type: 'press', ...place });
    this.navigator.pointer({ type: 'release', ...place });
    return this.look(20);
  }

  get names(): readonly string[] {
    return this.navigator.targets.map(({ name }) => name);
  }
}
