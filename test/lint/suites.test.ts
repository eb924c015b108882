import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');
const config = (file: string): Readonly<Record<string, readonly string[] | undefined>> =>
  JSON.parse(readFileSync(join(root, file), 'utf8')) as Readonly<Record<string, readonly string[]>>;

// One that is forgotten would start machines and containers in the middle of the unit tests.
test('what has a suite of its own is not run with the unit tests', () => {
  const others = readdirSync(root).filter((name) => /^jest\.\w+\.config\.json$/.test(name));
  const roots = others.flatMap((file) => config(file)['roots'] ?? []).map((folder) => `${folder}/`);
  expect(roots.length).toBeGreaterThan(3);
  expect(config('jest.config.json')['testPathIgnorePatterns']).toEqual(expect.arrayContaining(roots));
});
