import type { UpdateSteps } from '../../model/update-steps';
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
  restarting: ({ reason }) => `${reason}: the machine restarts without an update`,
};

function part(received: number, size: number): string {
  return `${megabytes(received)} of ${megabytes(size)}`;
}

/** Such as `12 MB`, rounded up. */
export function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6)} MB`;
}
