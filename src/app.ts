import { alarmLimits } from './alarm-settings';
import { systemClock, type Clock } from './clock';
import { Display } from './display';
import type { Glass } from './glass/glass';
import { HeardLog } from './heard-log';
import { returnFreedMemory } from './io/freed-memory';
import { ownAddress } from './io/own-address';
import { takeOverConsole } from './io/outputs/console';
import { installExitHandlers } from './io/outputs/exit-handlers';
import { findServiceManager } from './io/service-manager';
import { FrameIntake } from './io/sources/frame-intake';
import type { FrameSource, SourceStatus } from './io/sources/frame-source';
import { LateParts } from './late-parts';
import type { Log } from './log';
import { Site } from './model/site';
import { useOwnFonts } from './render/fonts';
import { Surface } from './render/surface';
import { dayPalette } from './render/theme';
import { createNavigator } from './screens/all-screens';
import type { Surroundings } from './screens/screen';
import { installationRoot } from './installation-root';
import { openScreen } from './open-screen';
import { createGlass, glassRules } from './panel-glass';
import type { Settings } from './settings';
import { createSettingsScreens } from './settings-screens';
import type { SettingsOrigin } from './settings-store';
import { sourceLabel } from './source-label';
import { checkSource, createSource, evtvOptions } from './sources';

/** ms between two samples of the power log, and between two looks at what has become old. */
const tickInterval = 1000;
/** ms after which the own address is looked up again: it changes rarely, and asking takes a while. */
const addressInterval = 5000;

/**
 * Runs the display until a signal ends it: opens the outputs, shows the first picture, and only then looks for the battery
 * and for fingers. Resolves with the exit code.
 *
 * @throws UserError when it can't start for a mistake in the settings
 */
