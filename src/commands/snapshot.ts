import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { alarmLimits } from '../settings/alarm-settings';
import type { Clock } from '../base/clock';
import { writingFailureWords } from '../base/failure-words';
import { installationRoot } from '../base/installation-root';
import { ownAddress } from '../io/own-address';
import { FrameIntake } from '../io/sources/frame-intake';
import { unreadableLog } from '../io/sources/unreadable-log';
import { Site } from '../model/site';
import { parseCandumpLine } from '../protocol/candump';
import { LogTime } from '../protocol/log-time';
import { useOwnFonts } from '../render/fonts';
import { Surface } from '../render/surface';
import { dayPalette } from '../render/theme';
import { createNavigator } from '../screens/all-screens';
import { screenNames, type ScreenName, type SourceView } from '../screens/screen';
import { parseSize, type Settings } from '../settings/settings';
import { packFramesOfSecond } from '../simulation/pack-frames';
import { SimulatedPack } from '../simulation/simulated-pack';
import { frameSources, replayFile, simulatedSpeed } from '../features/hearing/frame-sources';
import { frameDecoder } from '../features/hearing/sources';
import { UserError } from '../base/user-error';
import { settingsInPictures } from './snapshot-settings';

/** Simulated time before the picture is taken, so that the logs have something to show: s. */
const simulatedPast = 28 * 3600;
/** The part of it at the end that is lived through second by second, as it would be heard: s. */
const simulatedLately = 900;
/** From one tap to the next picture, ms: numbers change that often. */
const tapTime = 250;
/** Between two samples of the time before: s. */
const simulatedStep = 30;

/** Ages pass only when told to; the time of day is the machine's. */
class StoryClock implements Clock {
  private now = 0;

  /** Moves to `time` (ms); never back. */
  advanceTo(time: number): void {
    this.now = Math.max(this.now, time);
  }

  monotonic(): number {
    return this.now;
  }

  wall(): Date {
    return new Date();
  }
}

/**
 * Draws one screen into a PNG file, as it looks `--age` seconds after the last frame of a simulation or of a log. The other
 * sources stand for a battery that has not been heard. `--tap` touches the picture before it is drawn.
 *
 * @throws UserError for an unknown screen, a bad age or place, or a file that can't be read or written
 */
export async function snapshot(
  settings: Settings,
  flags: Readonly<Record<string, unknown>>,
): Promise<number> {
  const screen = screenName(flags['screen']);
  const age = seconds(flags['age']);
  const taps = places(flags['tap']);
  const clock = new StoryClock();
  const site = new Site(alarmLimits(settings), settings.units);
  const monitored = site.battery('battery');
  const intake = new FrameIntake(clock, frameDecoder(settings), {
    reading: (reading) => monitored.battery.apply(reading),
    status: () => undefined,
  });
  const source = await tellStory(settings, clock, intake, site);
  clock.advanceTo(clock.monotonic() + age * 1000);
  const root = installationRoot();
  useOwnFonts(root);
  const { width, height } = parseSize(settings.size);
  const { powerScale, units } = settings;
  const config = settingsInPictures(settings, clock);
  const navigator = createNavigator(
    monitored,
    { width, height, root, palette: dayPalette, powerScale, animate: false, config },
    screen,
  );
  const { frames, ignored, malformed, sender } = intake.counters;
  const wall = clock.wall();
  const update = (): void => {
    navigator.update({
      now: clock.monotonic(),
      wall,
      address: ownAddress(),
      preferences: { units, powerScale },
      source: { ...source, frames, ignored, malformed, sender },
    });
  };
  update();
  for (const place of taps) {
    for (const type of ['press', 'release'] as const) navigator.pointer({ type, ...place });
    clock.advanceTo(clock.monotonic() + tapTime);
    update();
  }
  const surface = new Surface(width, height);
  surface.show(navigator.scene);
  surface.repaint();
  await save(flags['out'], surface.canvas.toBuffer('image/png'));
  return 0;
}

/** Lets the battery tell what the picture is to show. */
async function tellStory(
  settings: Settings,
  clock: StoryClock,
  intake: FrameIntake,
  site: Site,
): Promise<Pick<SourceView, 'label' | 'text' | 'up'>> {
  const view = (text: string) => ({ label: frameSources[settings.source].label(settings), text, up: true });
  switch (settings.source) {
    case 'simulate':
      simulatedSpeed(settings);
      simulate(settings, clock, intake, site);
      return view('Simulated pack');
    case 'replay':
      await replay(replayFile(settings), clock, intake, site);
      return view(`End of ${settings.file}`);
    case 'udp':
      return view(`Listening on UDP port ${settings.port}`);
    case 'can':
      return view(`Listening on ${settings.interface}`);
    case 'slcan':
      return view(`Listening on ${settings.serial}`);
  }
}

function simulate(settings: Settings, clock: StoryClock, intake: FrameIntake, site: Site): void {
  const { modules, seed, fine } = settings;
  const pack = new SimulatedPack({ modules, seed });
  let second = 0;
  while (second < simulatedPast) {
    // The latest time as it is heard: how often a message comes decides when it is called late.
    const step = second < simulatedPast - simulatedLately ? simulatedStep : 1;
    second += step;
    pack.advance(step);
    clock.advanceTo(second * 1000);
    for (const frame of packFramesOfSecond(pack, { finePower: fine })) intake.frame(frame);
    site.sample(clock.monotonic());
  }
}

async function replay(file: string, clock: StoryClock, intake: FrameIntake, site: Site): Promise<void> {
  const input = createReadStream(file);
  const time = new LogTime();
  let sampledAt = -Infinity;
  try {
    for await (const line of createInterface({ input, crlfDelay: Infinity })) {
      if (line.trim() === '') continue;
      const record = parseCandumpLine(line);
      if ('rejected' in record) {
        intake.rejected(record.rejected);
        continue;
      }
      clock.advanceTo(time.at(record.time) * 1000);
      intake.frame(record.frame);
      const now = clock.monotonic();
      if (now - sampledAt < 1000) continue;
      sampledAt = now;
      site.sample(now);
    }
  } catch (error) {
    throw unreadableLog(file, error);
  }
}

function screenName(name: unknown): ScreenName {
  const known = screenNames.find((candidate) => candidate === name);
  if (known !== undefined) return known;
  throw new UserError(`--screen is ${JSON.stringify(name)}, but must be one of ${screenNames.join(', ')}.`);
}

function seconds(text: unknown): number {
  const age = Number(text);
  if (Number.isFinite(age) && age >= 0 && age <= 1e9) return age;
  throw new UserError(
    `--age is ${JSON.stringify(text)}, but must be a number of seconds from 0 to 1000000000.`,
  );
}

/** Where the picture is touched first, such as `750,36`. */
function places(texts: unknown): { readonly x: number; readonly y: number }[] {
  return (Array.isArray(texts) ? texts : []).map((text) => {
    const [, x, y] = /^(\d{1,4}),(\d{1,4})$/.exec(String(text)) ?? [];
    if (x !== undefined && y !== undefined) return { x: Number(x), y: Number(y) };
    throw new UserError(`--tap is ${JSON.stringify(text)}, but must be a place in pixels such as 750,36.`);
  });
}

async function save(file: unknown, png: Buffer): Promise<void> {
  const path = String(file);
  try {
    await writeFile(path, png);
  } catch (error) {
    throw new UserError(
      `The picture ${path} can't be written: ${writingFailureWords(error)}; name another with --out.`,
    );
  }
}
