const { existsSync, readdirSync, readFileSync, rmSync } = require('node:fs');
const { join } = require('node:path');

/** After a run of all tests: a picture in test/golden that none of them compared is a fault. */
module.exports = (globalConfig) => {
  const list = process.env['PACKDIAL_GOLDEN_USED'];
  const used = existsSync(list) ? readFileSync(list, 'utf8').split('\n') : [];
  rmSync(list, { force: true });
  if (!isWhole(globalConfig)) return;
  const unused = module.exports.unusedPictures(readdirSync(join(__dirname, 'golden')), used);
  if (unused.length > 0)
    throw new Error(`No test compares these pictures in test/golden, so delete them: ${unused.join(', ')}`);
};

/** The pictures among `files` that are not `used`; what a failed comparison left there is none. */
module.exports.unusedPictures = (files, used) => {
  const known = new Set(used);
  return files.filter((file) => !file.endsWith('.new.png') && !known.has(file));
};

function isWhole({
  testNamePattern,
  testPathPatterns,
  onlyChanged,
  onlyFailures,
  findRelatedTests,
  shard,
  bail,
}) {
  const paths = testPathPatterns?.patterns ?? [];
  return (
    !testNamePattern &&
    paths.length === 0 &&
    !onlyChanged &&
    !onlyFailures &&
    !findRelatedTests &&
    !shard &&
    !bail
  );
}
