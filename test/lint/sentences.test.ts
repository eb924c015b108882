import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(__dirname, '..', '..', 'src');

/** Here the words of others are read: of a device, of a program, of a VNC server. */
const wordsOfOthers = [
  'devices/bluenova/console-lines.ts',
  'io/can-setup.ts',
  'update/unpack.ts',
  'web-page/live-screen.ts',
];
/** Names of hosts may end with a dot too. */
const noSentences = ['io/web/host-check.ts'];

const compared =
  /\.(?:startsWith|endsWith|includes|indexOf|split)\(\s*(['"`])[^'"`]*[A-Za-z]{2,} [a-z]{2,}[^'"`]*\1/;
const cut = /\.replace\(\/\\\.\$\//;

function faults(text: string): string[] {
  return text.split('\n').filter((line) => compared.test(line) || cut.test(line));
}

test('no sentence is compared or cut outside of src/words', () => {
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((file) => !file.startsWith('words/') && ![...wordsOfOthers, ...noSentences].includes(file));
  expect(files.length).toBeGreaterThan(300);
  const found = files.flatMap((file) =>
    faults(readFileSync(join(root, file), 'utf8')).map((line) => `${file}: ${line.trim()}`),
  );
  expect(found).toEqual([]);
});

test.each([
  "if (text.startsWith('The log')) return;",
  "const late = status.text.endsWith('is late');",
  'names.includes("no battery")',
  "error.message.replace(/\\.$/, '')",
])('%s would be found', (line) => {
  expect(faults(line)).toEqual([line]);
});
