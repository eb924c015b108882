import { EV_KEY, EV_SYN, SYN_DROPPED, SYN_REPORT } from './event-codes';
import type { EvdevRecord } from './evdev-records';
import { EV_LED, keyCodes, LED_CAPSL, LED_NUML, type KeyCodeName } from './key-codes';
import type { KeyEvent } from './key-event';
import { namedKeys, padKeys, padSigns } from './key-names';
import { composed } from './keymap/accents';
import { modifierBits, type Accent, type Keymap, type KeySymbol } from './keymap/keymap';
import { usKeymap } from './keymap/us-keymap';

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

const logoKeys: readonly number[] = [keyCodes.KEY_LEFTMETA, keyCodes.KEY_RIGHTMETA];
/** Keys whose table says nothing else are these: looked at after a loss. */
const modifierKeys: readonly number[] = [
  ...logoKeys,
  keyCodes.KEY_LEFTSHIFT,
  keyCodes.KEY_RIGHTSHIFT,
  keyCodes.KEY_LEFTCTRL,
  keyCodes.KEY_RIGHTCTRL,
  keyCodes.KEY_LEFTALT,
  keyCodes.KEY_RIGHTALT,
  keyCodes.KEY_CAPSLOCK,
];
const shiftTable = 1 << modifierBits.shift;
/** What is typed with them is a command, and named by what it types without. */
const commandTables = (1 << modifierBits.control) | (1 << modifierBits.alt);

/** The first code that is a button and no key; keyboards with a wheel or a pad have some, which are others' to feel. */
const BTN_MISC = 0x100;
const BTN_LAST = 0x15f;

// Values of records of keys.
const released = 0;
const repeated = 2;

/** Which keys were pressed, and what they type, told from a keyboard's records. */
export class KeyboardDecoder {
  /** Keys that are held and choose tables, by their code, with the bits of those tables; 0 for the logo key. */
  private readonly held = new Map<number, number>();
  /** Bits of tables that stay chosen. */
  private locked = 0;
  private capsLock = false;
  /** A number pad types numbers, unless its keyboard says otherwise. */
  private numLock = true;
  private dropped = false;
  /** A dead key was pressed, and waits for its character. */
  private accent: Accent | undefined;

  constructor(
    private readonly readState: () => KeyboardState | undefined = () => undefined,
    private readonly keymap: Keymap = usKeymap,
  ) {
    this.restore();
  }

  /** What happened, if anything did that counts: mostly one event, two for a dead key whose character can't have its accent. */
  decode({ type, code, value }: EvdevRecord): KeyEvent[] {
    if (type === EV_SYN && code === SYN_DROPPED) this.dropped = true;
    else if (this.dropped) {
      // After a loss, what follows up to the next report is of no use.
      if (type === EV_SYN && code === SYN_REPORT) this.restore();
    } else if (type === EV_LED) this.lamp(code, value !== 0);
    else if (type === EV_KEY && (code < BTN_MISC || code > BTN_LAST)) return this.key(code, value);
    return [];
  }

  private key(code: number, value: number): KeyEvent[] {
    if (value === released) {
      this.held.delete(code);
      return [];
    }
    const symbol = this.symbol(code);
    if (value !== repeated) {
      this.hold(code, symbol);
      // The lamp follows where there is one; without a console behind the keyboard nobody lights it.
      if (code === keyCodes.KEY_CAPSLOCK && symbol?.kind !== 'modifier') this.capsLock = !this.capsLock;
      if (code === keyCodes.KEY_NUMLOCK) this.numLock = !this.numLock;
    }
    const action = value === repeated ? 'repeat' : 'down';
    const command = this.isCommand;
    const terminal = this.terminalOf(code);
    return this.meaning(code, symbol, command).map((key) => ({
      key,
      action,
      command,
      ...(terminal !== undefined && { terminal }),
    }));
  }

  /** The virtual terminal that a function key asks for together with Ctrl and Alt. */
  private terminalOf(code: number): number | undefined {
    const number = /^KEY_F(\d+)$/.exec(names.get(code) ?? '')?.[1];
    const isAsked = (this.bits & commandTables) === commandTables;
    return number !== undefined && isAsked ? Number(number) : undefined;
  }

