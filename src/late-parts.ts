import type { AlarmKeeper } from './alarm-keeper';
import type { Clock } from './clock';
import type { Display } from './display';
import type { HistoryKeeper } from './history-keeper';
import type { Output } from './io/outputs/output';
import type { FrameCounters } from './io/sources/frame-intake';
import type { FrameSource } from './io/sources/frame-source';
import { LateController } from './late-controller';
import type { Log } from './log';
import type { Site } from './model/site';
import type { MqttExchange } from './mqtt-exchange';
import { recorderNotices } from './own-notices';
import type { RemoteAccess } from './remote-access';
import { vncWanted } from './remote-settings';
import type { Surface } from './render/surface';
import type { OwnNotice } from './screens/config/own-notice';
import type { InformationLine } from './screens/config/service';
import type { Surroundings } from './screens/screen';
import { LateService } from './service-actions';
import type { Settings } from './settings';
import type { RunningWeb } from './web';

/** What the late parts need of the program from the start on. */
export interface LateContext {
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
  /** Ends the program, which the service then starts anew. */
  readonly end: () => void;
}

/**
 * What is loaded only after the first picture: keepers of the history, the alarms and the log, the controller, MQTT, updates, and
 * seeing from elsewhere. It is there from the start for who asks how they are; before `start` they have nothing to say.
 */
export class LateParts {
  /** The way to the controller; before one is heard it leads nowhere. */
  readonly controller = new LateController();
  /** What is behind the buttons of the service page. */
  readonly service: LateService;
  private history: HistoryKeeper | undefined;
  private alarms: AlarmKeeper | undefined;
  private exchange: MqttExchange | undefined;
  private remote: RemoteAccess | undefined;
  private web: Promise<unknown> | undefined;
  private page: RunningWeb | undefined;

  constructor(private readonly context: LateContext) {
    this.service = new LateService(context.settings.log, context.changed);
  }

  /** Loads and begins what the settings ask for. To be called once, when the first picture is shown. */
  async start(shown: ShownDisplay): Promise<void> {
    const { settings, site, clock, log, changed } = this.context;
    this.history = (await import('./history-keeper')).startHistory(settings, site, log, clock, changed);
    this.alarms = (await import('./alarm-keeper')).keepAlarms(settings, site, log, clock, changed);
    if (settings.source === 'udp' && settings.mqtt !== 'receiver')
      await this.controller.open(settings, log, clock, changed);
    if (settings.mqtt !== 'off') await this.startExchange();
    if (settings.log) {
      const { recordLog } = await import('./log-recording');
      const { battery } = site.battery('battery');
      this.service.recording = recordLog(settings, { clock, battery, log, changed, end: shown.end });
    }
    const { SoftwareUpdate } = await import('./update/software-update');
    this.service.update = new SoftwareUpdate(changed);
    if (vncWanted(settings) || settings.web !== 'off') await this.startRemote(shown);
  }

  /** To be called about once a second. */
  sample(): void {
    this.history?.sample();
    this.alarms?.sample();
    this.exchange?.tick();
  }

  /** Where the battery is heard, if that is not what the settings name as source. */
  get source(): FrameSource | undefined {
    return this.exchange?.source;
  }

  /** At most ten letters for the status strip while something is wrong with passing the battery on. */
  get note(): string | undefined {
    return this.exchange?.note;
  }

  /** What is wrong with keeping the log and the history. */
  get notices(): readonly OwnNotice[] {
    return recorderNotices(this.service.recording?.state, this.history);
  }

  /** How each of them is, for the information page. */
  get information(): readonly InformationLine[] {
    const { exchange, controller, service, history, remote, page } = this;
    return [
      ...(exchange?.information ?? []),
      ...controller.information(this.context.clock.monotonic()),
      ...(service.recording === undefined ? [] : [{ label: 'Log', text: service.recording.state.text }]),
      ...(history === undefined ? [] : [{ label: 'History', text: history.status.text }]),
      ...(remote === undefined ? [] : [{ label: 'VNC', text: remote.text }]),
      ...(page === undefined ? [] : [{ label: 'Web page', text: page.address }]),
    ];
  }

  /** Ends at once what could still change something or let somebody in. To be called before `close`. */
  stop(): void {
    this.service.update?.close();
    this.controller.close();
    this.remote?.close();
  }

  /** Ends the others, which bring to the disk and to the broker what waits: that takes a few seconds at most. */
  async close(): Promise<void> {
    await Promise.all([
      this.web?.then(() => this.page?.close()),
      this.history?.close(),
      this.alarms?.close(),
      this.exchange?.close(),
      this.service.recording?.close(),
    ]);
  }

  private async startExchange(): Promise<void> {
    const { settings, site, clock, log, changed } = this.context;
    const { controller } = this;
    const battery = site.battery('battery');
    const { startExchange } = await import('./mqtt-exchange');
    this.exchange = startExchange(settings, { clock, battery, log, changed, controller });
    if (this.exchange.controller !== undefined) controller.use(this.exchange.controller);
  }

  private async startRemote({
    surface,
    display,
    outputs,
    surroundings,
    counters,
  }: ShownDisplay): Promise<void> {
    const { settings, site, clock, log, changed } = this.context;
    const { openRemoteAccess } = await import('./remote-access');
    this.remote = openRemoteAccess(settings, { clock, surface, display, outputs, log, changed });
    if (settings.web === 'off') return;
    const { startWeb } = await import('./web');
    const remote = this.remote.server;
    const history = (): HistoryKeeper | undefined => this.history;
    const starting = startWeb({ settings, site, clock, log, surroundings, remote, counters, history });
    this.web = starting.then((running) => (this.page = running));
  }
}
