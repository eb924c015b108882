import type { Rect } from '../../render/rect';

/** Faces of the on-screen keyboard. */
export type KeyboardLayer = 'letters' | 'capitals' | 'digits' | 'symbols';

/** One key: a character that it types, or what else it does. */
export type Key = { readonly types: string } | { readonly does: KeyFunction };

/** What a key does that types nothing: a layer is gone to. */
export type KeyFunction = 'shift' | 'backspace' | 'done' | KeyboardLayer;

/** A key and its place. */
export interface PlacedKey {
  readonly key: Key;
  /** Where it can be touched: the keys leave no gap. */
  readonly area: Rect;
  /** Where its middle is seen: a key at the edge of a short row can be touched further out. */
  readonly cell: Rect;
}

const rows: Readonly<Record<KeyboardLayer, readonly [string, string, string]>> = {
  letters: ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'],
  capitals: ['QWERTYUIOP', 'ASDFGHJKL', 'ZXCVBNM'],
  digits: ['1234567890', '-/:;()$&@"', ".,?!'_+"],
  symbols: ['[]{}#%^*+=', '_\\|~<>`$&', '.,?!\'"@'],
};

/** The keys left and right of the space bar. */
const besideSpace: Readonly<Record<KeyboardLayer, readonly [string, string]>> = {
  letters: ['-', '.'],
  capitals: ['-', '.'],
  digits: ['#', '%'],
  symbols: ['-', '/'],
};

/** Where keys of one face stand that fill a rectangle: four rows, ten keys wide. */
export function layoutKeys(layer: KeyboardLayer, bounds: Rect): PlacedKey[] {
  const [top, middle, bottom] = rows[layer];
  const typed = (characters: string): [Key, number][] =>
    Array.from(characters, (types) => [{ types }, 1] as [Key, number]);
  const letters = layer === 'letters' || layer === 'capitals';
  const [left, right] = besideSpace[layer];
  const modifier: KeyFunction = letters ? 'shift' : layer === 'digits' ? 'symbols' : 'digits';
  const lines: [Key, number][][] = [
    typed(top),
    typed(middle),
    [[{ does: modifier }, 1.5], ...typed(bottom), [{ does: 'backspace' }, 1.5]],
    [
      [{ does: letters ? 'digits' : 'letters' }, 1.5],
      [{ types: left }, 1],
      [{ types: ' ' }, 4],
      [{ types: right }, 1],
      [{ does: 'done' }, 2.5],
    ],
  ];
  return lines.flatMap((line, row) => placeRow(line, row, lines.length, bounds));
}

/** A row of fewer keys stands in the middle; its outermost keys can be touched up to the edge. */
function placeRow(line: readonly [Key, number][], row: number, rowCount: number, bounds: Rect): PlacedKey[] {
  const units = line.reduce((sum, [, width]) => sum + width, 0);
  const unit = bounds.width / 10;
  const y = bounds.y + Math.round((bounds.height * row) / rowCount);
  const height = bounds.y + Math.round((bounds.height * (row + 1)) / rowCount) - y;
  let at = (10 - units) / 2;
  return line.map(([key, width], i) => {
    const from = at;
    at += width;
    const between = (left: number, right: number): Rect => {
      const x = bounds.x + Math.round(left * unit);
      return { x, y, width: bounds.x + Math.round(right * unit) - x, height };
    };
    return {
      key,
      cell: between(from, at),
      area: between(i === 0 ? 0 : from, i === line.length - 1 ? 10 : at),
    };
  });
}
