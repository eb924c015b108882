import { join } from 'node:path';
import { isPlausible } from '../../base/clock';
import type { LinkStatus } from '../../io/mqtt/broker-link';
import { ConfigRelay } from '../../io/mqtt/config-relay';
import { Outbox } from '../../io/mqtt/outbox';
import { RetainedMessages, type RetainedMessage } from '../../io/mqtt/retained-messages';
import { MqttSender, type Telling } from '../../io/recorders/mqtt-sender';
import { textStore } from '../../io/text-store';
import { completeStatus } from '../../protocol/complete-status';
import { describedAs } from '../../protocol/device-json';
import { computedOf } from '../../protocol/energy-json';
import { announcedMessage } from '../../protocol/mqtt/config-message';
import { energyDiscovery, energyMessage } from '../../protocol/mqtt/energy-message';
import { discoveryMessages } from '../../protocol/mqtt/home-assistant';
import { siteDiscovery } from '../../protocol/mqtt/site-discovery';
import { siteMessage } from '../../protocol/mqtt/site-message';
import { batteryTopics } from '../../protocol/mqtt/topics';
import { sendsDevices } from '../../settings/mqtt-settings';
import { statusOrigin } from '../../settings/status-origin';
import { version } from '../../version';
import { saveReasonText, statusText } from '../../words/en';
import { receptionWords } from '../../words/en/reception';
import type { Role, RoleParts } from './exchange-role';
import { dataTelling, packTelling } from './other-tellings';
import { SiteAlarms } from './site-alarms';
import { alarmsTelling, devicesTelling, sentSite } from './site-tellings';

/** A display that publishes what it reads. */
export function senderRole(parts: RoleParts): Role {
  const { settings, folder, link, clock, site, described, log, changed, controller } = parts;
  const { battery } = site.main;
  const { bmsId } = settings;
  const origin = statusOrigin(settings, describedAs(battery, described)?.type);
  const alarms = new SiteAlarms(site, bmsId);
  let status: LinkStatus = { up: false, report: { code: 'broker-starting', values: {} } };
  const outbox = new Outbox(join(folder, 'outbox'));
  const relay = new ConfigRelay({
    controller: () => controller,
    words: saveReasonText,
    reply: (payload) => mqtt.send('configReply', payload),
    say: (text) => log.info(text),
  });
  const mqtt = new MqttSender({
    ...link,
    bmsId,
    outbox,
    retained: new RetainedMessages(retainedMessages(parts), textStore(join(folder, 'retained.json'))),
    energy: () => {
      const wall = clock.wall();
      return isPlausible(wall)
        ? energyMessage(computedOf(site.devices(), clock.monotonic()), wall)
        : undefined;
    },
    tellings: tellings(parts),
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

/** What is published beside CompleteStatus and the energies. */
function tellings({ settings, site, described, clock }: RoleParts): Telling[] {
  const parts = { bmsId: settings.bmsId, site, described, clock };
  return [
    ...(sendsDevices(settings) ? [devicesTelling(parts)] : []),
    ...(settings.homeAssistant ? [alarmsTelling(parts)] : []),
    ...(settings.mqttDataJson ? [dataTelling(parts)] : []),
    ...(settings.mqttMessagePack ? [packTelling({ ...parts, devices: settings.devices })] : []),
  ];
}

/** What the broker is to keep. */
function retainedMessages({ settings, site, described }: RoleParts): RetainedMessage[] {
  const { bmsId } = settings;
  const { name: main } = site.main.battery;
  const one = sendsDevices(settings);
  const sent = one ? sentSite(site, described) : { devices: [], bank: null };
  const all = Array.from(site.devices()).flatMap((device) => describedAs(device, described) ?? []);
  const discovery = settings.homeAssistant
    ? [
        ...discoveryMessages(bmsId, version),
        ...energyDiscovery(bmsId, version, main, [...site.devices()]),
        ...siteDiscovery(bmsId, version, main, all, one),
      ]
    : [];
  return [{ topic: batteryTopics(bmsId).site, payload: siteMessage(bmsId, sent) }, ...discovery];
}
