import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as v from 'valibot';
import { moveOver, replaceFile, replaceLink, syncFolder } from './durable';
import { UserError } from '../base/user-error';
import { versionPattern, type ReleaseVersion } from './release-version';

const releaseName = v.pipe(v.string(), v.regex(/^[0-9][0-9A-Za-z.-]{0,63}$/));
const trialSchema = v.object({
  from: releaseName,
  to: releaseName,
  starts: v.pipe(v.number(), v.integer(), v.minValue(0)),
});

/** A release that has been switched to and has not proved itself yet. */
export interface Trial {
  /** The release before, to go back to; releases are named by their folders. */
  readonly from: string;
  readonly to: string;
  /** How often the machine has been started since. */
  readonly starts: number;
}

/**
 * The folder of an installed packdial (/opt/packdial):
 *
 *     releases/<version>-<time>/   releases, each whole
 *     current -> releases/…        the one that is shown
 *     confirmed -> releases/…      the last that has proved itself: installs the next one, and is what is gone back to
 *     previous -> releases/…       the one before that, kept for whoever wants to go back by hand
 *     incoming/                    what is being received and unpacked
 *     trial.json                   while a release is on trial: since before the switch to it, until it is confirmed
 */
export class Installation {
  /** @param folder such as /opt/packdial */
  constructor(readonly folder: string) {}

  /** The folder for what is being received and unpacked. */
  get incoming(): string {
    return join(this.folder, 'incoming');
  }

  /** The folder of a release. */
  release(name: string): string {
    return join(this.folder, 'releases', name);
  }

  /** The name of the release that is shown; undefined where nothing is installed. */
  get current(): string | undefined {
    return this.linked('current');
  }

  /**
   * The same where there must be one.
   *
   * @throws UserError where nothing is installed
   */
  installed(): string {
    const { current } = this;
    if (current !== undefined) return current;
    throw new UserError(
      'Nothing is installed here that could be updated: sudo make install installs packdial.',
    );
  }

  /** The name of the release that has proved itself last. */
  get confirmed(): string | undefined {
    return this.linked('confirmed');
  }

  /** The version that a release calls itself; undefined where it can't be told. */
  version(name: string | undefined): ReleaseVersion | undefined {
    if (name === undefined) return undefined;
    try {
      const parsed = JSON.parse(readFileSync(join(this.release(name), 'package.json'), 'utf8')) as unknown;
      const result = v.safeParse(v.object({ version: v.pipe(v.string(), v.regex(versionPattern)) }), parsed);
      return result.success ? result.output.version : undefined;
    } catch {
      return undefined;
    }
  }

  /** Shows a release from the next start of the service on. */
  switchTo(name: string): void {
    replaceLink(join(this.folder, 'current'), join('releases', name));
  }

  /** Says of a release that it has proved itself; the one before is kept. */
  confirm(name: string): void {
    const { confirmed } = this;
    if (confirmed === name) return;
    if (confirmed !== undefined) replaceLink(join(this.folder, 'previous'), join('releases', confirmed));
    replaceLink(join(this.folder, 'confirmed'), join('releases', name));
  }

  /** The trial that is not settled yet. One that can't be read is none: it was replaced as a whole, so somebody else wrote. */
  get trial(): Trial | undefined {
    try {
      return v.parse(trialSchema, JSON.parse(readFileSync(this.trialFile, 'utf8')));
    } catch {
      return undefined;
    }
  }

  /** Notes a trial, or with undefined that there is none any more. */
  noteTrial(trial: Trial | undefined): void {
    if (trial !== undefined) return replaceFile(this.trialFile, `${JSON.stringify(trial)}\n`);
    rmSync(this.trialFile, { force: true });
    syncFolder(this.folder);
  }

  /** Makes an empty folder for what comes. */
  clearIncoming(): void {
    rmSync(this.incoming, { recursive: true, force: true });
    mkdirSync(this.incoming);
  }

  /** Notes that there is something to prune: while there is `incoming`, each start of the machine ends with that. */
  leaveToPrune(): void {
    mkdirSync(this.incoming, { recursive: true });
  }

  /**
   * Makes an unpacked tree a release, by one rename.
   *
   * @param time digits that tell it from others of the same version, such as 20261121080000
   * @returns its name
   */
  adopt(tree: string, version: ReleaseVersion, time: string): string {
    let name = `${version}-${time}`;
    for (let n = 2; existsSync(this.release(name)); n++) name = `${version}-${time}-${n}`;
    moveOver(tree, this.release(name));
    return name;
  }

  /** Removes all releases that no link leads to, and what was being received. */
  prune(): void {
    const keep = new Set([this.current, this.confirmed, this.linked('previous')]);
    for (const name of readdirSync(join(this.folder, 'releases'))) {
      if (!keep.has(name)) rmSync(this.release(name), { recursive: true, force: true });
    }
    // At last: while it is there, a start of the machine prunes again.
    rmSync(this.incoming, { recursive: true, force: true });
  }

  private get trialFile(): string {
    return join(this.folder, 'trial.json');
  }

  private linked(name: string): string | undefined {
    try {
      return basename(readlinkSync(join(this.folder, name)));
    } catch {
      return undefined;
    }
  }
}
