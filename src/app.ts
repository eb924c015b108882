import type { Clock } from './base/clock';
import { StartOver } from './base/start-over';
import { createSettingsScreens, type SettingsScreens } from './desk/settings-screens';
import { Display } from './display';
import { deviceFacts } from './features/hearing/device-facts';
import { Receptions } from './features/hearing/receptions';
import { roleOf, siteDevices, type SiteDevices } from './features/hearing/site-devices';
import { checkSource } from './features/hearing/sources';
import { openScreen, type Screen as PanelScreen } from './features/panel/open-screen';
import { createGlass, glassRules } from './features/panel/panel-glass';
import { panelInputs } from './features/panel/panel-inputs';
import { createCalibration } from './features/panel/create-calibration';
import type { TouchCalibration } from './features/panel/touch-calibration';
import { isUntouched } from './features/welcome/welcome-wanted';
import { Features } from './features';
import type { Glass } from './glass/glass';
import { returnFreedMemory } from './io/freed-memory';
import { cachedOwnAddress } from './io/own-address';
import { takeOverConsole } from './io/outputs/console';
import { installExitHandlers } from './io/outputs/exit-handlers';
import { findServiceManager } from './io/service-manager';
import type { Log } from './logging/log';
import type { Reading } from './model/reading';
import { Site } from './model/site';
import { Surface } from './render/surface';
import { dayPalette } from './render/theme';
import { createNavigator, whichever } from './screens/all-screens';
import { siteViews } from './screens/device-views';
import { fingerSide } from './screens/finger';
import type { Navigator, WelcomePlace } from './screens/navigator';
import type { Surroundings } from './screens/screen';
import { WelcomeTurn } from './screens/welcome/welcome-turn';
import { alarmLimits } from './settings/alarm-settings';
import type { Settings } from './settings/settings';
import type { SettingsOrigin } from './settings/settings-store';
import { timeZoneMistake } from './settings/time-zone';
import { statusNote, statusText } from './words/en';

/** ms between two samples of the power log, and between two checks for what has become old. */
const tickInterval = 1000;
/** ms since the program began in which a battery that is there is received, and no welcome is shown. */
const welcomeAfter = 15_000;

/** The running display: what it is built of, connected. */
export class App {
  private readonly stop = new AbortController();
  private code = 0;
  private wanted: Settings['demo'] | 'again' | undefined;
  private readonly service;
  private readonly screen: PanelScreen;
  private readonly site: Site;
  private readonly receptions: Receptions;
  private readonly features: Features;
  private readonly screens: SettingsScreens;
  private readonly navigator: Navigator;
  private readonly surface: Surface;
  private readonly display: Display;
  private readonly glass: Glass;
  private readonly terminal;
  private readonly calibration: TouchCalibration;
  private readonly address: () => string | undefined;
  private readonly started: StartOver;
  private readonly changed = (): void => this.display.changed();

  constructor(
    private readonly settings: Settings,
    { devices, bank }: SiteDevices,
    private readonly log: Log,
    private readonly origin: SettingsOrigin,
    private readonly clock: Clock,
    root: string,
  ) {
    const { changed } = this;
    this.service = findServiceManager({
      env: process.env,
      pid: process.pid,
      warn: (text) => log.warn(text),
    });
    this.screen = this.openScreen();
    this.site = new Site(alarmLimits(settings), settings.units);
    this.started = new StartOver(this.stop.signal);
    this.receptions = this.createReceptions(devices);
    for (const { name, kind } of this.receptions.all) this.site.add(name, kind, roleOf(devices, name));
    this.site.join(bank?.members ?? [], bank?.meter);
    this.features = new Features({ settings, site: this.site, clock, log, changed });
    this.calibration = createCalibration({
      ...{ settings, origin, clock, changed, picture: this.screen },
      save: (changes) => this.screens.config.editor?.save(changes),
    });
    this.screens = this.createScreens();
    this.address = cachedOwnAddress(() => clock.monotonic());
    const { width, height, depth, outputs, density } = this.screen;
    const one = devices.length === 0 || (devices.length === 1 && devices[0]?.type.kind === 'battery');
    const battery = one ? this.site.main : whichever(() => this.site.shown);
    const options = {
      width,
      height,
      finger: fingerSide(width, height, density),
      root,
      palette: dayPalette,
      powerScale: settings.powerScale,
      animate: true,
      config: { ...this.screens.config, controller: this.features.controller },
    };
    const show = (device: string): void => {
      this.site.show(device);
      this.display.changed();
    };
    this.navigator = createNavigator(
      battery,
      options,
      'main',
      show,
      () => this.site.watched(),
      (device) => this.site.find(device),
      this.createWelcome(),
      this.calibration,
    );
    this.surface = new Surface(width, height, depth);
    this.display = new Display({
      clock,
      surface: this.surface,
      navigator: this.navigator,
      outputs,
      surroundings: () => this.surroundings(),
      passed: (now) => this.service.passed(now),
    });
    this.glass = this.createGlass();
    this.terminal = settings.headless
      ? undefined
      : takeOverConsole({
          framebuffer: settings.framebuffer,
          warn: (text) => log.warn(text),
          ownTerminal: this.service.present,
          turned: (isShown) => this.screen.pixels?.[isShown ? 'show' : 'hide'](),
        });
  }

