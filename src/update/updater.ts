import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../base/user-error';
import type { Installation, Trial } from './installation';
import type { ReleaseManifest } from './release-header';
import { unpack } from './unpack';
import type { ReleaseFault, UpdateOutcome, UpdateStep } from '../model/update-steps';

/** Starts of the machine that a release on trial has: at the next one without having proved itself, the one before is back. */
const mostStarts = 2;

/** What an Updater does to the machine; replaced in tests. */
export interface UpdaterParts {
  readonly installation: Installation;
  /**
   * Puts units, rules and the like of a release into the system, in place of those of another.
   *
   * @param folder of the release
   * @throws UserError
   */
  readonly putIntoPlace: (folder: string) => Promise<void>;
  /** Tries out whether an unpacked release runs here at all; resolves to what is wrong, or undefined. */
  readonly tryOut: (folder: string) => Promise<string | undefined>;
  /** Starts the display anew. Resolves to false when it does not come. */
  readonly restart: () => Promise<boolean>;
  /** Watches the display; resolves to what is wrong, if anything is. `looked` is told the part that is over. */
  readonly watch: (looked: (part: number) => void) => Promise<ReleaseFault | undefined>;
  /** Says what is done now, with the part of all that is done. */
  readonly tell: (step: UpdateStep, progress: number | undefined) => void;
  /** Digits that tell releases of one version apart. */
  readonly stamp: () => string;
  /** Called after each step that a power cut could follow. */
  readonly reached: (step: string) => void;
}

/** What became of a release. */
export interface Outcome {
  /** True when it is the one that runs from now on. */
  readonly kept: boolean;
  readonly report: UpdateOutcome;
}

/**
 * Brings releases in and settles whether they stay. The power may be cut between any two steps: what is on the disk then tells the
 * next start of the machine how to go on (`settle`, then `conclude`).
 *
 * A release on trial is noted before anything of the running one is touched, and until it is confirmed or gone. So without a
 * note nothing has to be done but prune, and with one there are four cases: it has been confirmed already; it is the one
 * shown; it was not switched to yet, or it has been switched back from, which comes to the same.
 */
export class Updater {
  constructor(private readonly parts: UpdaterParts) {}

  /**
   * Installs a release, starts it and watches it; goes back to the one before if it is not well.
   *
   * @param receive brings the payload into a file, whole and as it was signed
   * @throws UserError when it could not be installed; then nothing has changed
   */
  async install(receive: (file: string) => Promise<ReleaseManifest>): Promise<Outcome> {
    const { installation: place, tell, reached } = this.parts;
    place.installed();
    await this.conclude();
    const from = place.installed();
    place.clearIncoming();
    let trial: Trial;
    try {
      const { payload, tree } = {
        payload: join(place.incoming, 'payload'),
        tree: join(place.incoming, 'tree'),
      };
      const { version } = await receive(payload);
      reached('received');
      tell({ code: 'unpacking', values: { version } }, 0.6);
      await unpack(payload, tree);
      rmSync(payload);
      reached('unpacked');
      tell({ code: 'trying-out', values: { version } }, 0.7);
      const wrong = await this.parts.tryOut(tree);
      if (wrong !== undefined)
        throw new UserError(`Version ${version} does not run on this machine (${wrong}).`);
      const to = place.adopt(tree, version, this.parts.stamp());
      reached('adopted');
      if (place.version(to) !== version) throw new UserError(`The release does not hold version ${version}.`);
      trial = { from, to, starts: 0 };
      // What runs is what is gone back to, even where somebody has switched by hand.
      place.confirm(from);
      place.noteTrial(trial);
      reached('noted');
    } catch (error) {
      place.prune();
      throw error;
    }
    return await this.try(trial);
  }

  /**
   * Before the display is started: has a release on trial had its chances? Does nothing without one.
   *
   * @returns what there is to say, if a release was given up
   */
  async settle(): Promise<Outcome | undefined> {
    const { installation: place } = this.parts;
    const { trial } = place;
    if (trial === undefined) return undefined;
    place.leaveToPrune();
    if (place.confirmed === trial.to) {
      place.noteTrial(undefined);
      return undefined;
    }
    if (place.current !== trial.to) {
      await this.goBack(trial);
      return this.gaveUp(trial, 'switched off meanwhile');
    }
    if (trial.starts >= mostStarts) {
      await this.goBack(trial);
      return this.gaveUp(trial, 'picture too short');
    }
    place.noteTrial({ ...trial, starts: trial.starts + 1 });
    return undefined;
  }

  /** While the display runs: ends the trial that there is, if any, and removes what is not needed. */
  async conclude(): Promise<Outcome | undefined> {
    const { installation: place } = this.parts;
    const { trial } = place;
    let outcome: Outcome | undefined;
    if (trial !== undefined && place.confirmed !== trial.to && place.current === trial.to) {
      outcome = await this.judge(trial);
    } else {
      outcome = await this.settle();
    }
    place.prune();
    return outcome;
  }

  private async try(trial: Trial): Promise<Outcome> {
    const { installation: place, putIntoPlace, tell, reached } = this.parts;
    const version = place.version(trial.to) ?? trial.to;
    tell({ code: 'starting', values: { version } }, 0.75);
    try {
      await putIntoPlace(place.release(trial.to));
      reached('put into place');
      place.switchTo(trial.to);
      reached('switched');
    } catch (error) {
      await this.goBack(trial);
      place.prune();
      throw error;
    }
    const started = await this.parts.restart();
    reached('restarted');
    const outcome = await this.judge(trial, started ? undefined : 'not started');
    place.prune();
    return outcome;
  }

  /** @param why what is known to be wrong already */
  private async judge(trial: Trial, why?: ReleaseFault): Promise<Outcome> {
    const { installation: place, reached } = this.parts;
    const version = place.version(trial.to) ?? trial.to;
    const wrong =
      why ??
      (await this.parts.watch((part) =>
        this.parts.tell({ code: 'watching', values: { version } }, 0.8 + 0.2 * part),
      ));
    if (wrong === undefined) {
      place.confirm(trial.to);
      reached('confirmed');
      place.noteTrial(undefined);
      reached('done');
      return { kept: true, report: { code: 'installed', values: { version } } };
    }
    const outcome = this.gaveUp(trial, wrong);
    await this.goBack(trial, this.parts.restart);
    return outcome;
  }

  /** Leads back to the release before; may be called again when it was not come to the end of. */
  private async goBack(trial: Trial, restart?: () => Promise<unknown>): Promise<void> {
    const { installation: place, putIntoPlace, reached } = this.parts;
    if (place.current !== trial.from) place.switchTo(trial.from);
    reached('switched back');
    try {
      await putIntoPlace(place.release(trial.from));
      reached('put back into place');
    } finally {
      // The picture comes first, whatever happened to the rest.
      await restart?.();
    }
    place.noteTrial(undefined);
    reached('gone back');
  }

  private gaveUp(trial: Trial, fault: ReleaseFault): Outcome {
    const { installation: place } = this.parts;
    const version = place.version(trial.to) ?? trial.to;
    const back = place.version(trial.from) ?? trial.from;
    return { kept: false, report: { code: 'given-up', values: { version, fault, back } } };
  }
}
