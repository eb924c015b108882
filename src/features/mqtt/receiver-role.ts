import { join } from 'node:path';
import type { BrokerSession } from '../../io/mqtt/broker-session';
import { MqttControllerLink } from '../../io/mqtt/mqtt-controller-link';
import { Outbox } from '../../io/mqtt/outbox';
import { OutboxDrain } from '../../io/mqtt/outbox-drain';
import { MqttSource } from '../../io/sources/mqtt-source';
import { statusReadings } from '../../devices/evtv/status-readings';
import { statusOrigin } from '../../settings/status-origin';
import { textStore } from '../../io/text-store';
import type { RemoteSite } from '../../protocol/mqtt/site-message';
import { batteryTopics } from '../../protocol/mqtt/topics';
import { receptionWords } from '../../words/en/reception';
import type { Role, RoleParts } from './exchange-role';
import { KnownSite, knownSitePath } from './known-site';
import { sentSite } from './site-tellings';

/** A display that shows what a sender publishes. */
export function receiverRole(parts: RoleParts): Role {
  const { settings, folder, link, clock, changed, log } = parts;
  const { bmsId } = settings;
  const before = shownSite(parts);
  const site = new KnownSite({
    bmsId,
    shown: before,
    write: (content) => textStore(knownSitePath(folder)).write(content),
    now: () => clock.monotonic(),
    rebuild: () => {
      log.info(receptionWords.otherDevices(bmsId));
      parts.again();
    },
  });
  let session: BrokerSession | undefined;
  const outbox = new Outbox(join(folder, 'config'));
  const drain = new OutboxDrain(outbox, () => (session?.up === true ? session : undefined));
  const controller = new MqttControllerLink({
    topics: batteryTopics(bmsId),
    clock,
    outbox,
    connected: () => session?.up === true,
    drain: () => void drain.run(),
    changed,
  });
  const source = new MqttSource({
    ...link,
    bmsId,
    read: statusReadings,
    config: (config) => controller.heard(config),
    configReply: (payload) => controller.replied(payload),
    before,
    site: (heard) => site.heard(heard),
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
    tick: () => void site.tick(),
  };
}

/** What the display was built for; `undefined` for the one battery that CompleteStatus tells of. */
function shownSite({ site, described, settings }: RoleParts): RemoteSite | undefined {
  const [first] = described;
  const alone = described.length === 1 && first?.type === statusOrigin(settings).source;
  return alone ? undefined : sentSite(site, described);
}
