/** What stands in the first line of a capture. */
export interface CaptureHeader {
  /** The device's name within its site. */
  readonly device: string;
  /** The type of the device, which reads the rest. */
  readonly type: string;
  /** `serial`, `gatt`, `websocket` or `mqtt`. */
  readonly link: string;
  /** `undefined` where the machine did not know the time of day. */
  readonly started: Date | undefined;
  /** Only where its owner wants it to be there. */
  readonly address?: string;
  /** Settings of the device without which it can't be read. */
  readonly settings?: Readonly<Record<string, string | number | boolean>>;
}

/** One thing that passed a link. `t` is seconds since the capture was started. */
export type CaptureRecord = { readonly t: number } & (CapturePiece | CaptureEvent);

/** A notification, a serial chunk, a message. */
export interface CapturePiece {
  /** `rx` to us, `tx` from us. */
  readonly dir: 'rx' | 'tx';
  /** The characteristic or the topic; absent on serial lines and sockets. */
  readonly at?: string;
  /** Of a message: the broker had kept it. */
  readonly retained?: true;
  readonly bytes?: Uint8Array;
  readonly text?: string;
  /** How many bytes a piece had that is not told, because there is a password in it. */
  readonly secret?: number;
}

/** Something that happened to the link. */
export interface CaptureEvent {
  readonly event: 'connected' | 'disconnected' | 'error';
  readonly detail?: string;
}

/** The version of the format. */
export const captureVersion = 1;

/** The last year that is written with four digits. */
const latestStart = Date.UTC(9999, 0);
/** s that a capture can last, about 30 years: what is beyond is no time. */
const longest = 1e9;

/** Commands of a JBD module (FF AA …) that carry a password, or what can be made of one. */
const secretCommands = [0x15, 0x16, 0x18, 0x19, 0x1b, 0x1d];
const events = ['connected', 'disconnected', 'error'] as const;

/** The first line, without its end. */
export function formatCaptureHeader(header: CaptureHeader): string {
  const { device, type, link, started, address, settings } = header;
  return JSON.stringify({
    packdial: 'capture',
    version: captureVersion,
    device,
    type,
    link,
    started: started?.toISOString() ?? null,
    ...(address !== undefined && { address }),
    ...(settings !== undefined && { settings }),
  });
}

/** Any other line, without its end. Passwords are left out of it. */
export function formatCaptureRecord(record: CaptureRecord): string {
  const t = Math.round(record.t * 1000) / 1000;
  if ('event' in record) {
    const { event, detail } = record;
    return JSON.stringify({ t, event, ...(detail !== undefined && { detail }) });
  }
  const { dir, at, bytes, text, retained } = record;
  const secret = record.secret ?? (bytes !== undefined && hasPassword(dir, bytes) ? bytes.length : undefined);
  return JSON.stringify({
    t,
    dir,
    ...(at !== undefined && { at }),
    ...(retained === true && { retained }),
    ...(secret !== undefined
      ? { secret }
      : bytes === undefined
        ? { text: text ?? '' }
        : { hex: Buffer.from(bytes).toString('hex') }),
  });
}

/**
 * Reads a first line; a byte order mark, the end of the line and unknown keys do not matter.
 *
 * @returns undefined when it is not the first line of a capture; `refused` says in words why one can't be played
 */
export function parseCaptureHeader(line: string): CaptureHeader | { readonly refused: string } | undefined {
  const said = parseObject(line.replace(/^\uFEFF/, ''));
  if (said?.['packdial'] !== 'capture') return undefined;
  const { version, device, type, link, started, address, settings } = said;
  if (version !== captureVersion) {
    const which = typeof version === 'number' ? `version ${version}` : 'no version';
    return { refused: `is a capture of ${which}, and this packdial plays version ${captureVersion}` };
  }
  if (typeof type !== 'string') return { refused: 'is a capture that does not say of which type of device' };
  const time = typeof started === 'string' ? new Date(started) : undefined;
  if (started !== null && !(time !== undefined && time.getTime() <= latestStart))
    return { refused: 'is a capture that does not say when it was started' };
  return {
    device: typeof device === 'string' && device !== '' ? device : type,
    type,
    link: typeof link === 'string' ? link : '',
    started: time,
    ...(typeof address === 'string' && { address }),
    ...(typeof settings === 'object' && settings !== null && { settings: settingsIn(settings) }),
  };
}

/** Reads any other line; undefined when it is none. Unknown keys do not matter. */
export function parseCaptureRecord(line: string): CaptureRecord | undefined {
  const said = parseObject(line);
  const t = said?.['t'];
  if (said === undefined || typeof t !== 'number' || !(Math.abs(t) <= longest)) return undefined;
  const { dir, at, hex, text, secret, event, detail, retained } = said;
  const known = events.find((name) => name === event);
  if (known !== undefined) return { t, event: known, ...(typeof detail === 'string' && { detail }) };
  if (dir !== 'rx' && dir !== 'tx') return undefined;
  const piece = {
    t,
    dir,
    ...(typeof at === 'string' && { at }),
    ...(retained === true && { retained: true as const }),
  } as const;
  if (typeof hex === 'string')
    return /^([0-9a-f]{2})*$/i.test(hex) ? { ...piece, bytes: Buffer.from(hex, 'hex') } : undefined;
  if (typeof text === 'string') return { ...piece, text };
  return typeof secret === 'number' ? { ...piece, secret } : undefined;
}

function settingsIn(said: object): Record<string, string | number | boolean> {
  return Object.fromEntries(
    Object.entries(said).filter((each): each is [string, string | number | boolean] =>
      ['string', 'number', 'boolean'].includes(typeof each[1]),
    ),
  );
}

/** Of what a module answers only a password that it sends back is one: its own answers have one byte. */
function hasPassword(dir: 'rx' | 'tx', bytes: Uint8Array): boolean {
  const [first, second, command = 0, length = 0] = bytes;
  if (first !== 0xff || second !== 0xaa || !secretCommands.includes(command)) return false;
  return dir === 'tx' || length > 1;
}

function parseObject(line: string): Record<string, unknown> | undefined {
  try {
    const said: unknown = JSON.parse(line);
    return typeof said === 'object' && said !== null ? (said as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
