const { join } = require('node:path');

/**
 * The test runner gives tests a copy of the environment, which native code does not see: the fonts are chosen before, and
 * a time zone with summer time.
 */
module.exports = () => {
  process.env['TZ'] = 'Europe/Berlin';
  process.env['FONTCONFIG_FILE'] = join(__dirname, '..', 'fonts', 'fonts.conf');
};
