import type { Clock } from '../../base/clock';
import type { Output } from '../../io/outputs/output';
import type { DisplayHealth } from '../../io/web/web-parts';
import type { Site } from '../../model/site';
import { linkNotice } from '../../screens/notices';
import type { Surroundings } from '../../screens/screen';

/** What the health of a display is read from. */
export interface HealthNeeds {
  readonly outputs: readonly Output[];
  readonly site: Site;
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly surroundings: () => Surroundings;
}

/** Whether the last picture has reached the panel, and the main battery is received. */
export function displayHealth({ outputs, site, clock, surroundings }: HealthNeeds): DisplayHealth {
  const now = clock.monotonic();
  const { battery } = site.main;
  const panels = outputs.flatMap(({ reached }) => reached ?? []);
  const panel = panels.length === 0 ? 'none' : panels.every((reached) => reached) ? 'shown' : 'failing';
  const source = linkNotice(battery.age(now), battery.current(now), surroundings()).tone;
  return { status: panel !== 'failing' && source === 'live' ? 'ok' : 'trouble', panel, source };
}