export async function runDisplay(
  settings: Settings,
  log: Log,
  origin: SettingsOrigin,
  clock: Clock = systemClock,
): Promise<number> {
  checkSource(settings);
  const root = installationRoot();
  // Before the first canvas is made, for that is when the text renderer looks for its fonts.
  useOwnFonts(root);
  const stop = new AbortController();
  let code = 0;
  const service = findServiceManager({
    env: process.env,
    pid: process.pid,
    warn: (text) => log.warn(text),
  });
  const screen = openScreen(settings, log, {
    recovered: () => terminal?.light(),
    otherSize: () => {
      // A driver that takes over while the machine starts may bring another size. Who is started again lays out anew.
      if (!service.present) return;
      code = 1;
      stop.abort();
    },
  });
  const { width, height } = screen;
  const site = new Site(alarmLimits(settings), settings.units);
  const heard = new HeardLog(log, clock);
  // What the status strip says before the source has said anything.
  const label = settings.mqtt === 'receiver' ? 'MQTT' : sourceLabel(settings);
  let status: SourceStatus = { state: 'connecting', label, text: 'Starting' };
  const intake = new FrameIntake(clock, evtvOptions(settings), {
    measurement: (measurement, now) => {
      site.battery('battery').battery.apply(measurement, now);
      display.changed();
    },
    announcement: (frame, sender) => late.controller.hear(frame, sender),
    rejected: (cause, detail) => heard.rejected(cause, detail),
    status: (told) => {
      status = told;
      log.info(told.text);
      service.status(told.text);
      display.changed();
    },
  });
  const changed = () => display.changed();
  const late = new LateParts({ settings, site, clock, log, changed });
  const screens = createSettingsScreens({
    settings,
    origin,
    log,
    clock,
    service: late.service.actions(),
    information: () => late.information,
    troubles: () => late.notices,
    supervised: service.present,
    apply: (saved) => {
      site.follow(alarmLimits(saved), saved.units);
      if (!settings.headless) glass.follow(glassRules(saved));
    },
    changed,
    end: (exitCode) => {
      code = exitCode;
      service.stopping();
      stop.abort();
    },
  });
  const address = cachedAddress(clock);
  const surroundings = (): Surroundings => {
    const { frames, ignored, malformed, sender } = intake.counters;
    const { label, text, state, note = late.note } = status;
    return {
      now: clock.monotonic(),
      wall: clock.wall(),
      address: address(),
      preferences: screens.preferences(),
      notice: screens.notice(),
      source: { label, text, up: state !== 'connecting', note, frames, ignored, malformed, sender },
    };
  };
  const navigator = createNavigator(site.battery('battery'), {
    width,
    height,
    root,
    palette: dayPalette,
    powerScale: settings.powerScale,
    animate: true,
    config: { ...screens.config, controller: late.controller },
  });
  const surface = new Surface(width, height, screen.depth);
  const display = new Display({
    clock,
    surface,
    navigator,
    outputs: screen.outputs,
    surroundings,
    passed: (now) => service.passed(now),
  });
  const glass = createGlass(settings, {
    clock,
    pixels: screen.pixels,
    alarming: () => site.alarming,
    draw: () => {
      // What has woken it is to be seen; nobody was looking at another screen.
      if (site.alarming) navigator.open('main');
      display.draw();
    },
    say: (text) => log.info(text),
  });
  const terminal = settings.headless
    ? undefined
    : takeOverConsole({
        framebuffer: settings.framebuffer,
        warn: (text) => log.warn(text),
        ownTerminal: service.present,
      });
  const uninstall = installExitHandlers(process, {
    restore: () => {
      // Not a pixel more: it would stand on the console that was given back.
      display.stop();
      glass.close();
      terminal?.close();
    },
    stop: (signal) => {
      log.info(`${signal}: stopping`);
      service.stopping();
      stop.abort();
    },
    failed: (error) => log.error(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  });
  try {
    display.draw();
    log.info(`${screen.description}; first picture after ${Math.round(performance.now())} ms`);
    service.ready();
    await log.open();
    screens.started();
    glass.open();
    await late.start({
      surface,
      display,
      outputs: screen.outputs,
      surroundings,
      counters: () => intake.counters,
      end: () => stop.abort(),
    });
    await live(settings, log, stop, {
      display,
      glass,
      intake,
      sample: () => {
        site.sample(clock.monotonic());
        late.sample();
        heard.tick();
      },
      width,
      height,
      source: late.source,
    });
  } finally {
    stop.abort();
    display.stop();
    late.stop();
    glass.close();
    for (const output of screen.outputs) output.close();
    terminal?.close();
    // The console is given back already: this may take a while.
    await late.close();
    uninstall();
  }
  const { frames, ignored, malformed } = intake.counters;
  log.info(`Stopped: ${frames} frames heard, ${ignored} ignored, ${malformed} malformed`);
  return code;
}

/** Hears, feels and ticks until stopped. */
async function live(
  settings: Settings,
  log: Log,
  stop: AbortController,
  parts: {
    readonly display: Display;
    readonly glass: Glass;
    readonly intake: FrameIntake;
    readonly sample: () => void;
    readonly width: number;
    readonly height: number;
    /** Default: the one that the settings name. */
    readonly source: FrameSource | undefined;
  },
): Promise<void> {
  const { display, glass, intake, sample, width, height } = parts;
  returnFreedMemory(stop.signal);
  const tick = setInterval(() => {
    sample();
    glass.tick();
    display.changed();
  }, tickInterval);
  const stopped = new Promise<void>((resolve) => {
    // It may have been stopped already, while the log was opened.
    if (stop.signal.aborted) resolve();
    stop.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  try {
    const source = parts.source ?? (await createSource(settings));
    const running = [source.run(stop.signal, intake)];
    if (!settings.headless) {
      const { hearInputs } = await import('./io/inputs/all-inputs');
      const inputs = {
        ...(settings.touch !== '' && { device: settings.touch }),
        width,
        height,
        rotate: settings.rotate,
      };
      running.push(
        hearInputs(inputs, stop.signal, {
          pointer: (event) => {
            if (glass.touched(event)) display.pointer(event);
          },
          key: (event) => {
            if (glass.pressed(event)) display.key(event);
          },
          status: (text) => log.info(text),
        }),
      );
    }
    // A source that has played to its end leaves its last picture standing.
    await Promise.all([...running, stopped]);
  } finally {
    clearInterval(tick);
  }
}

function cachedAddress(clock: Pick<Clock, 'monotonic'>): () => string | undefined {
  let address: string | undefined;
  let askedAt = -Infinity;
  return () => {
    const now = clock.monotonic();
    if (now - askedAt >= addressInterval) {
      askedAt = now;
      address = ownAddress();
    }
    return address;
  };
}
