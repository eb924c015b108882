import { Surface } from '../../src/render/surface';
import { dayPalette } from '../../src/render/theme';
import { createNavigator } from '../../src/screens/all-screens';
import type { Scene } from '../../src/render/scene';
import type { ScreenName } from '../../src/screens/screen';
import { inTurn, timesRatio, timesText, type Figure } from './measure';
import { ChangingPack } from './pack';
import { size } from './drawing';

const details = ['soc-log', 'cells', 'power-log'] as const;

/** One screen with as much on it as there may be. */
class WholeRepaint {
  private readonly surface = new Surface(size.width, size.height, 'rgb565');
  private readonly scene: Scene;

  constructor(root: string, screen: ScreenName) {
    const pack = new ChangingPack(40);
    const { monitored } = pack;
    // A day in which the battery was nearly emptied and filled again.
    let now = 0;
    for (let second = 0; second < 86_400; second++) {
      now += 1000;
      monitored.socLog.sample(now, Math.round(100 + 90 * Math.sin(second / 14_000)) / 2);
      if (second % 60 === 0) monitored.powerLog.add(9000 * Math.sin(second / 700), now);
    }
    pack.changeEverything(now);
    const options = { ...size, root, palette: dayPalette, powerScale: 10, animate: false };
    const navigator = createNavigator(monitored, options, screen);
    const source = {
      label: 'UDP 6500',
      text: '',
      up: true,
      frames: 1,
      ignored: 0,
      malformed: 0,
      sender: undefined,
    };
    navigator.update({ now, wall: new Date(2026, 5, 12, 12, 41), address: undefined, source });
    this.scene = navigator.scene;
    this.surface.show(this.scene);
  }

  run(): void {
    this.scene.damageAll();
    this.surface.repaint();
  }
}

/** Painting all of a detail screen beside painting all of the main screen, 240 cells each. */
export async function wholeRepaints(root: string): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const screen of details) {
    const [detail, main] = [new WholeRepaint(root, screen), new WholeRepaint(root, 'main')];
    const [own, yardstick] = await inTurn(
      400,
      () => detail.run(),
      () => main.run(),
    );
    figures.push({
      name: `a whole repaint of the screen ${screen}, 240 cells`,
      value: timesText(own),
      yardstick: `${timesText(yardstick)}, main screen`,
      ratio: timesRatio(own, yardstick),
      reach: '1 time',
    });
  }
  return figures;
}
