import { accentNamed } from './accents';
import { character, dead } from './kernel-symbol';
import { modifierBits, type Keymap, type KeySymbol } from './keymap';

/** The modifiers of kbd's keymaps, as a key is given them; the same with `_Lock` behind locks. */
const modifiers: Readonly<Record<string, number>> = {
  Shift: modifierBits.shift,
  AltGr: modifierBits.altGr,
  Control: modifierBits.control,
  Alt: modifierBits.alt,
  ShiftL: modifierBits.shiftL,
  ShiftR: modifierBits.shiftR,
  CtrlL: modifierBits.ctrlL,
  CtrlR: modifierBits.ctrlR,
  CapsShift: modifierBits.shift,
};

/** What lines for a single table call the modifiers that choose it. */
const tableBits: Readonly<Record<string, number>> = {
  plain: 0,
  ...Object.fromEntries(
    Object.entries(modifierBits).map(([name, bit]) => [name.toLowerCase(), 1 << bit] as const),
  ),
};
/** What caps lock chooses there: the kernel's own knows no letters but Latin ones. */
const capsTable = 1 << modifierBits.ctrlL;
const shiftTable = 1 << modifierBits.shift;

/**
 * A keymap that `ckbcomp` has printed: `keymaps 0-127`, then a line for each key with a word for each of these tables, or, where
 * one of them has no word, lines such as `altgr shift keycode 18 = U+20ac` for the others. What is not understood types nothing.
 * `undefined` when no key types anything.
 */
export function compiledKeymap(text: string): Keymap | undefined {
  const tables = tablesOf(/^keymaps +(\S+)/m.exec(text)?.[1] ?? '');
  const keys = new Map<number, Map<number, KeySymbol | undefined>>();
  for (const [, chosen = '', code = '', written = ''] of text.matchAll(
    /^([a-z ]*)\bkeycode +(\d{1,3}) *= *(.*)$/gm,
  )) {
    const symbols = keys.get(Number(code)) ?? new Map<number, KeySymbol | undefined>();
    keys.set(Number(code), symbols);
    const words = written.trim().split(/\s+/);
    const names = chosen.trim().split(/\s+/);
    if (names[0] === '') for (const [at, table] of tables.entries()) symbols.set(table, symbolOf(words[at]));
    else symbols.set(tableNamed(names), symbolOf(words[0]));
  }
  const types = [...keys.values()].some((symbols) =>
    [...symbols.values()].some((symbol) => symbol?.kind === 'character'),
  );
  if (!types) return undefined;
  return { symbol: (code, table) => symbolIn(keys.get(code), table) };
}

/** What a key does in a table. What ckbcomp takes for the capital of ß is S, and for that of the Turkish i an I. */
function symbolIn(
  symbols: ReadonlyMap<number, KeySymbol | undefined> | undefined,
  table: number,
): KeySymbol | undefined {
  const symbol = symbols?.get(table);
  if ((table & capsTable) === 0 || symbol?.kind !== 'character') return symbol;
  const small = symbols?.get(table ^ capsTable);
  const shifted = symbols?.get(table ^ capsTable ^ shiftTable);
  if (small?.kind !== 'character') return symbol;
  const { character } = small;
  if (shifted?.kind === 'character' && dotted.includes(shifted.character) && dotted.includes(character))
    return shifted;
  const cases = [character, character.toUpperCase(), character.toLowerCase()];
  return cases.includes(symbol.character) ? symbol : small;
}

/** The Turkish i and its capital, which no rule of Unicode without a language tells. */
const dotted: readonly string[] = ['i', 'İ'];

/** The number of a table; -1, which no key asks for, for one that is not known. */
function tableNamed(names: readonly string[]): number {
  const bits = names.map((name) => (Object.hasOwn(tableBits, name) ? tableBits[name] : undefined));
  return bits.includes(undefined) ? -1 : bits.reduce<number>((table, bit = 0) => table | bit, 0);
}

/** Numbers of tables: `0-3`, or `0-3,8`. */
function tablesOf(written: string): number[] {
  return written.split(',').flatMap((range) => {
    const [from = NaN, to = from] = range.split('-').map(Number);
    if (!(from >= 0 && to >= from && to < 256)) return [];
    return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  });
}

function symbolOf(word = ''): KeySymbol | undefined {
  const [, plus, digits] = /^(\+?)U\+([0-9a-f]{4,6})$/i.exec(word) ?? [];
  if (digits !== undefined) return character(parseInt(digits, 16), plus === '+');
  if (word.startsWith('dead_')) return dead(accentNamed(word.slice('dead_'.length)));
  const name = word.replace(/_Lock$/, '');
  const bit = Object.hasOwn(modifiers, name) ? modifiers[name] : undefined;
  return bit === undefined ? undefined : { kind: 'modifier', bit, locks: name !== word };
}
