import * as v from 'valibot';
import { meterRoles } from '../../model/meter-role';

/** Devices that a receiver takes from one sender, its bank not counted. */
export const mostDevices = 32;
/** Bytes that a site's message may have to be looked at; one of 32 devices has less than 5000. */
const longestSite = 16_384;

/** The name of a device: it is a part of topics, files and lines of text. */
export const deviceName = v.pipe(v.string(), v.regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,31}$/u));
/** What a device is to its site. */
export const deviceKind = v.picklist(['battery', 'solar-charger', 'meter']);
/** A type's name, known here or not. */
export const deviceTypeName = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,32}$/));
/** What a meter measures. */
export const deviceRole = v.optional(v.picklist(meterRoles));

const remoteDevice = v.object({
  name: deviceName,
  kind: deviceKind,
  type: deviceTypeName,
  role: deviceRole,
});

const remoteBank = v.object({
  /** Names of its batteries. */
  members: v.pipe(v.array(deviceName), v.minLength(2), v.maxLength(mostDevices)),
  /** Name of the meter of their common current; null without one. */
  meter: v.nullable(deviceName),
});

/** A sender's devices, in its order: what stays the same while values come and go. */
export const remoteSite = v.pipe(
  v.object({
    devices: v.pipe(v.array(remoteDevice), v.maxLength(mostDevices)),
    bank: v.nullable(remoteBank),
  }),
  v.check(({ devices, bank }) => {
    const names = new Set(devices.map(({ name }) => name));
    const different = new Set(devices.map(({ name }) => name.toLowerCase()));
    if (different.size < devices.length) return false;
    return bank === null || [...bank.members, bank.meter ?? []].flat().every((name) => names.has(name));
  }),
);

/** A device of a sender. */
export type RemoteDevice = v.InferOutput<typeof remoteDevice>;
/** A sender's devices; none for a sender that has one battery only, which CompleteStatus says all of. */
export type RemoteSite = v.InferOutput<typeof remoteSite>;

const siteSchema = v.object({
  schema: v.literal(1),
  bmsId: v.pipe(v.string(), v.maxLength(256)),
  site: remoteSite,
});

/** The message of a sender's devices. It has no time in it: it is the same as long as they are. */
export function siteMessage(bmsId: string, site: RemoteSite): string {
  return JSON.stringify({ schema: 1, bmsId, ...site });
}

/** Reads what came under Site; `undefined` for what is none of this BMS ID, whatever the bytes are. Never throws. */
export function parseSite(payload: Uint8Array, bmsId: string): RemoteSite | undefined {
  if (payload.length > longestSite) return undefined;
  try {
    const parsed: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
    const { schema, bmsId: of, ...site } = parsed as Record<string, unknown>;
    const result = v.safeParse(siteSchema, { schema, bmsId: of, site });
    return result.success && result.output.bmsId === bmsId ? result.output.site : undefined;
  } catch {
    return undefined;
  }
}
