import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { isPlausible, type Clock } from '../../base/clock';
import { dataDir } from '../../settings/data-dir';
import { BrokerChoice } from '../../io/mqtt/broker-choice';
import type { BrokerLinkParts, LinkStatus } from '../../io/mqtt/broker-link';
import { BrokerStore } from '../../io/mqtt/broker-store';
import { clientId } from '../../io/mqtt/client-id';
import { ConfigRelay } from '../../io/mqtt/config-relay';
import { MqttControllerLink } from '../../io/mqtt/mqtt-controller-link';
import { Outbox } from '../../io/mqtt/outbox';
import { OutboxDrain } from '../../io/mqtt/outbox-drain';
import { RetainedMessages } from '../../io/mqtt/retained-messages';
import type { BrokerSession } from '../../io/mqtt/broker-session';
import { importFromStick } from '../../io/mqtt/stick-import';
import { MqttSender } from '../../io/recorders/mqtt-sender';
import { textStore } from '../../io/text-store';
import { statusReadings } from '../../devices/evtv/status-readings';
import { MqttSource } from '../../io/sources/mqtt-source';
import type { FrameSource } from '../../io/sources/frame-source';
import { watchForStick } from '../../io/stick/stick-watch';
import { within } from '../../io/within';
import type { Log } from '../../logging/log';
import type { ControllerLink } from '../../model/controller/controller-link';
import type { BrokerFilesReport } from '../../model/broker-files-reports';
import type { Site } from '../../model/site';
import { completeStatus } from '../../protocol/complete-status';
import { computedOf } from '../../protocol/energy-json';
import { announcedMessage } from '../../protocol/mqtt/config-message';
import { energyDiscovery, energyMessage } from '../../protocol/mqtt/energy-message';
import { discoveryMessages } from '../../protocol/mqtt/home-assistant';
import { batteryTopics } from '../../protocol/mqtt/topics';
import type { InformationLine } from '../../screens/config/service';
import type { Settings } from '../../settings/settings';
import { statusOrigin } from '../../settings/status-origin';
import { version } from '../../version';
import { SiteAlarms } from './site-alarms';
import { receptionWords } from '../../words/en/reception';
import { brokerFilesText, saveReasonText, statusNote, statusText, stickFilesText } from '../../words/en';

/** What the exchange needs of the display. */
export interface ExchangeParts {
  readonly clock: Clock;
  /** Its main battery is what is sent. */
  readonly site: Site;
  /** Of the device that it is, or `bank`, where that is known. */
  readonly type: string | undefined;
  readonly log: Log;
  /** Something looks different now. */
  readonly changed: () => void;
  /** The controller on the display's own network. */
  readonly controller: ControllerLink;
}

/** What the display has to do with a broker, while it runs. */
export interface MqttExchange {
  /** A receiver's battery comes from here. */
  readonly source: FrameSource | undefined;
  /** A receiver's way to the controller. */
  readonly controller: ControllerLink | undefined;
  /** At most ten letters for the status strip while a sender does not get through. */
  readonly note: string | undefined;
  readonly information: readonly InformationLine[];
  /** To be called about once a second. */
  tick(): void;
  /** Says goodbye to the broker, for a few seconds at most. */
  close(): Promise<void>;
}

/** ms that the end of the program waits for the broker. */
const patience = 2500;

/** Begins to send or gets ready to receive, as the settings have it. Never throws: without a data folder less is kept. */
export function startExchange(settings: Settings, parts: ExchangeParts): MqttExchange {
  const folder = mqttFolder(settings, parts.log);
  const stop = new AbortController();
  const broker = brokerSetup(settings, folder, parts.clock);
  const role =
    settings.mqtt === 'sender'
      ? sender(settings, folder, parts, broker)
      : receiver(settings, folder, parts, broker);
  let stickReport: BrokerFilesReport = { code: 'files-none', values: {} };
  const watching = watchForStick(stop.signal, async () => {
    const report = await importFromStick(broker.store, () => parts.clock.wall());
    if (report.code === 'files-none' || stop.signal.aborted) return;
    stickReport = report;
    const good = report.code === 'files-taken' || report.code === 'files-known';
    parts.log[good ? 'info' : 'warn'](stickFilesText(report));
    if (report.code === 'files-taken') role.again();
    parts.changed();
  });
  const running = role.run(stop.signal);
  if (settings.mqttPassword !== '' && /^(mqtt|ws):/.test(settings.mqttUrl)) {
    parts.log.warn(
      'MQTT: the password goes over the network readable for others; an address with mqtts:// hides it',
    );
  }
  return {
    source: role.source,
    controller: role.controller,
    get note() {
      const status = role.status();
      return status && statusNote(status);
    },
    get information() {
      const status = role.status();
      const { trouble } = broker.choice;
      const remark = trouble === undefined ? stickFilesText(stickReport) : brokerFilesText(trouble);
      return [
        ...(status === undefined ? [] : [{ label: 'MQTT', text: statusText(status) + role.waiting() }]),
        ...(remark === '' ? [] : [{ label: 'Broker files', text: remark }]),
      ];
    },
    tick: role.tick,
    close: async () => {
      stop.abort();
      await within(patience, Promise.all([running, watching]));
    },
  };
}

