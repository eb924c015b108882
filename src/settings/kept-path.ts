import { join } from 'node:path';
import { dataDir } from './data-dir';
import { madeUp } from './made-up';
import type { Settings } from './settings';

/**
 * The file in the data folder for something that is kept; of a simulation or of a replay it is a file of their own.
 *
 * @param stem name without `.json`
 * @throws UserError when there is no folder that can be written
 */
export function keptPath(settings: Settings, stem: string): string {
  const way = madeUp(settings);
  return join(dataDir(settings), way === undefined ? `${stem}.json` : `${stem}-${way}.json`);
}
