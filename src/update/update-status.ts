import { readFile } from 'node:fs/promises';
import { chmodSync, renameSync, writeFileSync } from 'node:fs';
import * as v from 'valibot';

/** Where the display asks for an update: the file is all there is to it, nothing is read from it. */
export const usualRequestFile = '/run/packdial/update-request';
/** Where the installing side tells how it goes; only root may write there. */
export const usualStatusFile = '/run/packdial-update/status.json';

const statusSchema = v.object({
  state: v.picklist(['running', 'done', 'failed']),
  text: v.pipe(v.string(), v.maxLength(1000)),
  progress: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  uptime: v.pipe(v.number(), v.minValue(0)),
});

/**
 * How an update goes, as the installing side last told. It is told in words: the display that reads them is of another version
 * before an update than after it.
 */
export interface UpdateStatus {
  readonly state: 'running' | 'done' | 'failed';
  /** One sentence without its full stop. */
  readonly text: string;
  /** Part that is done, 0 to 1; `undefined` where that is not known. */
  readonly progress: number | undefined;
  /** Seconds since the machine was started at which this was so. */
  readonly uptime: number;
}

/**
 * Tells how it goes. The file is in memory (/run), so that it needs no waiting for a disk.
 *
 * @throws Error of the file system
 */
export function writeUpdateStatus(path: string, status: UpdateStatus): void {
  const fresh = `${path}.new`;
  writeFileSync(fresh, JSON.stringify(status));
  chmodSync(fresh, 0o644);
  renameSync(fresh, path);
}

/** What was told last; undefined when nothing was, or nothing that makes sense. Never rejects. */
export async function readUpdateStatus(path: string): Promise<UpdateStatus | undefined> {
  try {
    const result = v.safeParse(statusSchema, JSON.parse(await readFile(path, 'utf8')));
    if (!result.success) return undefined;
    return { ...result.output, progress: result.output.progress };
  } catch {
    return undefined;
  }
}
