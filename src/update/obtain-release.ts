import type { KeyObject } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { UserError } from '../base/user-error';
import { download, Unreachable } from './download';
import { checkRoom, receiveRelease, whyUnwanted, type Wanted } from './receive-release';
import type { ReleaseManifest } from './release-header';
import { compareVersions, type ReleaseVersion } from './release-version';
import { archiveNames, findArchives } from './stick';
import type { NothingFound, Unreached, UpdateStep } from '../model/update-steps';

/** What runs is as new as what was found. */
export class UpToDate extends Error {
  override readonly name = 'UpToDate';
}

/** There is nothing that could be installed, anywhere. */
export class NothingThere extends Error {
  override readonly name = 'NothingThere';

  constructor(readonly found: NothingFound) {
    super(found.stick);
  }
}

/** What obtaining a release takes. */
export interface Obtaining {
  /**
   * The public key of releases; only asked for where there is something to check.
   *
   * @throws UserError without one
   */
  readonly key: () => KeyObject;
  readonly wanted: Wanted;
  /** Where the payload goes. */
  readonly file: string;
  /** Bytes that are free there. */
  readonly free: () => Promise<number>;
  /** Says what is done now, with the part of it that is done. */
  readonly tell: (step: UpdateStep, part: number | undefined) => void;
}

/** The places that are searched. */
export interface Places {
  /** The stick's folder; undefined without a stick. */
  readonly stick: string | undefined;
  /** Where releases are to be fetched; empty for nowhere. */
  readonly url: string;
}

/**
 * Brings in a release that is newer than what runs: the newest on the stick, which somebody has put in for that, else the one at the
 * update address, which is asked only then.
 *
 * @throws UpToDate, NothingThere; UserError when what is there is not to be used
 */
export async function obtainRelease({ stick, url }: Places, how: Obtaining): Promise<ReleaseManifest> {
  const onStick = await searchStick(stick, how);
  if (onStick.best !== undefined) return await obtainFile(onStick.best, how);
  let server: Unreached | undefined;
  if (url !== '') {
    try {
      how.tell({ code: 'asking', values: {} }, undefined);
      return await bringIn('The release', download(url, how.wanted.arch), 'downloading', how);
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      server = error.server;
    }
  }
  if (onStick.refusal !== undefined) throw new UserError(onStick.refusal);
  if (onStick.same !== undefined) throw new UpToDate(onStick.same);
  throw new NothingThere({ stick: stick === undefined ? 'absent' : 'without release', server });
}

/**
 * Brings in the release in a file.
 *
 * @throws UpToDate; UserError when it is not to be used
 */
export function obtainFile(path: string, how: Obtaining): Promise<ReleaseManifest> {
  const chunks = createReadStream(path, { highWaterMark: 256 * 1024 });
  return bringIn(basename(path), chunks, 'copying', how);
}

async function bringIn(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  code: 'downloading' | 'copying',
  { key, wanted, file, free, tell }: Obtaining,
): Promise<ReleaseManifest> {
  return await receiveRelease(chunks, {
    name,
    key: key(),
    file,
    accept: async (manifest) => {
      const why = whyUnwanted(manifest, wanted);
      if (why !== undefined) throw new UserError(`${name} ${why}.`);
      if (wanted.force !== true && compareVersions(manifest.version, wanted.running) === 0) {
        throw new UpToDate(manifest.version);
      }
      checkRoom(manifest, await free());
    },
    progress: (received, { version, size }) =>
      tell({ code, values: { version, received, size } }, received / size),
  });
}

interface StickSearch {
  /** The archive to install. */
  readonly best?: string;
  /** The version that runs, if it is there. */
  readonly same?: ReleaseVersion;
  /** Why another archive is not to be used. */
  readonly refusal?: string;
}

async function searchStick(
  folder: string | undefined,
  { key, wanted }: Pick<Obtaining, 'key' | 'wanted'>,
): Promise<StickSearch> {
  if (folder === undefined || (await archiveNames(folder)).length === 0) return {};
  const usable: { readonly path: string; readonly version: ReleaseVersion }[] = [];
  const [damaged, unfit]: [string[], string[]] = [[], []];
  for (const { path, name, reading } of await findArchives(folder, key())) {
    const why = reading.is === 'read' ? whyUnwanted(reading.manifest, wanted) : reading.reason;
    if (why !== undefined) (reading.is === 'read' ? unfit : damaged).push(`${name} ${why}.`);
    else if (reading.is === 'read') usable.push({ path, version: reading.manifest.version });
  }
  const [newest] = usable.sort((a, b) => compareVersions(b.version, a.version));
  if (newest !== undefined && compareVersions(newest.version, wanted.running) > 0)
    return { best: newest.path };
  // Names are sorted: the last is likely the newest. One that does not fit is no matter beside the one that runs already.
  const refusal = damaged.at(-1) ?? (newest === undefined ? unfit.at(-1) : undefined);
  return {
    ...(newest !== undefined && { same: newest.version }),
    ...(refusal !== undefined && { refusal }),
  };
}
