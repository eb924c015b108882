import { screenNames } from '../../src/screens/screen';
import type { Random } from '../../src/simulation/random';
import type { Panel } from './panel';

/** Touches of each screen on one visit. */
const touches = 3;

/** Opens every screen with a key, touches each in some places, and goes back; all of it is drawn. */
export function useScreens({ display, width, height }: Panel, random: Random): void {
  const press = (key: string): void => {
    display.key({ key, action: 'down', command: false });
    display.draw();
  };
  for (let screen = 0; screen < screenNames.length; screen++) {
    press('Right');
    for (let touch = 0; touch < touches; touch++) {
      const x = Math.floor(random() * width);
      const y = Math.floor(random() * height);
      for (const type of ['press', 'release'] as const) {
        display.pointer({ type, x, y });
        display.draw();
      }
    }
  }
  press('Escape');
}
