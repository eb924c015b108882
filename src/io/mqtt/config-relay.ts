import type { ControllerLink, ItemResult } from '../../model/controller/controller-link';
import { isControllerItem } from '../../model/controller/items';
import type { SaveReason } from '../../model/controller/save-reports';
import { noSuchItem } from '../../model/controller/values';
import {
  configReply,
  isSecretItem,
  knownValues,
  parseConfigRequest,
  secretAtBroker,
} from '../../protocol/mqtt/config-message';

/** Requests that are remembered, so that one that arrives twice is carried out once. */
const remembered = 100;

/** What a ConfigRelay needs of the program. */
export interface ConfigRelayParts {
  /** The controller, where this display knows one. */
  readonly controller: () => ControllerLink | undefined;
  /** Puts a reason into words, which the display that has asked shows. */
  readonly words: (reason: SaveReason) => string;
  /** Sends an answer. */
  readonly reply: (payload: string) => void;
  /** For the log: what was asked for, never a value. */
  readonly say: (text: string) => void;
}

/** Passes on to the controller what other displays want it to be set to, and tells them what came of it. Nothing throws. */
export class ConfigRelay {
  /** Messages that were no request. */
  malformed = 0;
  private readonly answers = new Map<string, string | undefined>();

  constructor(private readonly parts: ConfigRelayParts) {}

  /** Takes one request. Resolves when it was answered, or was found to be none or one that came before; never rejects. */
  async take(payload: Uint8Array): Promise<void> {
    const request = parseConfigRequest(payload);
    if (request === undefined) {
      this.malformed++;
      this.parts.say(`Not used: ${payload.length} bytes that are no configuration`);
      return;
    }
    const { id, changes } = request;
    if (this.answers.has(id)) {
      const answer = this.answers.get(id);
      if (answer !== undefined) this.parts.reply(answer);
      return;
    }
    this.remember(id, undefined);
    this.parts.say(`Configuration by way of the broker: ${Object.keys(changes).join(', ')}`);
    const answer = configReply(id, await this.carryOut(changes), this.parts.words);
    this.remember(id, answer);
    this.parts.reply(answer);
  }

  private async carryOut(
    changes: Readonly<Record<string, string | number>>,
  ): Promise<Readonly<Record<string, ItemResult>>> {
    const controller = this.parts.controller();
    const refused = (reason: SaveReason) => ({ state: 'refused', reason }) as const;
    const noAnswer = (reason: SaveReason) => ({ state: 'no answer', reason }) as const;
    const results: Record<string, ItemResult> = {};
    const allowed: Record<string, string | number> = {};
    for (const [name, value] of Object.entries(changes)) {
      if (!isControllerItem(name)) results[name] = refused(noSuchItem);
      else if (isSecretItem(name)) results[name] = refused(secretAtBroker);
      else if (controller?.presence.state !== 'heard') {
        results[name] = refused({ code: 'sender-without-controller', values: {} });
      } else allowed[name] = value;
    }
    if (controller === undefined || Object.keys(allowed).length === 0) return results;
    try {
      const outcome = await controller.save(knownValues(allowed), 'relay');
      for (const name of Object.keys(allowed)) {
        const result = isControllerItem(name) ? outcome.get(name) : undefined;
        results[name] = result ?? noAnswer({ code: 'item-unmentioned', values: {} });
      }
    } catch (error) {
      const failed = noAnswer({ code: 'relay-failed', values: { reason: String(error) } });
      for (const name of Object.keys(allowed)) results[name] = failed;
    }
    return results;
  }

  private remember(id: string, answer: string | undefined): void {
    this.answers.delete(id);
    this.answers.set(id, answer);
    const [oldest] = this.answers.keys();
    if (this.answers.size > remembered && oldest !== undefined) this.answers.delete(oldest);
  }
}
