// Counts the tests of several runs of jest, each with NAME.json and, where files were tried once more, NAME-again.json in FOLDER.
//
//   count-tests.mjs FOLDER NAME...
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const [folder, ...names] = process.argv.slice(2);

function resultsOf(name) {
  const path = join(folder, `${name}.json`);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).testResults : [];
}

let passed = 0;
let failed = 0;
const unsteady = [];
for (const name of names) {
  const second = new Map(resultsOf(`${name}-again`).map((result) => [result.name, result]));
  for (const first of resultsOf(name)) {
    const result = second.get(first.name) ?? first;
    const count = (status) => result.assertionResults.filter((test) => test.status === status).length;
    passed += count('passed');
    // A file that does not even load counts as one failure.
    failed += count('failed') || (result.status === 'failed' ? 1 : 0);
    if (first !== result && result.status === 'passed') {
      unsteady.push(`${relative(process.cwd(), first.name)} (${name})`);
    }
  }
}
if (unsteady.length > 0) console.log(`Passed only the second time: ${unsteady.join(', ')}`);
console.log(`${passed} passed, ${failed} failed`);
