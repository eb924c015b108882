import type { PeriodLength } from '../model/energy/energy-periods';
import type { EnergyPeriodsJson } from '../protocol/energy-json';
import { byId, say } from './elements';
import { EnergyFigure } from './energy-figure';
import { isCompared } from './energy-text';
import { setUpFrame } from './frame';
import { goToLogin } from './session';

/** ms between two questions: a day's sum grows slowly. */
const interval = 60_000;
const patience = 15_000;

const buttons = Array.from(document.querySelectorAll<HTMLButtonElement>('[data-by]'));
const figures = new Map<string, EnergyFigure>();
let length: PeriodLength = lengthOf(new URLSearchParams(location.search).get('by'));
let timer: number | undefined;
/** Counts the questions, so that the answer to an older one is not shown. */
let asked = 0;

function lengthOf(text: string | null | undefined): PeriodLength {
  return text === 'week' || text === 'month' || text === 'year' ? text : 'day';
}

function show(devices: readonly EnergyPeriodsJson[]): void {
  const shown = devices.map((each) => {
    const key = `${each.kind} ${each.device}`;
    let figure = figures.get(key);
    if (figure === undefined) figures.set(key, (figure = new EnergyFigure(each.device, each.kind)));
    figure.show(each, length);
    return figure.element;
  });
  const place = byId('energies');
  // An element that is put where it is already would lose the focus.
  if (shown.length !== place.children.length || shown.some((element, i) => element !== place.children[i]))
    place.replaceChildren(...shown);
  byId('compared').hidden = !devices.some(({ periods }) => periods.some(isCompared));
}

async function load(): Promise<void> {
  clearTimeout(timer);
  const number = ++asked;
  const trouble = byId('trouble');
  for (const button of buttons) button.setAttribute('aria-pressed', String(button.dataset['by'] === length));
  try {
    const answer = await fetch(`/api/energy?by=${length}`, { signal: AbortSignal.timeout(patience) });
    if (answer.status === 401) return goToLogin();
    if (!answer.ok) throw new Error(`Status ${answer.status}`);
    const { devices } = (await answer.json()) as { devices: readonly EnergyPeriodsJson[] };
    if (number !== asked) return;
    trouble.hidden = true;
    show(devices);
    document.body.dataset['loaded'] = length;
  } catch {
    if (number !== asked) return;
    trouble.hidden = false;
    say(trouble, 'packdial does not answer. Trying again…');
  }
  timer = window.setTimeout(() => void load(), interval);
}

for (const button of buttons)
  button.addEventListener('click', () => {
    length = lengthOf(button.dataset['by']);
    history.replaceState(null, '', `?by=${length}`);
    void load();
  });
setUpFrame(() => undefined);
void load();
