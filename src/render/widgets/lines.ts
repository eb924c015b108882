import type { TextStyle } from '../text';

/**
 * Breaks a text into lines no wider than `width` pixels, between words. What does not fit into `most` lines ends with an
 * ellipsis.
 */
export function breakLines(style: TextStyle, text: string, width: number, most = Infinity): string[] {
  const lines: string[] = [];
  let line = '';
  const words = text.split(' ').filter((word) => word !== '');
  for (let i = 0; i < words.length; i++) {
    const longer = line === '' ? (words[i] ?? '') : `${line} ${words[i] ?? ''}`;
    if (line === '' || style.measure(longer) <= width) {
      line = longer;
      continue;
    }
    if (lines.length === most - 1) {
      lines.push(style.fit([line, ...words.slice(i)].join(' '), width));
      return lines;
    }
    lines.push(style.fit(line, width));
    line = words[i] ?? '';
  }
  if (line !== '') lines.push(style.fit(line, width));
  return lines;
}
