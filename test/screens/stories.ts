import { evtvReading } from '../../src/devices/evtv/readings';
import { resolve } from 'node:path';
import { Site, type MonitoredBattery } from '../../src/model/site';
import { useOwnFonts } from '../../src/render/fonts';
import { Surface, type ColourDepth } from '../../src/render/surface';
import { TextStyles } from '../../src/render/text';
import { dayPalette } from '../../src/render/theme';
import { createNavigator } from '../../src/screens/all-screens';
import { MainScreen } from '../../src/screens/main/main-screen';
import type { Navigator } from '../../src/screens/navigator';
import type { ScreenName, Surroundings, TouchTarget } from '../../src/screens/screen';

export const root = resolve(__dirname, '../..');
useOwnFonts(root);

/** One battery at one moment. */
export interface Story {
  readonly modules: number;
  /** A, + charging. */
  readonly current: number;
  /** V. */
  readonly voltage: number;
  readonly stateOfCharge?: number;
  readonly temperature?: number;
  /** Modules announced beyond the ones that are sent. */
  readonly announced?: number;
  /** V of the weakest cell, instead of a little less than the others. */
  readonly weakest?: number;
}

/** Monotonic ms at which every story's last frame was heard: three hours and a minute after its first. */
export const heardAt = 3 * 3_600_000 + 60_000;

/** A battery that has told its story. */
export function tell(story: Story): MonitoredBattery {
  const monitored = new Site().battery('battery');
  const { battery, powerLog, socLog } = monitored;
  const charge: { age: number; value: number }[] = [];
  for (let time = 0; time < heardAt; time += 20_000) {
    const hour = time / 3_600_000;
    // Twelve minutes in which nothing was heard.
    if (hour > 1.2 && hour < 1.4) continue;
    const sun = Math.max(0, Math.sin((hour - 0.4) * 1.5));
    charge.push({
      age: heardAt - time,
      value: Math.round(2 * (14 + 63 * Math.sin((hour / 3) * 1.5) ** 2)) / 2,
    });
    powerLog.add(hour < 0.4 ? -2500 : 6800 * sun * (Math.floor(hour * 9) % 4 === 0 ? 0.4 : 1) - 1500, time);
  }
  socLog.restore(charge, heardAt);
  battery.apply(
    evtvReading(
      {
        message: '0x150',
        packCurrent: story.current,
        packVoltage: story.voltage,
        ampHours: -114.5,
        temperatureMax: story.temperature ?? 27,
        temperatureMin: 22,
      },
      heardAt,
    ),
  );
  battery.apply(evtvReading({ message: '0x650', stateOfCharge: story.stateOfCharge ?? 77.5 }, heardAt));
  const all: number[] = [];
  for (let index = 0; index < story.modules; index++) {
    const voltages = Array.from({ length: 6 }, (_, cell) => {
      const weak = index === Math.min(3, story.modules - 1) && cell === 2 ? 0.04 : 0;
      if (weak > 0 && story.weakest !== undefined) return story.weakest;
      return Math.round((4.02 + 0.02 * Math.sin(index * 7.3 + cell * 3.1) - weak) * 100) / 100;
    });
    all.push(...voltages);
    battery.apply(
      evtvReading(
        { message: '0x68F', module: { index, total: story.announced ?? story.modules, voltages } },
        heardAt,
      ),
    );
  }
  const mean = all.reduce((sum, voltage) => sum + voltage, 0) / all.length;
  battery.apply(
    evtvReading(
      { message: '0x651', cellLow: Math.min(...all), cellHigh: Math.max(...all), cellAverage: mean },
      heardAt,
    ),
  );
  battery.apply(evtvReading({ message: '0x652', highCutoff: 4.2, lowCutoff: 3.2 }, heardAt));
  return monitored;
}

/** The same, and its alarms have been looked for. */
export function tellAlarm(story: Story): MonitoredBattery {
  const monitored = tell(story);
  monitored.alarms.look(monitored.battery, heardAt + 100);
  return monitored;
}

/** A battery that has never been heard. */
export function silence(): MonitoredBattery {
  return new Site().battery('battery');
}

/** What surrounds the picture `age` ms after the last frame. */
export function surroundings(age: number, changes: Partial<Surroundings> = {}): Surroundings {
  return {
    now: heardAt + age,
    wall: new Date(2026, 5, 12, 12, 41, 7),
    address: '192.168.1.72',
    source: {
      label: 'UDP 6500',
      text: 'Listening on UDP port 6500',
      up: true,
      frames: 4211,
      ignored: 12,
      malformed: 3,
      sender: '192.168.1.50',
    },
    ...changes,
  };
}

/** The main screen of a battery, without movement. */
export function mainScreen(
  battery: MonitoredBattery,
  width = 800,
  height = 480,
  animate = false,
): MainScreen {
  return new MainScreen(battery, {
    width,
    height,
    root,
    palette: dayPalette,
    styles: new TextStyles(),
    powerScale: 10,
    animate,
  });
}

/** The main screen's picture. */
export function mainPicture(
  battery: MonitoredBattery,
  around: Surroundings,
  size: readonly [number, number] = [800, 480],
  depth: ColourDepth = 'full',
): Surface {
  const screen = mainScreen(battery, ...size);
  screen.update(around);
  const surface = new Surface(...size, depth);
  surface.show(screen.scene);
  surface.repaint();
  return surface;
}

/** All screens of a battery, without movement, showing `first`. */
export function screens(
  battery: MonitoredBattery,
  first: ScreenName,
  [width, height]: readonly [number, number] = [800, 480],
  finger?: number,
): Navigator {
  const options = { width, height, finger, root, palette: dayPalette, powerScale: 10, animate: false };
  return createNavigator(battery, options, first);
}

/** A finger that is put down, slides where it is told to, and is lifted. */
export function touch(navigator: Navigator, ...places: readonly (readonly [number, number])[]): void {
  const [first, last] = [places[0], places.at(-1)];
  if (first === undefined || last === undefined) return;
  navigator.pointer({ type: 'press', x: first[0], y: first[1] });
  for (const [x, y] of places.slice(1)) navigator.pointer({ type: 'move', x, y });
  navigator.pointer({ type: 'release', x: last[0], y: last[1] });
}

/** What a navigator shows, as a picture. */
export function pictureOf(navigator: Navigator, around: Surroundings): Surface {
  navigator.update(around);
  const { width, height } = navigator.scene;
  const surface = new Surface(width, height);
  surface.show(navigator.scene);
  surface.repaint();
  return surface;
}

/**
 * The middle of what can be touched under a name, in whole pixels.
 *
 * @throws Error when there is no such thing; it tells what there is
 */
export function placeOf(
  targets: readonly TouchTarget[],
  name: string,
): { readonly x: number; readonly y: number } {
  const area = targets.find((target) => target.name === name)?.areas[0];
  if (area === undefined)
    throw new Error(`there is no ${name}, only ${targets.map((target) => target.name).join(', ')}`);
  return { x: Math.floor(area.x + area.width / 2), y: Math.floor(area.y + area.height / 2) };
}
