import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The page that keeps what was measured. */
const page = 'docs/developing.md';

/**
 * Replaces the text between `<!-- NAME -->` and `<!-- end of NAME -->` in docs/developing.md.
 *
 * @throws Error when the page has no such place: a measurement must not get lost in silence
 */
export function keepFigures(root: string, name: string, text: string): void {
  const file = join(root, page);
  const between = new RegExp(`<!-- ${name} -->[\\s\\S]*<!-- end of ${name} -->`);
  const before = readFileSync(file, 'utf8');
  if (!between.test(before)) throw new Error(`${page} has no place for "${name}"`);
  const kept = `<!-- ${name} -->\n${text}\n<!-- end of ${name} -->`;
  writeFileSync(
    file,
    before.replace(between, () => kept),
  );
}

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
