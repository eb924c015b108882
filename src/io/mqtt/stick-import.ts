import { join } from 'node:path';
import { writingFailureWords } from '../../base/failure-words';
import { StickError } from '../stick/choose-stick';
import { openStickToRead } from '../stick/stick';
import { readStickFile, StickFileError } from '../stick/stick-files';
import {
  brokerFileLimits,
  brokerFileNames,
  BrokerFilesError,
  checkBrokerFiles,
  validUntil,
  type BrokerFiles,
} from './broker-files';
import type { BrokerStore } from './broker-store';

/** What became of a stick; `nothing` when none of the files is on it. */
export interface StickImport {
  readonly outcome: 'taken' | 'known' | 'refused' | 'nothing';
  /** One sentence without a full stop; empty for `nothing`. */
  readonly text: string;
}

/** A stick that can be read. */
export interface ReadableStick {
  readonly folder: string;
  readonly release: () => Promise<boolean>;
}

/** Takes the broker's files from the stick BATTERY, if they are good. Never rejects. */
export async function importFromStick(
  store: BrokerStore,
  wall: () => Date,
  openStick: () => Promise<ReadableStick> = openStickToRead,
): Promise<StickImport> {
  try {
    const files = await readFiles(openStick);
    if (files === undefined) return { outcome: 'nothing', text: '' };
    const { set, remark } = checkBrokerFiles(files, wall());
    const isNew = await store.take(set);
    const until = validUntil(set);
    const what = `The broker files ${isNew ? 'were taken from the stick' : 'on the stick are known'}: ${set.host}, certificate valid until ${until}`;
    return { outcome: isNew ? 'taken' : 'known', text: remark === '' ? what : `${what}. ${remark}` };
  } catch (error) {
    return { outcome: 'refused', text: inWords(error) };
  }
}

/** Resolves with `undefined` when none of them is there. @throws StickError, StickFileError, BrokerFilesError */
async function readFiles(openStick: () => Promise<ReadableStick>): Promise<BrokerFiles | undefined> {
  const stick = await openStick();
  const read = (file: keyof typeof brokerFileNames): Promise<string | undefined> =>
    readStickFile(join(stick.folder, brokerFileNames[file]), brokerFileNames[file], brokerFileLimits[file]);
  try {
    const [url, cert, key, ca] = await Promise.all([read('url'), read('cert'), read('key'), read('ca')]);
    if (url === undefined && cert === undefined && key === undefined) return undefined;
    if (url !== undefined && cert !== undefined && key !== undefined) {
      return { url, cert, key, ...(ca !== undefined && { ca }) };
    }
    const { url: urlName, cert: certName, key: keyName } = brokerFileNames;
    const missing = [
      ...(url === undefined ? [urlName] : []),
      ...(cert === undefined ? [certName] : []),
      ...(key === undefined ? [keyName] : []),
    ];
    throw new BrokerFilesError(`The stick lacks ${missing.join(' and ')}: all three files belong together`);
  } finally {
    await stick.release();
  }
}

function inWords(error: unknown): string {
  if (error instanceof BrokerFilesError || error instanceof StickFileError) return error.message;
  if (error instanceof StickError) return error.message.replace(/\.$/, '');
  return `The broker files from the stick can't be kept: ${writingFailureWords(error)}`;
}
