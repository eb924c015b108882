import type { NothingFound, ReleaseFault, UpdateOutcomes, UpdateSteps } from '../../model/update-steps';
import type { Phrases } from '../phrases';

/** What an update is doing. */
export const updatePhrases: Phrases<UpdateSteps> = {
  looking: () => 'Looking for a new version',
  asking: () => 'Asking for a new version',
  downloading: ({ version, received, size }) => `Downloading version ${version}: ${part(received, size)}`,
  copying: ({ version, received, size }) => `Copying version ${version}: ${part(received, size)}`,
  unpacking: ({ version }) => `Unpacking version ${version}`,
  'trying-out': ({ version }) => `Trying version ${version} out`,
  starting: ({ version }) => `Starting version ${version}`,
  watching: ({ version }) => `Version ${version} runs, and is watched for a while`,
  restarting: (found) => `${nothingFound(found)}: the machine restarts without an update`,
};

const faults: Readonly<Record<ReleaseFault, string>> = {
  'not started': 'did not start',
  'no picture': 'showed no picture',
  'not kept running': 'did not keep running',
  'not watched': 'could not be watched',
  'switched off meanwhile': 'was not installed, for the machine was switched off meanwhile',
  'picture too short': 'did not show its picture for long enough',
};

/** How an update ended. */
export const updateOutcomes: Phrases<UpdateOutcomes> = {
  installed: ({ version }) => `Version ${version} is installed and runs`,
  'up-to-date': ({ version }) => `Version ${version} runs, and there is no newer one`,
  'given-up': ({ version, fault, back }) => `Version ${version} ${faults[fault]}; version ${back} is back`,
};

/** Where a release was looked for, and none was found. */
export function nothingFound({ stick, server }: NothingFound): string {
  const text = stick === 'absent' ? 'There is no stick' : 'There is no release on the stick';
  if (server === undefined) return `${text} and no update address is set`;
  const { host, reason } = server;
  return `${text}, and ${host} ${reason === undefined ? 'does not answer' : `can't be reached: ${reason}`}`;
}

function part(received: number, size: number): string {
  return `${megabytes(received)} of ${megabytes(size)}`;
}

/** Such as `12 MB`, rounded up. */
export function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6)} MB`;
}
