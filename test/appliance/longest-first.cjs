const { basename } = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

// Files that take longest, first: two run at a time, and a long one that begins last would run alone. Jest itself would go by
// the files' sizes.
const longest = ['power-cut', 'update', 'survival', 'bluetooth', 'stick', 'screen', 'play', 'wire', 'walk'];

function rank({ path }) {
  const place = longest.indexOf(basename(path, '.test.ts'));
  return place < 0 ? longest.length : place;
}

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return [...tests].sort((a, b) => rank(a) - rank(b) || a.path.localeCompare(b.path));
  }
};