/** A receiver without a display, for commands: its id at the broker is another one, so that it does not push the display out. */
export function receiveOnly(settings: Settings, clock: Clock, log: Log | undefined): FrameSource {
  const { link } = brokerSetup(settings, mqttFolder(settings, log), clock);
  const id = `packdial-${randomBytes(6).toString('hex')}`;
  return new MqttSource({
    ...link,
    clientId: () => Promise.resolve(id),
    bmsId: settings.bmsId,
    read: statusReadings,
  });
}

interface Role {
  readonly source: FrameSource | undefined;
  readonly controller: ControllerLink | undefined;
  readonly status: () => LinkStatus | undefined;
  /** What is added to the status while messages have not arrived; else empty. */
  readonly waiting: () => string;
  readonly run: (signal: AbortSignal) => Promise<void>;
  readonly again: () => void;
  readonly tick: () => void;
}

type Broker = ReturnType<typeof brokerSetup>;

function sender(settings: Settings, folder: string, parts: ExchangeParts, { link }: Broker): Role {
  const { clock, site, log, changed, controller } = parts;
  const { battery } = site.main;
  const { bmsId } = settings;
  const origin = statusOrigin(settings, parts.type);
  const alarms = new SiteAlarms(site, bmsId);
  let status: LinkStatus = { up: false, report: { code: 'broker-starting', values: {} } };
  const outbox = new Outbox(join(folder, 'outbox'));
  const relay = new ConfigRelay({
    controller: () => controller,
    words: saveReasonText,
    reply: (payload) => mqtt.send('configReply', payload),
    say: (text) => log.info(text),
  });
  const discovery = settings.homeAssistant
    ? [
        ...discoveryMessages(bmsId, version),
        ...energyDiscovery(bmsId, version, battery.name, [...site.devices()]),
      ]
    : [];
  const mqtt = new MqttSender({
    ...link,
    bmsId,
    outbox,
    retained: new RetainedMessages(discovery, textStore(join(folder, 'retained.json'))),
    energy: () => {
      const wall = clock.wall();
      return isPlausible(wall)
        ? energyMessage(computedOf(site.devices(), clock.monotonic()), wall)
        : undefined;
    },
    config: (payload) => void relay.take(payload),
    read: () => {
      const now = clock.monotonic();
      if (battery.age(now) === Infinity) return undefined;
      const { presence } = controller;
      return JSON.stringify({
        ...completeStatus(battery, origin, now, clock.wall()),
        ...(presence.state === 'heard' && { config: announcedMessage(presence.announced, now) }),
      });
    },
    status: (told) => {
      status = told;
      log[told.nextTry === undefined ? 'info' : 'warn'](`MQTT: ${statusText(told)}`);
      changed();
    },
  });
  return {
    source: undefined,
    controller: undefined,
    status: () => status,
    waiting: () => receptionWords.messagesWaiting(outbox.length, outbox.dropped),
    run: (signal) => mqtt.run(signal),
    again: () => mqtt.again(),
    tick: () => {
      const wall = clock.wall();
      const events = alarms.take(clock.monotonic(), isPlausible(wall) ? wall : undefined);
      for (const event of events) mqtt.send('alarm', JSON.stringify(event));
    },
  };
}

function receiver(settings: Settings, folder: string, parts: ExchangeParts, { link }: Broker): Role {
  const { bmsId } = settings;
  let session: BrokerSession | undefined;
  const outbox = new Outbox(join(folder, 'config'));
  const drain = new OutboxDrain(outbox, () => (session?.up === true ? session : undefined));
  const controller = new MqttControllerLink({
    topics: batteryTopics(bmsId),
    clock: parts.clock,
    outbox,
    connected: () => session?.up === true,
    drain: () => void drain.run(),
    changed: parts.changed,
  });
  const source = new MqttSource({
    ...link,
    bmsId,
    read: statusReadings,
    config: (config) => controller.heard(config),
    configReply: (payload) => controller.replied(payload),
    session: (now) => {
      session = now;
      void drain.run();
    },
  });
  return {
    source,
    controller,
    // The source says it itself, where all sources do.
    status: () => undefined,
    waiting: () => '',
    // What was asked for before the power was cut is nothing that its owner still waits for.
    run: () => outbox.open().then(() => outbox.clear()),
    again: () => source.again(),
    tick: () => undefined,
  };
}

function brokerSetup(settings: Settings, folder: string, clock: Clock) {
  const { mqttUrl, mqttUser, mqttPassword, mqttCa, mqttCert, mqttKey, mqttKeepalive } = settings;
  const store = new BrokerStore(join(folder, 'broker'));
  const choice = new BrokerChoice(
    { url: mqttUrl, user: mqttUser, password: mqttPassword, ca: mqttCa, cert: mqttCert, key: mqttKey },
    store,
  );
  let id: Promise<string> | undefined;
  const link = {
    clock,
    keepalive: mqttKeepalive,
    access: () => choice.access(),
    tried: (...outcome: Parameters<BrokerChoice['tried']>) => choice.tried(...outcome),
    clientId: () => (id ??= clientId(join(folder, 'client-id'))),
  } satisfies Partial<BrokerLinkParts>;
  return { store, choice, link };
}

/** The folder for what has to do with the broker; where none can be written, one that nobody can make, not even root. */
function mqttFolder(settings: Settings, log: Log | undefined): string {
  try {
    return join(dataDir(settings), 'mqtt');
  } catch (error) {
    log?.warn((error as Error).message);
    return '/dev/null/packdial-mqtt';
  }
}
