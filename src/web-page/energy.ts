import type { EnergyJson } from '../protocol/energy-json';
import { byId, say } from './elements';
import { energyFigure } from './energy-bars';
import { localDate, periodsOf, type PeriodLength } from './energy-periods';
import { setUpFrame } from './frame';
import { goToLogin } from './session';

/** ms between two questions: a day's sum grows slowly. */
const interval = 60_000;
const patience = 15_000;

const buttons = Array.from(document.querySelectorAll<HTMLButtonElement>('[data-by]'));
let length: PeriodLength = lengthOf(new URLSearchParams(location.search).get('by'));
let devices: readonly EnergyJson[] = [];
let timer: number | undefined;

function lengthOf(text: string | null | undefined): PeriodLength {
  return text === 'week' || text === 'month' || text === 'year' ? text : 'day';
}

function show(): void {
  for (const button of buttons) button.setAttribute('aria-pressed', String(button.dataset['by'] === length));
  const today = localDate(new Date());
  const [first] = devices
    .flatMap(({ days }) => days.slice(0, 1))
    .map(({ date }) => date)
    .sort();
  byId('since').hidden = first === undefined;
  say(
    byId('since'),
    `Sums of the days that are kept, the first of them ${first ?? ''}. Hours without data are not counted.`,
  );
  const open = new Set(
    Array.from(byId('energies').querySelectorAll('details[open] caption'), (caption) => caption.textContent),
  );
  byId('energies').replaceChildren(
    ...devices.map(({ device, days }) => energyFigure(device, periodsOf(days, length, today))),
  );
  for (const details of byId('energies').querySelectorAll('details'))
    details.open = open.has(details.querySelector('caption')?.textContent ?? '');
}

async function load(): Promise<void> {
  clearTimeout(timer);
  const trouble = byId('trouble');
  try {
    const answer = await fetch('/api/energy', { signal: AbortSignal.timeout(patience) });
    if (answer.status === 401) return goToLogin();
    if (!answer.ok) throw new Error(`Status ${answer.status}`);
    ({ devices } = (await answer.json()) as { devices: readonly EnergyJson[] });
    trouble.hidden = true;
    // What is being read stays as it is: the focus would be lost.
    if (!byId('energies').contains(document.activeElement)) show();
    document.body.dataset['loaded'] = '';
  } catch {
    trouble.hidden = false;
    say(trouble, 'packdial does not answer. Trying again…');
  }
  timer = window.setTimeout(() => void load(), interval);
}

for (const button of buttons)
  button.addEventListener('click', () => {
    length = lengthOf(button.dataset['by']);
    history.replaceState(null, '', `?by=${length}`);
    show();
  });
setUpFrame(() => undefined);
show();
void load();
