import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Puts a text into the README between `<!-- NAME -->` and `<!-- end of NAME -->`, in place of what stands there. */
export function keepInReadme(root: string, name: string, text: string): void {
  const readme = join(root, 'README.md');
  const between = new RegExp(`<!-- ${name} -->[\\s\\S]*<!-- end of ${name} -->`);
  const kept = `<!-- ${name} -->\n${text}\n<!-- end of ${name} -->`;
  writeFileSync(
    readme,
    readFileSync(readme, 'utf8').replace(between, () => kept),
  );
}

/** A table for the README. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
