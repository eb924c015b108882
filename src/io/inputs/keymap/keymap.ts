/** A mark that the next character gets. */
export interface Accent {
  /** Unicode's combining character; empty for marks that Unicode does not combine. */
  readonly combining: string;
  /** What stands for it alone: after a space, and before a character that it does not go with. */
  readonly alone: string;
}

/** What a key does in one of a keymap's tables. */
export type KeySymbol =
  /** It types; a letter follows caps lock. */
  | { readonly kind: 'character'; readonly character: string; readonly letter: boolean }
  | { readonly kind: 'dead'; readonly accent: Accent }
  /** It chooses another table, by this bit of the table's number, while it is held or, when it locks, until it is pressed again. */
  | { readonly kind: 'modifier'; readonly bit: number; readonly locks: boolean };

/** Bits of a table's number as in linux/keyboard.h (KG_SHIFT, …): the plain one is table 0, that of shift is table 1. */
export const modifierBits = { shift: 0, altGr: 1, control: 2, alt: 3, shiftL: 4, shiftR: 5, ctrlL: 6, ctrlR: 7 } as const; // prettier-ignore

/** What the keys of a keyboard type, by a kernel's code of the key. */
export interface Keymap {
  /** Undefined for a key that neither types nor chooses a table, such as Enter, and for a table that is not there. Never throws. */
  symbol(code: number, table: number): KeySymbol | undefined;
}
