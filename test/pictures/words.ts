import type { Written } from './written-texts';

/** A word, or a number as it is read: figures of equal widths are written one by one. */
export interface Word {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

/** The texts of a picture with their figures put together to numbers, line by line from the left. */
export function wordsOf(texts: readonly Written[]): readonly Word[] {
  const lines = [...texts].sort((a, b) => a.y - b.y || a.x - b.x);
  const words: {
    text: string;
    readonly x: number;
    readonly y: number;
    readonly size: number;
    end: number;
  }[] = [];
  for (const { text, x, y, look } of lines) {
    const size = Number(/(\d+(?:\.\d+)?)px/.exec(look)?.[1]);
    const before = words.at(-1);
    const goesOn =
      before !== undefined &&
      text.length === 1 &&
      before.y === y &&
      before.size === size &&
      x - before.end < size * 0.75;
    if (goesOn && !/[a-z]/i.test(text + before.text)) {
      before.text += text;
      before.end = x;
    } else words.push({ text, x, y, size, end: text.length === 1 ? x : Infinity });
  }
  return words;
}
