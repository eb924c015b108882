import type { Clock } from './base/clock';
import type { DatabaseFacts } from './desk/databases-desk';
import { historyNotices, logNotices } from './desk/own-notices';
import type { Display } from './display';
import { LateController } from './features/controller/late-controller';
import type { Databases } from './features/databases/database-keeper';
import type { EnergyKeeper } from './features/energy/energy-keeper';
import type { Feature } from './features/feature';
import type { MqttExchange } from './features/mqtt/mqtt-exchange';
import { lateWifi } from './features/network/late-wifi';
import { LateService } from './features/service/service-actions';
import type { DemoPast } from './io/demo/demo-past';
import type { Output } from './io/outputs/output';
import type { RfbServer } from './io/outputs/rfb/rfb-server';
import type { FrameCounters } from './io/sources/frame-intake';
import type { FrameSource } from './io/sources/frame-source';
import type { Log } from './logging/log';
import type { KeptHistory } from './model/history/kept-history';
import type { Site } from './model/site';
import type { DescribedDevice } from './protocol/device-json';
import type { Surface } from './render/surface';
import type { OwnNotice } from './screens/config/own-notice';
import type { InformationLine } from './screens/config/service';
import type { Surroundings } from './screens/screen';
import { vncWanted } from './settings/remote-settings';
import type { Settings } from './settings/settings';
import { historyText, logText } from './words/en';

/** What the features need of the program from the start on. */
export interface FeatureContext {
  readonly settings: Settings;
  readonly site: Site;
  readonly clock: Clock;
  readonly log: Log;
  /** Something looks different now. */
  readonly changed: () => void;
}

/** What they need of the display when they begin. */
export interface ShownDisplay {
  readonly surface: Surface;
  readonly display: Display;
  /** Where the picture is shown: the server for viewers is added. */
  readonly outputs: Output[];
  readonly surroundings: () => Surroundings;
  readonly counters: () => FrameCounters;
  readonly devices: () => readonly DescribedDevice[];
  /** Resolves when the source has reported its first status, or the program ends. */
  readonly started: Promise<void>;
  /** Ends the program, which the service then starts anew. */
  readonly end: () => void;
  /** Goes over to another demonstration. */
  readonly demonstrate: (demo: Settings['demo']) => void;
  /** Begins anew with the same settings. */
  readonly again: () => void;
}

/**
 * The features of the display, each loaded only after the first picture and only where the settings want it. The list exists
 * from the start, so that it can be asked for lines and notices before `start`: it is empty then.
 */
export class Features {
  /** The way to the controller; before one has announced itself it leads nowhere. */
  readonly controller = new LateController();
  /** What is behind the buttons of the service page. */
  readonly service: LateService;
  /** The machine's Wi-Fi, of which nothing is loaded before its page is opened. */
  readonly wifi = lateWifi();
  /** How the databases are, and what asks one whether it takes rows; loaded when somebody does. */
  readonly databaseFacts: DatabaseFacts = {
    live: (address) => this.databases?.live(address),
    tryDatabase: async (address, signal) => {
      const { tryAddress } = await import('./features/databases/database-trial');
      return tryAddress(address, signal);
    },
  };
  private readonly list: Feature[] = [];
  private exchange: MqttExchange | undefined;
  private databases: Databases | undefined;

  constructor(private readonly context: FeatureContext) {
    this.service = new LateService(context.settings.log, context.changed);
  }

  /** Loads and begins what the settings ask for. To be called once, when the first picture is shown. */
  async start(shown: ShownDisplay): Promise<void> {
    const { settings } = this.context;
    const past = await this.openDemoPast();
    const history = await this.startHistory(past);
    const bank = await this.watchBank();
    const frozen = await this.watchFrozen();
    const signs = await this.watchSigns();
    const alarms = await this.startAlarms(past);
    const energy = await this.startEnergy(past);
    const wantsDatabases = settings.logToDatabase && settings.databases.length > 0;
    const databases = wantsDatabases ? await this.startDatabases() : undefined;
    const mqtt = settings.mqtt === 'off' ? undefined : await this.startMqtt(shown);
    const controller = await this.startController();
    const log = settings.log ? await this.startLog(shown) : undefined;
    await this.startUpdates();
    // In the order of the information page.
    for (const feature of [
      bank,
      frozen,
      signs,
      alarms,
      energy,
      databases,
      mqtt,
      controller,
      log,
      history?.feature,
    ])
      if (feature !== undefined) this.list.push(feature);
    if (!vncWanted(settings) && settings.web === 'off') return;
    const server = await this.startRemote(shown);
    if (settings.web !== 'off') await this.startWeb(shown, server, energy, history?.kept);
  }

