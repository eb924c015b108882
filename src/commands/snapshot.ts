import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { alarmLimits } from '../settings/alarm-settings';
import { writingFailureWords } from '../base/failure-words';
import { installationRoot } from '../base/installation-root';
import { ownAddress } from '../io/own-address';
import { takeSystemZone } from '../io/system-zone';
import { FrameIntake } from '../io/sources/frame-intake';
import { checkLog, unreadableLog } from '../io/sources/unreadable-log';
import { simulatedLabel } from '../io/links/simulated-links';
import { Site } from '../model/site';
import { CandumpLog, type PlayedLine } from '../protocol/candump-log';
import { useOwnFonts } from '../render/fonts';
import { Surface } from '../render/surface';
import { dayPalette } from '../render/theme';
import { createNavigator, whichever } from '../screens/all-screens';
import { siteViews } from '../screens/device-views';
import { screenNames, type ScreenName, type SourceView } from '../screens/screen';
import { parseSize, type Settings } from '../settings/settings';
import { packFramesOfSecond } from '../simulation/pack-frames';
import { SimulatedPack } from '../simulation/simulated-pack';
import { EnergyKeeper } from '../features/energy/energy-keeper';
import { frameSources, replayedBus, replayFile, simulatedSpeed } from '../features/hearing/frame-sources';
import { roleOf, siteDevices } from '../features/hearing/site-devices';
import { evtvIds } from '../devices/evtv/messages';
import { frameDecoder } from '../features/hearing/sources';
import { UserError } from '../base/user-error';
import { settingsInPictures } from './snapshot-settings';
import { simulatedLately, simulatedPast, simulatedStep } from './snapshot-times';
import { StoryClock } from './story-clock';

/** s since the last that was received, or that nothing was. */
type Age = number | 'never';

/** From one tap to the next picture, ms: numbers change that often. */
const tapTime = 250;
/**
 * Draws one screen into a PNG file, as it looks `--age` seconds after the last frame of a simulation or of a log, or with
 * several devices, each of which is played. The other sources stand for a battery that has not been heard. `--tap` touches
 * the picture before it is drawn.
 *
 * @throws UserError for an unknown screen, a bad age or place, a device or a bank that can't be, or a file that can't be read or
 * written
 */
