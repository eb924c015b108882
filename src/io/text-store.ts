import { readFile, rename } from 'node:fs/promises';
import { replaceFile } from './replace-file';

/** A small text that outlives the program; replaced in tests. */
export interface TextStore {
  /** @throws with the code ENOENT (as a rejection) when there is none */
  read(): Promise<string>;
  /** Replaces it as a whole. */
  write(content: string): Promise<void>;
  /** Puts one that can't be read out of the way. Resolves with its new name. */
  setAside(): Promise<string>;
}

/** The file on the disk. @param path ends in `.json`; one that can't be read becomes `.damaged.json` */
export function textStore(path: string): TextStore {
  const aside = path.replace(/\.json$/, '.damaged.json');
  return {
    read: () => readFile(path, 'utf8'),
    write: (content) => replaceFile(path, content),
    setAside: () => rename(path, aside).then(() => aside),
  };
}