  /** To be called about once a second. */
  everySecond(): void {
    for (const feature of this.list) feature.everySecond?.();
  }

  /** Where the battery's values come from, if that is not what the settings name as source. */
  get source(): FrameSource | undefined {
    return this.exchange?.source;
  }

  /** At most ten letters for the status strip while something is wrong with passing the battery on. */
  get note(): string | undefined {
    return this.exchange?.note ?? this.databases?.note;
  }

  /** What is wrong with any of them, the most important first. */
  get notices(): readonly OwnNotice[] {
    return this.list.flatMap((feature) => feature.notices?.() ?? []);
  }

  /** How each of them is, for the information page. */
  get lines(): readonly InformationLine[] {
    return this.list.flatMap((feature) => feature.lines?.() ?? []);
  }

  /** Ends at once what could still change something or let somebody in. To be called before `close`. */
  stop(): void {
    for (const feature of this.list) feature.stop?.();
  }

  /** Ends the others, which write and send what waits: that takes a few seconds at most. */
  async close(): Promise<void> {
    await Promise.all(this.list.map(async (feature) => feature.close?.()));
  }

  /** What a demonstration begins with; a real display has what it kept. */
  private async openDemoPast(): Promise<DemoPast | undefined> {
    const { settings, site, clock } = this.context;
    const { demo, modules, seed, history } = settings;
    if (demo === 'off' || !history) return undefined;
    const { openDemoPast } = await import('./io/demo/open-demo-past');
    return openDemoPast({ demo, modules, seed, clock, main: site.main.battery.name });
  }

  private async startHistory(
    past: DemoPast | undefined,
  ): Promise<{ readonly kept: KeptHistory; readonly feature: Feature } | undefined> {
    const { settings, site, clock, log, changed } = this.context;
    const { startHistory } = await import('./features/history/history-keeper');
    const kept = startHistory(settings, site, log, clock, changed, past?.history);
    if (kept === undefined) return undefined;
    const feature: Feature = {
      lines: () => [{ label: 'History', text: historyText(kept.status.report) }],
      notices: () => historyNotices(kept),
      everySecond: () => kept.sample(),
      close: () => kept.close(),
    };
    return { kept, feature };
  }

  private async watchBank(): Promise<Feature | undefined> {
    const { site, clock, log } = this.context;
    const { bank } = site;
    if (bank === undefined) return undefined;
    const { BankWatch } = await import('./features/bank/bank-watch');
    return new BankWatch({ bank, clock, log });
  }

  private async watchFrozen(): Promise<Feature | undefined> {
    const { site, clock, log } = this.context;
    const devices = [...site.devices()].filter((device) => device !== site.bank);
    if (devices.length < 2) return undefined;
    const { FrozenWatch } = await import('./features/frozen/frozen-watch');
    return new FrozenWatch({ devices, clock, log });
  }

  private async watchSigns(): Promise<Feature> {
    const { settings, site, clock, log } = this.context;
    const { SignWatch } = await import('./features/signs/sign-watch');
    const batteries = [...site.all()].map(({ battery }) => battery).filter((each) => each !== site.bank);
    return new SignWatch({ batteries, listed: settings.devices.length > 0, clock, log });
  }

  private async startAlarms(past: DemoPast | undefined): Promise<Feature | undefined> {
    const { settings, site, clock, log, changed } = this.context;
    const { keepAlarms } = await import('./features/alarms/alarm-keeper');
    const alarms = keepAlarms(settings, site, log, clock, changed, past?.alarms);
    if (alarms === undefined) return undefined;
    return { everySecond: () => alarms.sample(), close: () => alarms.close() };
  }