  /** What a key does in the table that is chosen. */
  private symbol(code: number): KeySymbol | undefined {
    const chosen = this.bits ^ this.locked;
    // Alt and shift together change to another group of tables in some keymaps.
    const modifier = this.keymap.symbol(code, chosen);
    if (modifier?.kind === 'modifier') return modifier;
    const table = chosen & ~commandTables;
    const symbol = this.keymap.symbol(code, table);
    if (symbol?.kind !== 'character' || !symbol.letter || !this.capsLock) return symbol;
    const capital = this.keymap.symbol(code, table ^ shiftTable);
    // The question mark above ß is no capital.
    const same = capital?.kind === 'character' && lower(capital) === lower(symbol);
    return same ? capital : symbol;
  }

  private hold(code: number, symbol: KeySymbol | undefined): void {
    if (logoKeys.includes(code)) this.held.set(code, 0);
    if (symbol?.kind !== 'modifier') return;
    if (symbol.locks) this.locked ^= 1 << symbol.bit;
    else this.held.set(code, 1 << symbol.bit);
  }

  private get bits(): number {
    return [...this.held.values()].reduce((all, bit) => all | bit, 0);
  }

  private get isCommand(): boolean {
    return (this.bits & commandTables) !== 0 || logoKeys.some((code) => this.held.has(code));
  }

  /** The name of a key, or what it types. */
  private meaning(code: number, symbol: KeySymbol | undefined, command: boolean): string[] {
    const name = names.get(code);
    if (name !== undefined && has(padKeys, name)) return this.typed(padKeys[name][this.numLock ? 0 : 1]);
    if (name !== undefined && has(padSigns, name)) return this.typed(padSigns[name]);
    switch (symbol?.kind) {
      case 'character':
        return command ? [symbol.character] : this.typed(symbol.character);
      case 'dead': {
        if (command) return [symbol.accent.alone];
        const before = this.accent;
        // Twice the same is the mark alone; after another one that one stands alone.
        this.accent = before?.alone === symbol.accent.alone ? undefined : symbol.accent;
        return [before?.alone ?? 'Dead'];
      }
      case 'modifier':
      case undefined:
        if (symbol === undefined) this.accent = undefined;
        return [name !== undefined && has(namedKeys, name) ? namedKeys[name] : 'Unknown'];
    }
  }

  /** A character, or the name of a key, after what was pressed before it. */
  private typed(key: string): string[] {
    const { accent } = this;
    this.accent = undefined;
    return accent === undefined || Array.from(key).length > 1 ? [key] : composed(accent, key);
  }

  private lamp(code: number, lit: boolean): void {
    if (code === LED_NUML) this.numLock = lit;
    if (code !== LED_CAPSL) return;
    const symbol = this.keymap.symbol(keyCodes.KEY_CAPSLOCK, 0);
    if (symbol?.kind !== 'modifier' || !symbol.locks) this.capsLock = lit;
    // A keymap whose capitals are in a table of their own has that one's lock behind the lamp.
    else this.locked = lit ? this.locked | (1 << symbol.bit) : this.locked & ~(1 << symbol.bit);
  }

  private restore(): void {
    this.dropped = false;
    this.held.clear();
    this.accent = undefined;
    const state = this.readState();
    if (state === undefined) return;
    for (const code of modifierKeys) {
      const symbol = state.isDown(code) ? this.keymap.symbol(code, 0) : undefined;
      if (state.isDown(code) && !(symbol?.kind === 'modifier' && symbol.locks)) this.hold(code, symbol);
    }
    const [caps, numbers] = [state.isLit(LED_CAPSL), state.isLit(LED_NUML)];
    if (caps !== undefined) this.lamp(LED_CAPSL, caps);
    if (numbers !== undefined) this.lamp(LED_NUML, numbers);
  }
}

const lower = ({ character }: { readonly character: string }): string => character.toLowerCase();

function has<T extends object>(table: T, name: PropertyKey): name is keyof T {
  return Object.hasOwn(table, name);
}
