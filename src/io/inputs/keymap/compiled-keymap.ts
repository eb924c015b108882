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

/**
 * A keymap that `ckbcomp` has printed: `keymaps 0-127`, then a line for each key with a word for each of these tables. What is
 * not understood types nothing. `undefined` when no key types anything.
 */
export function compiledKeymap(text: string): Keymap | undefined {
  const tables = tablesOf(/^keymaps +(\S+)/m.exec(text)?.[1] ?? '');
  const keys = new Map<number, readonly (KeySymbol | undefined)[]>();
  for (const [, code = '', words = ''] of text.matchAll(/^keycode +(\d{1,3}) *= *(.*)$/gm))
    keys.set(Number(code), words.trim().split(/\s+/).slice(0, tables.length).map(symbolOf));
  const types = [...keys.values()].some((symbols) => symbols.some((symbol) => symbol?.kind === 'character'));
  if (!types) return undefined;
  return { symbol: (code, table) => keys.get(code)?.[tables.indexOf(table)] };
}

/** Numbers of tables: `0-3`, or `0-3,8`. */
function tablesOf(written: string): number[] {
  return written.split(',').flatMap((range) => {
    const [from = NaN, to = from] = range.split('-').map(Number);
    if (!(from >= 0 && to >= from && to < 256)) return [];
    return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  });
}

function symbolOf(word: string): KeySymbol | undefined {
  const [, plus, digits] = /^(\+?)U\+([0-9a-f]{4,6})$/i.exec(word) ?? [];
  if (digits !== undefined) return character(parseInt(digits, 16), plus === '+');
  if (word.startsWith('dead_')) return dead(accentNamed(word.slice('dead_'.length)));
  const name = word.replace(/_Lock$/, '');
  const bit = Object.hasOwn(modifiers, name) ? modifiers[name] : undefined;
  return bit === undefined ? undefined : { kind: 'modifier', bit, locks: name !== word };
}
