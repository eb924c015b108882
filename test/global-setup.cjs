const { join } = require('node:path');

/** The test runner gives tests a copy of the environment, which native code does not see: the fonts are chosen before. */
module.exports = () => {
  process.env['FONTCONFIG_FILE'] = join(__dirname, '..', 'fonts', 'fonts.conf');
};
