import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { runCommandLine } from '../src/commands/command-line';

const root = resolve(__dirname, '..');
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  '.github/ISSUE_TEMPLATE/trouble.md',
  ...['docs', 'docs/ja'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${folder}/${name}`),
  ),
];
const read = (page: string): string => readFileSync(join(root, page), 'utf8');

/** A page without its code, in which nothing is a heading or a link. */
function prose(text: string): string {
  return text
    .replaceAll(/^```[\s\S]*?^```$/gm, '')
    .replaceAll(/^ {4}.*$/gm, '')
    .replaceAll(/`[^`\n]*`/g, (code) => (/[[\]()]/.test(code) ? '' : code));
}

/** The anchors that GitHub gives the headings of a page. */
function anchors(text: string): Set<string> {
  const found = new Set<string>();
  for (const [, heading = ''] of prose(text).matchAll(/^#+ +(.+)$/gm)) {
    const slug = heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-');
    let unique = slug;
    for (let n = 1; found.has(unique); n++) unique = `${slug}-${n}`;
    found.add(unique);
  }
  return found;
}

/** The links and pictures of a page that lead nowhere, of those that stay in the repository. */
function brokenLinks(page: string, text: string): string[] {
  const targets = [...prose(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  return targets.filter((target) => {
    if (/^[a-z]+:/.test(target)) return false;
    const [path = '', anchor] = target.split('#');
    const file = path === '' ? page : relative(root, resolve(root, dirname(page), path));
    if (!existsSync(join(root, file))) return true;
    return anchor !== undefined && !anchors(file === page ? text : read(file)).has(anchor);
  });
}

/** The repository's files that a page names and that aren't there. */
function missingFiles(text: string): string[] {
  const named = text.matchAll(
    /(?<![\w./-])((?:src|test|setup|deploy|docs|images|fonts)\/[\w@./-]*[\w/])(?![\w*<-])/g,
  );
  return [...named].map(([, path = '']) => path).filter((path) => !existsSync(join(root, path)));
}

/** A command that a page shows, with its flags. */
interface Shown {
  readonly command: string;
  readonly flags: readonly string[];
}

function shownCommands(text: string): Shown[] {
  const shown: Shown[] = [];
  const add = (command: string, rest: string): void => {
    const flags = rest.replace(/ #.*/, '').match(/(?<= |^)--[a-z][a-z-]*/g) ?? [];
    shown.push({ command, flags });
  };
  for (const [, command = '', rest = ''] of text.matchAll(
    /(?:^ {4}|`|npx |sudo )packdial ([a-z][a-z-]*)([^`\n]*)/gm,
  ))
    add(command, rest);
  for (const [, rest = ''] of text.matchAll(/make (?:run|install) ARGS="([^"]*)"/g)) add('run', rest);
  for (const [, rest = ''] of text.matchAll(/`ARGS="([^"]*)"/g)) add('run', rest);
  return shown;
}

async function helpOf(command: string): Promise<string> {
  let text = '';
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
  try {
    await runCommandLine(['node', 'packdial', 'help', command]);
  } finally {
    write.mockRestore();
  }
  return text;
}

test.each(pages)('the links and pictures of %s exist, anchors included', (page) => {
  expect(brokenLinks(page, read(page))).toEqual([]);
});

test('a broken link, anchor or picture is found', () => {
  const text =
    '# One & two\n[a](docs/can.md) [b](#one--two) [c](#three) ![d](images/no.png) [e](docs/can.md#no)\n' +
    '    [code](not-looked-at.md)\n[f](https://example.org/x)';
  expect(brokenLinks('README.md', text)).toEqual(['#three', 'images/no.png', 'docs/can.md#no']);
});

test.each(pages)('the files that %s names exist', (page) => {
  expect(missingFiles(read(page))).toEqual([]);
});

test('a file that is not there is found', () => {
  expect(missingFiles('`src/model/`, `src/not-there.ts` and https://example.org/src/other.ts')).toEqual([
    'src/not-there.ts',
  ]);
});

test('every page of docs is linked from the README', () => {
  const linked = new Set([...read('README.md').matchAll(/\]\((docs\/[a-z-]+\.md)/g)].map(([, page]) => page));
  expect(pages.filter((page) => /^docs\/[^/]+$/.test(page) && !linked.has(page))).toEqual([]);
});

/** What a translation has to have in the order of its original: levels of headings, and the pages, pictures and addresses it links to. */
function skeleton(text: string): string[] {
  return [...prose(text).matchAll(/^(#+) |\]\(([^)\s#]*)/gm)].map(([, level, target = '']) =>
    level === undefined ? target.replace(/^(\.\.\/|ja\/)+/, '') : level,
  );
}

/** How many rows its tables, items its lists and lines its code have. */
function measures(text: string): Readonly<Record<string, number>> {
  const count = (pattern: RegExp): number => [...text.matchAll(pattern)].length;
  return { rows: count(/^\|/gm), items: count(/^(-|\d+\.) /gm), code: count(/^ {4}\S/gm) };
}

describe.each(pages.filter((page) => page.startsWith('docs/ja/')))('S1.31: %s', (page) => {
  const original = read(page.replace('/ja/', '/'));

  test('has the headings, links and pictures of its original', () => {
    // Word order differs, so links are compared within a section.
    const sections = (text: string): string[][] => {
      const parts: string[][] = [[]];
      for (const one of skeleton(text)) {
        if (one.startsWith('#')) parts.push([one]);
        else parts.at(-1)?.push(one);
      }
      return parts.map(([heading = '', ...links]) => [heading, ...links.sort()]);
    };
    expect(sections(read(page))).toEqual(sections(original));
  });

  test('has as many rows of tables, items and lines of code', () => {
    expect(measures(read(page))).toEqual(measures(original));
  });

  test('is linked from its original, and is in Japanese', () => {
    expect(original).toContain(`(${page.slice('docs/'.length)})`);
    for (const paragraph of prose(read(page))
      .split(/\n{2,}/)
      .filter((text) => text.length > 40))
      expect(paragraph).toMatch(/[\p{Script=Hiragana}\p{Script=Katakana}]/u);
  });
});

test('a heading, a link or a row that a translation lacks is found', () => {
  const text = '# One\n\n[a](can.md#x)\n\n## Two\n\n| a |\n| - |\n';
  expect(skeleton(text)).toEqual(['#', 'can.md', '##']);
  expect(skeleton(text.replace('[a](can.md#x)', ''))).toEqual(['#', '##']);
  expect(skeleton('[a](../can.md) [b](ja/can.md)')).toEqual(['can.md', 'can.md']);
  expect(measures(text)).toEqual({ rows: 2, items: 0, code: 0 });
});

test('every package that packdial runs with has its reason in the README', () => {
  const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
  const named = [...read('README.md').matchAll(/^\| ([^|]+?) +\|/gm)].flatMap(([, cell = '']) =>
    cell.split(', '),
  );
  expect(Object.keys(dependencies).filter((name) => !named.includes(name))).toEqual([]);
});

test('the commands of the documentation are packdial’s, and have the flags that it shows', async () => {
  const shown = pages.flatMap((page) => shownCommands(read(page)).map((one) => ({ page, ...one })));
  expect(shown.length).toBeGreaterThan(30);
  const helps = new Map<string, string>();
  const wrong: string[] = [];
  for (const { page, command, flags } of shown) {
    if (command === 'help') continue;
    const help = helps.get(command) ?? (await helpOf(command));
    helps.set(command, help);
    if (!help.startsWith(`Usage: packdial ${command}`)) wrong.push(`${page}: packdial ${command}`);
    for (const flag of flags)
      if (!new RegExp(`^ +${flag}\\b(?!-)`, 'm').test(help)) wrong.push(`${page}: ${command} ${flag}`);
  }
  expect(wrong).toEqual([]);
});