  /** Which demonstration, or none, or the same `again` is to be shown next; `undefined` where the program ends. */
  get switchedTo(): typeof this.wanted {
    return this.wanted;
  }

  /**
   * Shows, receives and reacts until stopped. Resolves with the exit code.
   *
   * @param begun ms at which somebody began to wait for the first picture, as `performance.now` counts
   */
  async run(begun = 0): Promise<number> {
    const { stop, display, glass, features, screen, log, service, origin, settings } = this;
    const uninstall = this.handleExit();
    try {
      display.draw();
      log.info(`${screen.description}; first picture after ${Math.round(performance.now() - begun)} ms`);
      service.ready();
      const zoneMistake = timeZoneMistake(process.env['TZ']);
      if (zoneMistake !== undefined) log.warn(zoneMistake);
      if (origin.chosen !== undefined && origin.chosen !== '') log.info(origin.chosen);
      await log.open();
      this.screens.started();
      glass.open();
      if (settings.calibrateTouch && !settings.headless) this.calibration.begin();
      await features.start({
        surface: this.surface,
        display,
        outputs: screen.outputs,
        surroundings: () => this.surroundings(),
        counters: () => this.receptions.counters,
        devices: () => this.receptions.all.map(({ described }) => described),
        started: this.started.promise,
        end: () => stop.abort(),
        demonstrate: (demo) => this.demonstrate(demo),
        again: () => this.demonstrate('again'),
      });
      await this.live();
    } finally {
      stop.abort();
      display.stop();
      features.stop();
      glass.close();
      for (const output of screen.outputs) output.close();
      this.terminal?.close();
      // The console is given back already: this may take a while.
      await features.close();
      uninstall();
    }
    const { frames, ignored, malformed } = this.receptions.counters;
    log.info(`Stopped: ${frames} frames heard, ${ignored} ignored, ${malformed} malformed`);
    return this.code;
  }

  /** Receives frames and inputs, and ticks, until stopped. */
  private async live(): Promise<void> {
    const { stop, settings } = this;
    returnFreedMemory(stop.signal);
    const tick = setInterval(() => this.everySecond(), tickInterval);
    const stopped = new Promise<void>((resolve) => {
      // It may have been stopped already, while the log was opened.
      if (stop.signal.aborted) resolve();
      stop.signal.addEventListener('abort', () => resolve(), { once: true });
    });
    try {
      const running = [this.receptions.run(stop.signal)];
      if (!settings.headless) running.push(this.readInputs());
      // A source that has played to its end leaves its last picture standing.
      await Promise.all([...running, stopped]);
    } finally {
      clearInterval(tick);
    }
  }

  /** It was begun on the welcome, and there is something else to come back to. */
  private get canEndDemonstration(): boolean {
    const { settings, origin } = this;
    return settings.demo !== 'off' && origin.demonstrate?.('off').settings.demo === 'off';
  }

  private demonstrate(demo: Settings['demo'] | 'again'): void {
    this.wanted = demo;
    this.stop.abort();
  }

  private everySecond(): void {
    this.site.sample(this.clock.monotonic());
    this.features.everySecond();
    this.receptions.everySecond();
    this.calibration.look();
    this.glass.tick();
    this.display.changed();
  }

  private async readInputs(): Promise<void> {
    const { settings, glass, display, log, terminal } = this;
    const { width, height } = this.screen;
    const { hearInputs } = await import('./io/inputs/all-inputs');
    const inputs = {
      ...(settings.touch !== '' && { device: settings.touch }),
      width,
      height,
      rotate: settings.rotate,
      tuning: this.calibration.tuning,
      keyboardLayout: settings.keyboardLayout,
    };
    await hearInputs(inputs, this.stop.signal, {
      ...panelInputs({ glass, terminal, calibration: this.calibration, display }),
      status: (text) => log.info(text),
    });
  }