  private async startEnergy(past: DemoPast | undefined): Promise<EnergyKeeper> {
    const { settings, site, clock, log } = this.context;
    const { keepEnergies } = await import('./features/energy/energy-keeper');
    return keepEnergies(settings, site, log, clock, past?.energies);
  }

  private async startDatabases(): Promise<Feature | undefined> {
    const { settings, site, clock, log, changed } = this.context;
    const { startDatabases } = await import('./features/databases/database-keeper');
    const databases = startDatabases(settings, { site, clock, log, changed });
    this.databases = databases;
    if (databases === undefined) return undefined;
    return {
      lines: () => databases.lines,
      notices: () => databases.notices,
      everySecond: () => databases.everySecond(),
      close: () => databases.close(),
    };
  }

  private async startMqtt({ devices, again }: ShownDisplay): Promise<Feature> {
    const { settings, site, clock, log, changed } = this.context;
    const { controller } = this;
    const { startExchange } = await import('./features/mqtt/mqtt-exchange');
    const described = devices();
    const exchange = startExchange(settings, { clock, site, described, log, changed, controller, again });
    this.exchange = exchange;
    if (exchange.controller !== undefined) controller.use(exchange.controller);
    return {
      lines: () => exchange.information,
      everySecond: () => exchange.tick(),
      close: () => exchange.close(),
    };
  }

  private async startController(): Promise<Feature> {
    const { settings, clock, log, changed } = this.context;
    const { controller } = this;
    if (settings.source === 'udp' && settings.mqtt !== 'receiver')
      await controller.open(settings, log, clock, changed);
    return {
      lines: () => controller.information(clock.monotonic()),
      stop: () => controller.close(),
    };
  }

  private async startLog({ end }: ShownDisplay): Promise<Feature> {
    const { settings, site, clock, log, changed } = this.context;
    const { recordLog } = await import('./features/log/log-recording');
    const { battery } = site.main;
    const recording = recordLog(settings, { clock, battery, log, changed, end });
    this.service.recording = recording;
    return {
      lines: () => [{ label: 'Log', text: logText(recording.state.report) }],
      notices: () => logNotices(recording.state),
      close: () => recording.close(),
    };
  }

  private async startUpdates(): Promise<void> {
    const { SoftwareUpdate } = await import('./update/software-update');
    const update = new SoftwareUpdate(this.context.changed);
    this.service.update = update;
    this.list.push({ stop: () => update.close() });
  }

  private async startRemote({ surface, display, outputs }: ShownDisplay): Promise<RfbServer> {
    const { settings, clock, log, changed } = this.context;
    const { openRemoteAccess } = await import('./features/remote/remote-access');
    const remote = openRemoteAccess(settings, { clock, surface, display, outputs, log, changed });
    this.list.push({
      lines: () => [{ label: 'VNC', text: remote.text }],
      stop: () => remote.close(),
    });
    return remote.server;
  }

  private async startWeb(
    { surroundings, counters, devices, outputs, started, demonstrate }: ShownDisplay,
    remote: RfbServer,
    energy: EnergyKeeper,
    history: KeptHistory | undefined,
  ): Promise<void> {
    const { settings, site, clock, log } = this.context;
    const { startWeb } = await import('./features/remote/web');
    const databases = () => this.databases?.all ?? [];
    const kept = { history: () => history, energy: () => energy.json(), databases };
    const parts = { settings, site, clock, log, surroundings, outputs, remote, counters, devices, started };
    const needs = { ...parts, ...kept, demonstrate };
    let address: string | undefined;
    // Not waited for: a port that is busy must not keep the battery from being received.
    const starting = startWeb(needs).then((page) => {
      address = page?.address;
      return page;
    });
    this.list.push({
      lines: () => (address === undefined ? [] : [{ label: 'Web page', text: address }]),
      close: () => starting.then((page) => page?.close()),
    });
  }
}
