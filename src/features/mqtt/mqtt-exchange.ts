import { join } from 'node:path';
import type { Clock } from '../../base/clock';
import { dataDir } from '../../settings/data-dir';
import { BrokerChoice } from '../../io/mqtt/broker-choice';
import { BrokerStore } from '../../io/mqtt/broker-store';
import { clientId, passingClientId } from '../../io/mqtt/client-id';
import { importFromStick } from '../../io/mqtt/stick-import';
import { statusReadings } from '../../devices/evtv/status-readings';
import { MqttSource } from '../../io/sources/mqtt-source';
import type { FrameSource } from '../../io/sources/frame-source';
import { watchForStick } from '../../io/stick/stick-watch';
import { within } from '../../io/within';
import type { Log } from '../../logging/log';
import type { ControllerLink } from '../../model/controller/controller-link';
import type { BrokerFilesReport } from '../../model/broker-files-reports';
import type { InformationLine } from '../../screens/config/service';
import { ownBroker } from '../../settings/own-broker';
import type { Settings } from '../../settings/settings';
import { brokerFilesText, statusNote, statusText, stickFilesText } from '../../words/en';
import type { BrokerConnection, ExchangeParts } from './exchange-role';
import { receiverRole } from './receiver-role';
import { senderRole } from './sender-role';

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
  const roleParts = { ...parts, settings, folder, link: broker.link };
  const role = settings.mqtt === 'sender' ? senderRole(roleParts) : receiverRole(roleParts);
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
  const id = passingClientId();
  return new MqttSource({
    ...link,
    clientId: () => Promise.resolve(id),
    bmsId: settings.bmsId,
    read: statusReadings,
  });
}

function brokerSetup(settings: Settings, folder: string, clock: Clock) {
  const store = new BrokerStore(join(folder, 'broker'));
  const choice = new BrokerChoice(ownBroker(settings), store);
  let id: Promise<string> | undefined;
  const link = {
    clock,
    keepalive: settings.mqttKeepalive,
    access: () => choice.access(),
    tried: (...outcome: Parameters<BrokerChoice['tried']>) => choice.tried(...outcome),
    clientId: () => (id ??= clientId(join(folder, 'client-id'))),
  } satisfies BrokerConnection;
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
