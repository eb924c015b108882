import { join } from 'node:path';
import { writingFailureWords } from '../../base/failure-words';
import type { BrokerFilesReport, BrokerFilesTrouble } from '../../model/broker-files-reports';
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
): Promise<BrokerFilesReport> {
  try {
    const files = await readFiles(openStick);
    if (files === undefined) return { code: 'files-none', values: {} };
    const { set, remark } = checkBrokerFiles(files, wall());
    const isNew = await store.take(set);
    const values = { host: set.host, until: validUntil(set), remark };
    return { code: isNew ? 'files-taken' : 'files-known', values };
  } catch (error) {
    return troubleOf(error);
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
    throw new BrokerFilesError({ code: 'files-missing', values: { files: missing } });
  } finally {
    await stick.release();
  }
}

function troubleOf(error: unknown): BrokerFilesTrouble {
  if (error instanceof BrokerFilesError || error instanceof StickFileError) return error.report;
  if (error instanceof StickError) {
    return { code: 'files-stick-unusable', values: { trouble: error.report } };
  }
  return { code: 'files-not-kept', values: { reason: writingFailureWords(error) } };
}
