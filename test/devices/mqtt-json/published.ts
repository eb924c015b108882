import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Kind } from '../../../src/model/reading';

/** What a program publishes, and what is to become of it. */
export interface Published {
  readonly profile: string;
  /** As in `--device mqtt-json,…`. */
  readonly settings: string;
  readonly messages: readonly (readonly [topic: string, payload: string])[];
  readonly kind: Kind;
  readonly values: Readonly<Record<string, number>>;
  readonly cells?: readonly (number | null)[];
  readonly temperatures?: readonly number[];
  readonly switches?: Readonly<Record<string, boolean>>;
}

/** One of each program. */
export const published = JSON.parse(
  readFileSync(join(__dirname, '../../fixtures/mqtt-published.json'), 'utf8'),
) as readonly Published[];
