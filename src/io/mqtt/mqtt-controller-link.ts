import { randomUUID } from 'node:crypto';
import type { Clock } from '../../base/clock';
import type {
  AnnouncedConfiguration,
  ControllerLink,
  ControllerPresence,
  ItemResult,
  ItemResults,
  SaveProgress,
} from '../../model/controller/controller-link';
import {
  isControllerItem,
  type ControllerItemName,
  type ControllerValues,
} from '../../model/controller/items';
import type { SaveReason, SaveStep } from '../../model/controller/save-reports';
import { problemsWith } from '../../model/controller/values';
import {
  isSecretItem,
  parseAnnounced,
  parseConfigReply,
  secretAtBroker,
} from '../../protocol/mqtt/config-message';
import type { BatteryTopics } from '../../protocol/mqtt/topics';
import { longestSave } from '../controller/longest-save';
import { systemTimers, type Timers } from '../timers';
import type { Outbox } from './outbox';

/** ms without a word of it after which the controller is taken for gone. */
const lostAfter = 30_000;
/** ms that the way to the sender and the way back may take together: a broker that was lost is found again in that time. */
const longestWay = 17_000;
/** ms that an answer may take. The sender must have given up before, or it would save what was shown as not answered. */
const patience = longestSave + longestWay;

/** What the link needs of the program. */
export interface MqttControllerLinkParts {
  readonly topics: BatteryTopics;
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly outbox: Outbox;
  /** A connection is there. */
  readonly connected: () => boolean;
  /** Something is in the outbox. */
  readonly drain: () => void;
  /** Something looks different now. */
  readonly changed: () => void;
  readonly timers?: Timers;
}

/** The controller of a battery that is heard from a broker: its sender passes configuration on, and the answers back. */
export class MqttControllerLink implements ControllerLink {
  readonly warning = undefined;
  saving: SaveProgress = { state: 'idle' };
  private announced: AnnouncedConfiguration | undefined;
  private answer: { readonly id: string; readonly take: (results: ItemResults) => void } | undefined;

  constructor(private readonly parts: MqttControllerLinkParts) {}

  get presence(): ControllerPresence {
    const { announced } = this;
    if (announced === undefined) return { state: 'never' };
    const age = this.parts.clock.monotonic() - announced.heardAt;
    return { state: age < lostAfter ? 'heard' : 'lost', announced };
  }

  /** The sender's word on the controller's configuration. */
  heard(config: unknown): void {
    if (config === undefined) return;
    this.announced = parseAnnounced(config, this.parts.clock.monotonic()) ?? this.announced;
  }

  /** An answer of the sender, to this display or to another one. */
  replied(payload: Uint8Array): void {
    const reply = parseConfigReply(payload);
    if (reply !== undefined && reply.id === this.answer?.id) this.answer.take(reply.results);
  }

  async save(changes: ControllerValues): Promise<ItemResults> {
    const names = Object.keys(changes).filter(isControllerItem);
    const { presence, parts } = this;
    if (this.saving.state === 'running') return all(names, refused({ code: 'save-under-way', values: {} }));
    const problems = problemsWith(presence.state === 'never' ? {} : presence.announced.values, changes);
    const results = new Map<ControllerItemName, ItemResult>(
      names.map((name) => [name, { state: 'waiting' }]),
    );
    for (const name of names) {
      const problem = isSecretItem(name) ? secretAtBroker : problems.get(name);
      if (problem !== undefined) results.set(name, refused(problem));
      else if (presence.state !== 'heard')
        results.set(name, refused({ code: 'controller-silent-at-broker', values: {} }));
      else if (!parts.connected()) results.set(name, refused({ code: 'no-broker', values: {} }));
    }
    const sent = names.filter((name) => results.get(name)?.state === 'waiting');
    if (sent.length > 0) {
      const step: SaveStep = { code: 'sending-to-broker', values: { count: sent.length } };
      this.tell({ state: 'running', step, results });
      const outcome = await this.ask(Object.fromEntries(sent.map((name) => [name, changes[name] ?? ''])));
      for (const name of sent) {
        const silent: SaveReason = { code: 'sender-silent', values: {} };
        results.set(name, outcome?.get(name) ?? { state: 'no answer', reason: silent });
      }
    }
    const taken = names.filter((name) => results.get(name)?.state === 'acknowledged');
    // What the controller has is shown before it is announced again.
    if (this.announced !== undefined) {
      const values = Object.fromEntries(taken.map((name) => [name, changes[name] ?? '']));
      this.announced = { ...this.announced, values: { ...this.announced.values, ...values } };
    }
    this.tell({ state: 'finished', results });
    return results;
  }

  /** No address has to be confirmed: no password goes this way. */
  confirm(): void {
    return;
  }

  acknowledge(): void {
    if (this.saving.state === 'finished') this.tell({ state: 'idle' });
  }

  /** Resolves with `undefined` when there is no answer; what was not sent then is not sent later either. */
  private async ask(changes: ControllerValues): Promise<ItemResults | undefined> {
    const { outbox, topics, drain, timers = systemTimers } = this.parts;
    const id = randomUUID();
    const number = outbox.add({ topic: topics.config, payload: JSON.stringify({ schema: 1, id, changes }) });
    drain();
    return new Promise((resolve) => {
      const finish = (results: ItemResults | undefined): void => {
        cancel();
        this.answer = undefined;
        outbox.remove(number);
        resolve(results);
      };
      const cancel = timers.after(patience, () => finish(undefined));
      this.answer = { id, take: finish };
    });
  }

  private tell(progress: SaveProgress): void {
    this.saving = progress;
    this.parts.changed();
  }
}

function refused(reason: SaveReason): ItemResult {
  return { state: 'refused', reason };
}

function all(names: readonly ControllerItemName[], result: ItemResult): ItemResults {
  return new Map(names.map((name) => [name, result]));
}
