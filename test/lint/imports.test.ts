import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');

interface Named {
  /** Path below the repository. */
  readonly path: string;
  readonly text: string;
}

// ESLint with the project's own settings, but only with the rules about imports, which need no types.
const program = `
  import { ESLint } from 'eslint';
  const rules = ['import-x/no-cycle', '@typescript-eslint/no-restricted-imports', 'no-restricted-syntax'];
  const eslint = new ESLint({
    ignore: false,
    overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
    ruleFilter: ({ ruleId }) => rules.includes(ruleId),
  });
  const found = [];
  for (const { path, text } of JSON.parse(process.argv[1]))
    for (const { messages } of await eslint.lintText(text, { filePath: path }))
      for (const { ruleId, message } of messages) found.push(ruleId + ': ' + message);
  console.log(JSON.stringify(found));
`;

/** What the linter has against texts, as if they were files of these names. */
function linted(files: readonly Named[]): string[] {
  const output = execFileSync(
    process.execPath,
    ['--input-type=module', '-e', program, '--', JSON.stringify(files)],
    { cwd: root, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } },
  );
  return JSON.parse(output) as string[];
}

/** The same of files that are there, and so can be imported. */
function lintedTogether(contents: Readonly<Record<string, string>>): string[] {
  // Where a run of the linter at the same time does not look.
  const ignored = join(root, 'coverage');
  mkdirSync(ignored, { recursive: true });
  const folder = mkdtempSync(join(ignored, 'lint-test-'));
  try {
    const files = Object.entries(contents).map(([name, text]) => ({ path: join(folder, name), text }));
    for (const { path, text } of files) writeFileSync(path, text);
    return linted(files);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('a circle of imports is an error, also where one of them is loaded later', () => {
  const found = lintedTogether({
    'a.ts': "import { b } from './b';\nexport const a = (): number => b;\n",
    'b.ts': "import { c } from './c';\nexport const b = c;\n",
    'c.ts': "export const c = 1;\nexport const later = async (): Promise<unknown> => import('./a');\n",
  });
  expect(found).toHaveLength(3);
  for (const line of found) expect(line).toMatch(/^import-x\/no-cycle: Dependency cycle via "\.\/[abc]:\d"/);
}, 600_000);

test('types may refer to one another', () => {
  const found = lintedTogether({
    'a.ts': "import type { B } from './b';\nexport interface A { readonly b?: B }\n",
    'b.ts': "import type { A } from './a';\nexport interface B { readonly a?: A }\n",
  });
  expect(found).toEqual([]);
}, 600_000);

test('a feature imports no other, and a type of device no other, neither at once nor later', () => {
  const found = linted([
    { path: 'src/features/hearing/a.ts', text: "export { x } from '../mqtt/x';" },
    { path: 'src/features/hearing/b.ts', text: "export const x = async () => import('../mqtt/x');" },
    { path: 'src/devices/litime/c.ts', text: "export { x } from '../jbd/x';" },
    { path: 'src/devices/litime/d.ts', text: "export const x = async () => import('../jbd/x');" },
    { path: 'src/io/sources/e.ts', text: "export { x } from '../../devices/evtv/x';" },
    // These may.
    { path: 'src/devices/litime/f.ts', text: "export { x } from '../shared-settings';" },
    { path: 'src/features/hearing/g.ts', text: "export { x } from '../../devices/evtv/x';" },
  ]);
  expect(found.map((line) => line.replace(/^.*: (?:'.*pattern\. )?/, ''))).toEqual([
    'A folder of src/features must not import another.',
    'A folder of src/features must not import another.',
    'A folder of src/devices must not import another.',
    'A folder of src/devices must not import another.',
    'src/io must not import this (see docs/architecture.md).',
  ]);
}, 600_000);
