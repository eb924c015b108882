import { EV_KEY, EV_SYN, SYN_DROPPED, SYN_REPORT } from './event-codes';
import type { EvdevRecord } from './evdev-records';
import { EV_LED, keyCodes, LED_CAPSL, LED_NUML, type KeyCodeName } from './key-codes';
import type { KeyEvent } from './key-event';
import { namedKeys, padKeys, padSigns } from './key-names';
import { usLayout, type KeyboardLayout } from './us-layout';

/** What the kernel says of a keyboard at this moment: needed at the start and after it lost records. */
export interface KeyboardState {
  /** Whether the key of that code is down. */
  readonly isDown: (code: number) => boolean;
  /** Whether the lamp of that code is lit; `undefined` for a keyboard without such a lamp. */
  readonly isLit: (code: number) => boolean | undefined;
}

const names = new Map<number, KeyCodeName>(
  Object.entries(keyCodes).map(([name, code]) => [code, name as KeyCodeName]),
);

const shiftKeys = [keyCodes.KEY_LEFTSHIFT, keyCodes.KEY_RIGHTSHIFT];
const commandKeys = [
  keyCodes.KEY_LEFTCTRL,
  keyCodes.KEY_RIGHTCTRL,
  keyCodes.KEY_LEFTALT,
  keyCodes.KEY_RIGHTALT,
  keyCodes.KEY_LEFTMETA,
  keyCodes.KEY_RIGHTMETA,
];
const modifiers: readonly number[] = [...shiftKeys, ...commandKeys];

/** The first code that is a button and no key; keyboards with a wheel or a pad have some, which are others' to feel. */
const BTN_MISC = 0x100;
const BTN_LAST = 0x15f;

// Values of records of keys.
const released = 0;
const repeated = 2;

/** Which keys were pressed, and what they type, told from a keyboard's records. */
export class KeyboardDecoder {
  private readonly held = new Set<number>();
  private capsLock = false;
  /** A number pad types numbers, unless its keyboard says otherwise. */
  private numLock = true;
  private dropped = false;

  constructor(
    private readonly readState: () => KeyboardState | undefined = () => undefined,
    private readonly layout: KeyboardLayout = usLayout,
  ) {
    this.restore();
  }

  /** What happened, if anything did that counts. */
  decode({ type, code, value }: EvdevRecord): KeyEvent | undefined {
    if (type === EV_SYN && code === SYN_DROPPED) this.dropped = true;
    else if (this.dropped) {
      // After a loss, what follows up to the next report is of no use.
      if (type === EV_SYN && code === SYN_REPORT) this.restore();
    } else if (type === EV_LED) this.lamp(code, value !== 0);
    else if (type === EV_KEY && (code < BTN_MISC || code > BTN_LAST)) return this.key(code, value);
    return undefined;
  }

  private key(code: number, value: number): KeyEvent | undefined {
    if (modifiers.includes(code)) {
      if (value === released) this.held.delete(code);
      else this.held.add(code);
    }
    if (value === released) return undefined;
    // The lamp follows where there is one; without a console behind the keyboard nobody lights it.
    if (value !== repeated && code === keyCodes.KEY_CAPSLOCK) this.capsLock = !this.capsLock;
    if (value !== repeated && code === keyCodes.KEY_NUMLOCK) this.numLock = !this.numLock;
    const action = value === repeated ? 'repeat' : 'down';
    return { key: this.meaning(code), action, command: this.isHeld(commandKeys) };
  }

  private meaning(code: number): string {
    const name = names.get(code);
    if (name === undefined) return 'Unknown';
    const typed = this.layout[name];
    if (typed !== undefined) {
      const [plain, shifted] = typed;
      const letter = plain !== shifted && plain.toUpperCase() === shifted;
      return this.isHeld(shiftKeys) !== (letter && this.capsLock) ? shifted : plain;
    }
    if (has(padKeys, name)) return padKeys[name][this.numLock ? 0 : 1];
    if (has(padSigns, name)) return padSigns[name];
    return has(namedKeys, name) ? namedKeys[name] : 'Unknown';
  }

  private lamp(code: number, lit: boolean): void {
    if (code === LED_CAPSL) this.capsLock = lit;
    if (code === LED_NUML) this.numLock = lit;
  }

  private restore(): void {
    this.dropped = false;
    this.held.clear();
    const state = this.readState();
    if (state === undefined) return;
    for (const code of modifiers) if (state.isDown(code)) this.held.add(code);
    this.capsLock = state.isLit(LED_CAPSL) ?? this.capsLock;
    this.numLock = state.isLit(LED_NUML) ?? this.numLock;
  }

  private isHeld(codes: readonly number[]): boolean {
    return codes.some((code) => this.held.has(code));
  }
}

function has<T extends object>(table: T, name: PropertyKey): name is keyof T {
  return Object.hasOwn(table, name);
}
