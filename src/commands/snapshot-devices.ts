import type { DeviceClock, DeviceContext, DeviceType, FrameDecoder, Link } from '../devices/device-type';
import type { ConfiguredDevice } from '../devices/parse-device';
import type { PlayedSite } from '../devices/played-site';
import { linkedDevices, type LinkedDevice } from '../features/hearing/device-sources';
import { openPlayed } from '../io/links/simulated-links';
import type { Reading } from '../model/reading';
import type { Site } from '../model/site';
import type { Settings } from '../settings/settings';
import { packFramesOfSecond } from '../simulation/pack-frames';
import { SimulatedPack } from '../simulation/simulated-pack';
import { boatOf, isBattery, misfit } from './boat-of-devices';
import { playedPast, simulatedLately, simulatedStep } from './snapshot-times';
import type { StoryClock } from './story-clock';

/** Simulated s in a step of the boat: its time is the picture's. */
const boatStep = 15;
/** s between two polls in the time before the last minutes, which only the logs show. */
const slowPoll = 60;

/** An EVTV battery that is played in frames. */
interface PlayedPack {
  readonly name: string;
  readonly pack: SimulatedPack;
  readonly decode: FrameDecoder;
}

/** A device that is played at the other end of a link. */
interface PlayedLink {
  readonly type: DeviceType;
  readonly context: DeviceContext;
  readonly link: Link;
  readonly close: () => Promise<void>;
}

/**
 * Lets devices tell what the picture is to show: each is played within the program, and read as a real one is. One of a type
 * that can't be played has not been received.
 *
 * @param look called after each step of time @param past s that pass, a quarter of an hour at least
 */
export async function tellDevices(
  devices: readonly ConfiguredDevice[],
  settings: Pick<Settings, 'modules' | 'seed' | 'fine'>,
  clock: StoryClock,
  site: Site,
  look: () => void,
  past = playedPast,
): Promise<void> {
  const { modules, seed, fine } = settings;
  const packs = devices.flatMap(({ name, type, values }, i): PlayedPack[] =>
    type.link === 'frames'
      ? [{ name, pack: new SimulatedPack({ modules, seed: seed + i }), decode: type.decoder(values) }]
      : [],
  );
  let isLately = false;
  const pace: DeviceClock = {
    monotonic: () => clock.monotonic(),
    sleep: (ms, signal) => clock.sleep(isLately ? ms : Math.max(ms, 1000 * simulatedStep), signal),
  };
  const links = playLinks(devices, seed, pace);
  let second = 0;
  const live = async (until: number, step: number, every?: number): Promise<void> => {
    const stop = new AbortController();
    const reading = links.map((played) => read(played, clock, site, stop.signal, every));
    while (second < until) {
      second += step;
      await clock.pass(1000 * second);
      for (const played of packs) tellFrames(played, step, site, { now: clock.monotonic(), fine });
      look();
    }
    stop.abort();
    await Promise.all(reading);
  };
  await live(past - simulatedLately, simulatedStep, slowPoll);
  isLately = true;
  await live(past, 1);
  await Promise.all(links.map(({ close }) => close()));
}

/** Plays those that have a link and can be played; where their batteries fit together they share a sun and a load. */
function playLinks(devices: readonly ConfiguredDevice[], seed: number, clock: DeviceClock): PlayedLink[] {
  const linked = linkedDevices(devices.filter(({ type }) => type.link !== 'frames'));
  const playable = linked.filter(({ type }) => type.simulation !== undefined);
  const site = sharedSite(playable, seed, clock);
  return playable.map(({ name, type, values }) => {
    const context = { name, values, clock };
    const opened = openPlayed(type, site === undefined ? context : { ...context, site });
    return { type, context, link: opened.link, close: () => opened.close() };
  });
}

function sharedSite(
  devices: readonly LinkedDevice[],
  seed: number,
  clock: DeviceClock,
): PlayedSite | undefined {
  if (!devices.some(isBattery) || misfit(devices) !== undefined) return undefined;
  return boatOf(devices, {
    seed,
    speed: boatStep,
    monotonic: () => clock.monotonic() / boatStep,
  });
}

function read(
  { type, context, link }: PlayedLink,
  clock: DeviceClock,
  site: Site,
  signal: AbortSignal,
  every: number | undefined,
): Promise<void> {
  const { values } = context;
  const usual = Number(values['every']);
  const isSlowed = every !== undefined && Number.isFinite(usual);
  const slowed = isSlowed ? { ...values, every } : values;
  // How long a value stays fresh goes by how often the device is read at other times.
  const factor = isSlowed ? usual / every : 1;
  const sink = {
    reading: (reading: Reading) => site.apply({ ...reading, period: reading.period * factor }),
    rejected: () => undefined,
    trouble: () => undefined,
  };
  return type.converse(link, { ...context, clock, values: slowed }, signal, sink);
}

function tellFrames(
  { name, pack, decode }: PlayedPack,
  step: number,
  site: Site,
  { now, fine }: { readonly now: number; readonly fine: boolean },
): void {
  pack.advance(step);
  for (const frame of packFramesOfSecond(pack, { finePower: fine })) {
    const decoded = decode(frame, now, name);
    if (!('rejected' in decoded)) site.apply(decoded);
  }
}