export async function snapshot(
  settings: Settings,
  flags: Readonly<Record<string, unknown>>,
): Promise<number> {
  takeSystemZone();
  const screen = screenName(flags['screen']);
  const age = seconds(flags['age']);
  const taps = places(flags['tap']);
  const clock = new StoryClock();
  const site = new Site(alarmLimits(settings), settings.units);
  const played = settings.devices.length > 0 && flags['source'] === undefined;
  const source = played
    ? await tellOfDevices(settings, clock, site, age)
    : await tellOfBattery(settings, clock, site, age);
  if (age !== 'never') clock.advanceTo(clock.monotonic() + age * 1000);
  const root = installationRoot();
  useOwnFonts(root);
  const { width, height } = parseSize(settings.size);
  const { powerScale, units } = settings;
  const config = settingsInPictures(settings, clock);
  const navigator = createNavigator(
    played ? whichever(() => site.shown) : site.main,
    { width, height, root, palette: dayPalette, powerScale, animate: false, config },
    screen === 'welcome' ? 'main' : screen,
    (device) => site.show(device),
    () => site.watched(),
    (device) => site.find(device),
    screen === 'welcome' ? standingWelcome : undefined,
  );
  const wall = clock.wall();
  const several = [...site.devices()].length > 1;
  const update = (): void => {
    const now = clock.monotonic();
    navigator.update({
      now,
      wall,
      address: ownAddress(),
      ...(several && siteViews(site, now)),
      preferences: { units, powerScale },
      source,
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

/** Lets the devices of the settings tell what the picture is to show. */
async function tellOfDevices(
  settings: Settings,
  clock: StoryClock,
  site: Site,
  age: Age,
): Promise<SourceView> {
  const { devices, bank } = await siteDevices(settings, { simulated: true });
  for (const { name, type } of devices) site.add(name, type.kind, roleOf(devices, name));
  site.join(bank?.members ?? [], bank?.meter);
  if (age !== 'never') {
    const look = lookAt(site, clock);
    const { tellDevices } = await import('./snapshot-devices');
    await tellDevices(devices, settings, clock, site, look);
  }
  const text = devices.map(({ name }) => name).join(', ');
  const none = { frames: 0, ignored: 0, malformed: 0, sender: undefined };
  return { label: simulatedLabel, text, up: true, simulated: devices.length > 1, ...none };
}

/** Lets the one battery that there is without devices tell it. */
async function tellOfBattery(
  settings: Settings,
  clock: StoryClock,
  site: Site,
  age: Age,
): Promise<SourceView> {
  const { battery } = site.battery('battery');
  const intake = new FrameIntake(clock, frameDecoder(settings), {
    reading: (reading) => battery.apply(reading),
    status: () => undefined,
  });
  const source = await tellStory(settings, clock, intake, age === 'never' ? undefined : lookAt(site, clock));
  const { frames, ignored, malformed, sender } = intake.counters;
  return { ...source, frames, ignored, malformed, sender };
}

/** What is to be called about once a second while a story is told: all of it counts as today. */
function lookAt(site: Site, clock: StoryClock): () => void {
  const energy = new EnergyKeeper({ site, clock, log: { warn: () => undefined } });
  return () => {
    energy.everySecond();
    site.sample(clock.monotonic());
  };
}

/** @param look called about once a second; without it nothing is told */
async function tellStory(
  settings: Settings,
  clock: StoryClock,
  intake: FrameIntake,
  look: (() => void) | undefined,
): Promise<Pick<SourceView, 'label' | 'text' | 'up'>> {
  const view = (text: string) => ({ label: frameSources[settings.source].label(settings), text, up: true });
  switch (settings.source) {
    case 'simulate':
      simulatedSpeed(settings);
      if (look !== undefined) simulate(settings, clock, intake, look);
      return view('Simulated pack');
    case 'replay':
      if (look !== undefined) await replay(settings, clock, intake, look);
      return view(`End of ${settings.file}`);
    case 'udp':
      return view(`Listening on UDP port ${settings.port}`);
    case 'can':
      return view(`Listening on ${settings.interface}`);
    case 'slcan':
      return view(`Listening on ${settings.serial}`);
  }
}

function simulate(settings: Settings, clock: StoryClock, intake: FrameIntake, look: () => void): void {
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
    look();
  }
}

async function replay(
  settings: Settings,
  clock: StoryClock,
  intake: FrameIntake,
  look: () => void,
): Promise<void> {
  const file = replayFile(settings);
  const input = createReadStream(file, { encoding: 'latin1' });
  const log = new CandumpLog({ interface: replayedBus(settings), ids: evtvIds });
  let sampledAt = -Infinity;
  const play = (lines: readonly PlayedLine[]): void => {
    for (const line of lines) {
      if ('rejected' in line) {
        intake.rejected(line.rejected);
        continue;
      }
      clock.advanceTo(line.at * 1000);
      intake.frame(line.frame);
      const now = clock.monotonic();
      if (now - sampledAt < 1000) continue;
      sampledAt = now;
      look();
    }
  };
  try {
    for await (const line of createInterface({ input, crlfDelay: Infinity })) {
      if (line.trim() === '') continue;
      play(log.read(line));
      checkLog(file, log);
    }
    play(log.end());
    checkLog(file, log, true);
  } catch (error) {
    throw unreadableLog(file, error);
  }
}

/** The welcome as a display shows it that is as it was unpacked. */
const standingWelcome = { stands: () => true, dismiss: () => undefined, demonstrate: () => undefined };
const pictured = [...screenNames, 'welcome'] as const;

function screenName(name: unknown): ScreenName | 'welcome' {
  const known = pictured.find((candidate) => candidate === name);
  if (known !== undefined) return known;
  throw new UserError(`--screen is ${JSON.stringify(name)}, but must be one of ${pictured.join(', ')}.`);
}

function seconds(text: unknown): Age {
  if (text === 'never') return text;
  const age = Number(text);
  if (Number.isFinite(age) && age >= 0 && age <= 1e9) return age;
  throw new UserError(
    `--age is ${JSON.stringify(text)}, but must be a number of seconds from 0 to 1000000000, or never.`,
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
