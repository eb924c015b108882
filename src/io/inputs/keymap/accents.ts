import type { Accent } from './keymap';

/** The dead keys of linux/keyboard.h (K_DGRAVE, …) in the order of their numbers; names as in kbd's keymaps (`dead_grave`). */
const table: readonly (readonly [name: string, combining: string, alone: string])[] = [
  ['grave', '\u0300', '`'],
  ['acute', '\u0301', "'"],
  ['circumflex', '\u0302', '^'],
  ['tilde', '\u0303', '~'],
  ['diaeresis', '\u0308', '"'],
  ['cedilla', '\u0327', '¸'],
  ['macron', '\u0304', '¯'],
  ['breve', '\u0306', '˘'],
  ['abovedot', '\u0307', '˙'],
  ['abovering', '\u030a', '°'],
  ['doubleacute', '\u030b', '˝'],
  ['caron', '\u030c', 'ˇ'],
  ['ogonek', '\u0328', '˛'],
  ['iota', '\u0345', 'ι'],
  ['voiced_sound', '\u3099', '゛'],
  ['semivoiced_sound', '\u309a', '゜'],
  ['belowdot', '\u0323', '.'],
  ['hook', '\u0309', '?'],
  ['horn', '\u031b', '+'],
  ['stroke', '', '-'],
  ['abovecomma', '\u0313', "'"],
  ['abovereversedcomma', '\u0314', '`'],
  ['doublegrave', '\u030f', '"'],
  ['invertedbreve', '\u0311', '^'],
  ['belowcomma', '\u0326', ','],
  ['currency', '', '¤'],
  ['greek', '', 'µ'],
];

/** What the kernel calls them in keymaps of the older kind (KT_DEAD2), in the same order. */
const letters = '`\'^~",_U.*=cki#o!?+-)(:n;$@';

const accents: readonly Accent[] = table.map(([, combining, alone]) => ({ combining, alone }));
const byName = new Map(table.map(([name], number) => [name, accents[number]]));

/** An accent by its number in linux/keyboard.h. */
export const accentNumbered = (number: number): Accent | undefined => accents[number];

/** An accent by the character that stands for it in the kernel's table of compositions. */
export function accentLettered(letter: number): Accent | undefined {
  const number = letters.indexOf(String.fromCharCode(letter));
  return number < 0 ? undefined : accents[number];
}

/** An accent by its name in a keymap; some have a `k` before it (`dead_kogonek`). */
export const accentNamed = (name: string): Accent | undefined =>
  byName.get(name) ?? byName.get(name.replace(/^k/, '')) ?? (name === 'tilda' ? accents[3] : undefined);

/** What an accent and a character type: the one with the mark where Unicode has it, else both. */
export function composed({ combining, alone }: Accent, character: string): string[] {
  if (character === ' ') return [alone];
  const whole = (character + combining).normalize('NFC');
  return combining !== '' && Array.from(whole).length === 1 ? [whole] : [alone, character];
}
