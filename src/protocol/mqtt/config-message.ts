import * as v from 'valibot';
import type { AnnouncedConfiguration, ItemResult, ItemResults } from '../../model/controller/controller-link';
import {
  controllerItem,
  controllerItemNames,
  isControllerItem,
  type ControllerItemName,
  type ControllerValues,
} from '../../model/controller/items';
import type { SaveReason } from '../../model/controller/save-reports';
import { withoutSecrets } from '../../model/controller/values';

/** Bytes that a message about configuration may have. */
const longest = 16_384;

const value = v.union([v.pipe(v.string(), v.maxLength(256)), v.pipe(v.number(), v.finite())]);
const id = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/));

/** Config: what somebody wants the controller to be set to. Schema 1. */
const requestSchema = v.object({
  schema: v.literal(1),
  id,
  changes: v.pipe(
    v.record(v.pipe(v.string(), v.maxLength(64)), value),
    v.check((changes) => Object.keys(changes).length <= 64),
  ),
});

/** A request as it was read: its id, and values by the names of items. */
export type ConfigRequest = v.InferOutput<typeof requestSchema>;

const reason = v.optional(v.pipe(v.string(), v.maxLength(300)), '');
const resultSchema = v.variant('state', [
  v.object({ state: v.literal('acknowledged') }),
  v.object({ state: v.literal('refused'), reason }),
  v.object({ state: v.literal('no answer'), reason }),
]);

/** ConfigReply: what became of each item. Schema 1. */
const replySchema = v.object({
  schema: v.literal(1),
  id,
  results: v.record(v.pipe(v.string(), v.maxLength(64)), resultSchema),
});

/** The part of CompleteStatus that tells the controller's configuration. */
const announcedSchema = v.object({
  values: v.record(v.pipe(v.string(), v.maxLength(64)), value),
  address: v.pipe(v.string(), v.maxLength(100)),
  age: v.pipe(v.number(), v.finite(), v.minValue(0)),
});

/** What is published of a controller's configuration: never a password. */
export interface AnnouncedMessage {
  readonly values: ControllerValues;
  readonly address: string;
  /** Seconds since it was heard. */
  readonly age: number;
}

/** @param now monotonic ms */
export function announcedMessage(announced: AnnouncedConfiguration, now: number): AnnouncedMessage {
  const age = Math.round((now - announced.heardAt) / 100) / 10;
  return { values: withoutSecrets(announced.values), address: announced.address, age: Math.max(0, age) };
}

/** Reads it back; `undefined` for anything that it is not. What is not known here is left out. @param now monotonic ms */
export function parseAnnounced(config: unknown, now: number): AnnouncedConfiguration | undefined {
  const parsed = v.safeParse(announcedSchema, config);
  if (!parsed.success) return undefined;
  const { values, address, age } = parsed.output;
  return { values: withoutSecrets(knownValues(values)), address, heardAt: now - age * 1000 };
}

/** Reads a request; `undefined` for anything that is none. */
export function parseConfigRequest(payload: Uint8Array): ConfigRequest | undefined {
  return parse(requestSchema, payload);
}

/** Reads an answer, in the order of the items; `undefined` for anything that is none. */
export function parseConfigReply(
  payload: Uint8Array,
): { readonly id: string; readonly results: ItemResults } | undefined {
  const reply = parse(replySchema, payload);
  if (reply === undefined) return undefined;
  const results = controllerItemNames.flatMap((name): [ControllerItemName, ItemResult][] => {
    const result = Object.hasOwn(reply.results, name) ? reply.results[name] : undefined;
    return result === undefined ? [] : [[name, resultIn(result)]];
  });
  return { id: reply.id, results: new Map(results) };
}

function resultIn(result: v.InferOutput<typeof resultSchema>): ItemResult {
  if (result.state === 'acknowledged') return result;
  const { state, reason: words } = result;
  return {
    state,
    reason: words === '' ? { code: 'said-nothing', values: {} } : { code: 'said', values: { words } },
  };
}

/**
 * An answer as it is sent.
 *
 * @param results by name, also of what is no item
 * @param words puts a reason into the words that the other display shows
 */
export function configReply(
  id: string,
  results: Readonly<Record<string, ItemResult>>,
  words: (reason: SaveReason) => string,
): string {
  const told = Object.entries(results).map(([name, result]) => [
    name,
    'reason' in result ? { state: result.state, reason: words(result.reason) } : result,
  ]);
  return JSON.stringify({ schema: 1, id, results: Object.fromEntries(told) as object });
}

/** Why an item that is secret is refused, on either side of the broker. */
export const secretAtBroker: SaveReason = { code: 'secret-at-broker', values: {} };

/** True for a name whose value must not go over a broker. */
export function isSecretItem(name: string): boolean {
  return isControllerItem(name) && controllerItem(name).secret;
}

/** Those of the values that belong to items. */
export function knownValues(values: Readonly<Record<string, string | number>>): ControllerValues {
  return Object.fromEntries(Object.entries(values).filter(([name]) => isControllerItem(name)));
}

function parse<S extends v.GenericSchema>(schema: S, payload: Uint8Array): v.InferOutput<S> | undefined {
  if (payload.length > longest) return undefined;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(payload);
    const parsed = v.safeParse(schema, JSON.parse(text));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}
