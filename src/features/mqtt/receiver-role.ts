import { join } from 'node:path';
import type { BrokerSession } from '../../io/mqtt/broker-session';
import { MqttControllerLink } from '../../io/mqtt/mqtt-controller-link';
import { Outbox } from '../../io/mqtt/outbox';
import { OutboxDrain } from '../../io/mqtt/outbox-drain';
import { MqttSource } from '../../io/sources/mqtt-source';
import { statusReadings } from '../../devices/evtv/status-readings';
import { batteryTopics } from '../../protocol/mqtt/topics';
import type { Role, RoleParts } from './exchange-role';

/** A display that shows what a sender publishes. */
export function receiverRole({ settings, folder, link, clock, changed }: RoleParts): Role {
  const { bmsId } = settings;
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
