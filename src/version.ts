import { version as packageVersion } from '../package.json';

/** The version of this packdial, as in package.json. */
export const version: string = packageVersion;