  private openScreen(): PanelScreen {
    return openScreen(this.settings, this.log, {
      recovered: () => this.terminal?.light(),
      otherSize: () => {
        // A driver that takes over while the machine starts may bring another size. After a restart the layout is another one.
        if (!this.service.present) return;
        this.code = 1;
        this.stop.abort();
      },
    });
  }

  private createReceptions(devices: SiteDevices['devices']): Receptions {
    const { settings, clock, log } = this;
    const listener = {
      reading: (reading: Reading) => {
        this.site.apply(reading);
        this.display.changed();
      },
      status: () => {
        this.service.status(statusText(this.receptions.status));
        this.started.over();
        this.display.changed();
      },
    };
    return new Receptions(
      settings,
      devices,
      { clock, log, listener },
      {
        source: () => this.features.source,
        announcement: (frame, sender) => this.features.controller.hear(frame, sender),
      },
    );
  }

  private createScreens(): SettingsScreens {
    const { settings, origin, log, clock, features, changed } = this;
    return createSettingsScreens({
      settings,
      origin,
      log,
      clock,
      service: {
        ...features.service.actions(),
        ...(!settings.headless && { calibrateTouch: () => this.calibration.begin() }),
        ...(this.canEndDemonstration && { endDemonstration: () => this.demonstrate('off') }),
      },
      information: () => features.lines,
      troubles: () => features.notices,
      wifi: features.wifi,
      databases: features.databaseFacts,
      supervised: this.service.present,
      check: async (wanted) => {
        checkSource(wanted);
        await siteDevices(wanted);
      },
      devices: deviceFacts({ settings, clock, site: this.site, receptions: () => this.receptions.all }),
      apply: (saved) => {
        this.site.follow(alarmLimits(saved), saved.units);
        if (!settings.headless) this.glass.follow(glassRules(saved));
      },
      changed,
      end: (exitCode) => {
        this.code = exitCode;
        this.service.stopping();
        this.stop.abort();
      },
    });
  }

  private createWelcome(): Omit<WelcomePlace, 'make'> | undefined {
    const { settings, origin, site, clock } = this;
    if (!isUntouched(settings, origin)) return undefined;
    const turn = new WelcomeTurn({
      // Of what has passed since the program began: the demonstration may have been shown in between.
      from: clock.monotonic() + Math.max(0, welcomeAfter - performance.now()),
      heard: () => Array.from(site.devices()).some((device) => device.age(clock.monotonic()) < Infinity),
    });
    return {
      stands: (now) => turn.stands(now),
      dismiss: () => turn.dismiss(),
      demonstrate: () => this.demonstrate('battery'),
    };
  }

  private createGlass(): Glass {
    const { site, navigator, display } = this;
    return createGlass(this.settings, {
      clock: this.clock,
      pixels: this.screen.pixels,
      alarming: () => site.alarming,
      draw: () => {
        // An alarm that has woken the panel is to be seen; nobody was using another screen.
        if (site.alarming) navigator.open('main');
        display.draw();
      },
      say: (text) => this.log.info(text),
    });
  }

  private handleExit(): () => void {
    const { display, glass, log, service, stop } = this;
    return installExitHandlers(process, {
      restore: () => {
        // Not a pixel more: it would stand on the console that was given back.
        display.stop();
        glass.close();
        this.terminal?.close();
      },
      stop: (signal) => {
        log.info(`${signal}: stopping`);
        service.stopping();
        stop.abort();
      },
      failed: (error) => log.error(error instanceof Error ? (error.stack ?? error.message) : String(error)),
    });
  }

  private surroundings(): Surroundings {
    const { frames, ignored, malformed, sender } = this.receptions.counters;
    const { status, isDemo: simulated } = this.receptions;
    const { label, state } = status;
    const [text, note = this.features.note] = [statusText(status), statusNote(status)];
    return {
      now: this.clock.monotonic(),
      wall: this.clock.wall(),
      address: this.address(),
      ...(this.receptions.all.length > 1 && siteViews(this.site, this.clock.monotonic())),
      preferences: this.screens.preferences(),
      notice: this.screens.notice(),
      source: {
        label,
        text,
        up: state !== 'connecting',
        simulated,
        note,
        frames,
        ignored,
        malformed,
        sender,
      },
    };
  }
}
