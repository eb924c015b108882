const { tmpdir } = require('node:os');
const { join } = require('node:path');

/**
 * The test runner gives tests a copy of the environment, which native code does not see: the fonts are chosen before, and
 * a time zone with summer time.
 */
module.exports = () => {
  process.env['TZ'] = 'Europe/Berlin';
  process.env['FONTCONFIG_FILE'] = join(__dirname, '..', 'fonts', 'fonts.conf');
  // Tests note there which pictures they compare, for unused-pictures.cjs.
  process.env['PACKDIAL_GOLDEN_USED'] = join(tmpdir(), `packdial-pictures-${process.pid}-${Date.now()}`);
};
