// Prints the test files that failed in a run of jest, by the results that it has written; nothing when there are none.
//
//   failed-files.mjs RESULTS.json
import { existsSync, readFileSync } from 'node:fs';

const [path] = process.argv.slice(2);
const results = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).testResults : [];
const failed = results.filter(({ status }) => status === 'failed').map(({ name }) => name);
if (failed.length > 0) console.log(failed.join(' '));
