import { resolve } from 'node:path';
import { useOwnFonts } from '../src/render/fonts';

/** The test runner gives tests a copy of the environment, which native code does not see: the fonts are chosen before. */
export = function globalSetup(): void {
  useOwnFonts(resolve(__dirname, '..'));
};
