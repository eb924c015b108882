// To be preloaded with --expose-gc (node -r): has the garbage collected every COLLECT_MS (1000) ms in every thread of a
// program, and writes how often into a file for each thread in the folder COLLECT_COUNTS, if that is set.
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { threadId } = require('node:worker_threads');

const folder = process.env['COLLECT_COUNTS'];
let count = 0;

setInterval(
  () => {
    globalThis.gc();
    count++;
    if (folder !== undefined) writeFileSync(join(folder, `thread-${threadId}`), String(count));
  },
  Number(process.env['COLLECT_MS'] ?? 1000),
).unref();
