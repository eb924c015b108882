/**
 * Messages to and from the Bluetooth module in front of a JBD battery: FF AA, command, length, data, the low byte of the sum.
 * Only what lets somebody in can be built: commands that change or delete passwords, rename the module or reset it have no
 * name here.
 */
const moduleCommands = { appKey: 0x15, random: 0x17, password: 0x18, root: 0x1d } as const;

/** What a module can be told. */
export type ModuleRequest =
  /** The key of the app, or the owner's password where a module wants that first; six characters. */
  | { readonly step: 'app-key'; readonly key: string }
  | { readonly step: 'random' }
  /** The owner's password, six characters, hidden by the random byte and the address. */
  | {
      readonly step: 'password';
      readonly password: string;
      readonly random: number;
      readonly address: string;
    }
  | { readonly step: 'root'; readonly random: number; readonly address: string };

/** One of the steps. */
export type ModuleStep = ModuleRequest['step'];

const commandOf: Readonly<Record<ModuleStep, number>> = {
  'app-key': moduleCommands.appKey,
  random: moduleCommands.random,
  password: moduleCommands.password,
  root: moduleCommands.root,
};

/** The steps by their commands, for a module that is played. */
export const moduleSteps: ReadonlyMap<number, ModuleStep> = new Map(
  Object.entries(commandOf).map(([step, command]) => [command, step as ModuleStep]),
);

const head = [0xff, 0xaa] as const;
const overhead = 5;
/** The same for every module; published with the captures of the maker's app. */
const rootPassword = 'JBDbtpwd!@#2023';

/** What passwords look like that a module knows: six printable characters of ASCII. */
export const passwordPattern = /^[\x20-\x7e]{6}$/;

/** Addresses as they are printed: six pairs of digits. */
const addressPattern = /^([\da-f]{2}:){5}[\da-f]{2}$/i;

/** True for an address that a password can be hidden by. */
export function isAddress(address: string): boolean {
  return addressPattern.test(address);
}

/**
 * The bytes of a request. `app-key`, `password` and `root` are secret: they hold a password, or what can be made of one.
 *
 * @throws RangeError for a password that is not six characters of ASCII, and an address that is none; without naming them
 */
export function moduleRequest(request: ModuleRequest): Uint8Array {
  const data = dataOf(request);
  const body = [commandOf[request.step], data.length, ...data];
  return Uint8Array.of(...head, ...body, sumOf(body));
}

function dataOf(request: ModuleRequest): number[] {
  switch (request.step) {
    case 'app-key':
      return [...asPassword(request.key)];
    case 'random':
      return [];
    case 'password':
      return hidden(asPassword(request.password), request);
    case 'root':
      return hidden(Buffer.from(rootPassword, 'latin1'), request);
  }
}

function asPassword(text: string): Uint8Array {
  if (!passwordPattern.test(text)) throw new RangeError('a password must be six characters of ASCII');
  return Buffer.from(text, 'latin1');
}

/** Each byte mixed with that of the address, or 0 behind its end, and moved by the random byte. */
function hidden(
  plain: Uint8Array,
  { address, random }: { readonly address: string; readonly random: number },
): number[] {
  if (!isAddress(address)) throw new RangeError('an address must be six pairs of hexadecimal digits');
  const octets = address.split(':').map((octet) => Number.parseInt(octet, 16));
  return Array.from(plain, (byte, i) => ((byte ^ (octets[i] ?? 0)) + random) & 0xff);
}

function sumOf(bytes: readonly number[]): number {
  return bytes.reduce((sum, byte) => sum + byte, 0) & 0xff;
}

/** What a module says. */
export interface ModuleReply {
  readonly command: number;
  readonly data: Uint8Array;
}

/** Reads a notification; `undefined` for one that is not a module's, or whose sum is wrong. Bytes behind it are ignored. */
export function parseModuleReply(piece: Uint8Array): ModuleReply | undefined {
  const [first, second, command, length] = piece;
  if (first !== head[0] || second !== head[1] || command === undefined || length === undefined)
    return undefined;
  if (piece.length < length + overhead) return undefined;
  const body = piece.subarray(2, length + overhead - 1);
  if (sumOf([...body]) !== piece[length + overhead - 1]) return undefined;
  return { command, data: piece.slice(4, length + overhead - 1) };
}

/** The bytes of a reply, as a module sends them. @param code 0 to 255 */
export function moduleReply(step: ModuleStep, code: number): Uint8Array {
  const body = [commandOf[step], 1, code];
  return Uint8Array.of(...head, ...body, sumOf(body));
}

/** True when the reply answers the step. */
export function answers({ command }: ModuleReply, step: ModuleStep): boolean {
  return command === commandOf[step];
}
