import type { HistoryAnswer } from '../io/web/history-answer';
import { cellsPerModule } from '../protocol/complete-status';
import type { Units } from '../model/temperature';
import { Chart } from './chart';
import { cellChart, chartKinds, type ChartKind } from './chart-list';
import { Download } from './download';
import { byId, make, say, byIdOf } from './elements';
import { setUpFrame } from './frame';
import { beginnings, nextQuestion, ranges, refreshes, refreshNamed, usualRange } from './ranges';
import { goToLogin } from './session';
import { SpanEntry } from './span-entry';

const charts = byId('charts');
const select = byIdOf('range', HTMLSelectElement);
const refreshSelect = byIdOf('refresh', HTMLSelectElement);
const trouble = byId('trouble');
/** ms until somebody who does not answer is asked once more. */
const again = 5000;
const address = new URLSearchParams(location.search);
let units: Units = 'celsius';
let from = address.get('from') ?? usualRange.from;
let to = address.get('to') ?? usualRange.to;
let refresh = refreshNamed(address.get('refresh'));
/** Nothing was chosen yet, so that a history which has only begun is shown from close by. */
let undecided = !address.has('from');
let chosen = (address.get('show') ?? 'power,soc,cells').split(',');
let shown: Chart[] = [];
let cells = 0;
let timer: number | undefined;
/** Counts the questions, so that the answer to an older one is not shown. */
let asked = 0;

function kinds(): ChartKind[] {
  const own = chosen
    .flatMap((name) => /^cell([1-9]\d{0,2})$/.exec(name)?.[1] ?? [])
    .map((n) => cellChart(Number(n)));
  return [...chartKinds(units).filter(({ name }) => chosen.includes(name)), ...own];
}

function build(): void {
  shown = kinds().map(
    (kind) => new Chart(kind, (start, end) => choose(String(Math.round(start)), String(Math.round(end)))),
  );
  charts.replaceChildren(...shown.map(({ element }) => element));
  buildChoice();
  void load();
}

async function ask(value: string): Promise<HistoryAnswer> {
  const points = Math.min(2000, Math.max(200, Math.round(charts.clientWidth)));
  const question = new URLSearchParams({ value, from, to, points: String(points) });
  const answer = await fetch(`/api/history?${question.toString()}`, { signal: AbortSignal.timeout(15_000) });
  if (answer.status === 401) goToLogin();
  const content = (await answer.json()) as HistoryAnswer | { readonly problem: string };
  if ('problem' in content) throw new Error(content.problem);
  return content;
}

async function load(): Promise<void> {
  clearTimeout(timer);
  const number = ++asked;
  let wait: number | undefined;
  try {
    const values = Array.from(new Set(shown.flatMap(({ kind }) => kind.lines.map(({ value }) => value))));
    const answers = new Map(
      await Promise.all(values.map(async (value) => [value, await ask(value)] as const)),
    );
    if (number !== asked) return;
    trouble.hidden = true;
    const [first] = answers.values();
    if (first !== undefined) {
      wait = nextQuestion({ from, to }, refresh, first.to - first.from);
      span.show(first);
      const closer = undecided ? closerRange(first) : undefined;
      undecided = false;
      if (closer !== undefined) return choose(closer, 'now', false);
    }
    for (const chart of shown) chart.show(chart.kind.lines.flatMap(({ value }) => answers.get(value) ?? []));
    document.body.dataset['loaded'] = String(number);
  } catch (error) {
    if (number !== asked) return;
    trouble.hidden = false;
    const timeout = error instanceof TypeError || (error instanceof Error && error.name === 'TimeoutError');
    say(trouble, timeout ? 'packdial does not answer. Trying again…' : (error as Error).message);
    wait = timeout || to === 'now' ? again : undefined;
  }
  if (wait !== undefined) timer = window.setTimeout(() => void load(), wait);
}

/** The shortest range that holds all of a young history. */
function closerRange({ start, now }: HistoryAnswer): string | undefined {
  const [oldest] = start;
  if (oldest === undefined) return beginnings[0];
  const units_: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000 };
  return beginnings.find((text) => {
    const [, count, unit = ''] = /(\d+)(\w)/.exec(text) ?? [];
    return now - oldest < Number(count) * (units_[unit] ?? 0);
  });
}

/** @param keep whether it goes into the address */
function choose(newFrom: string, newTo: string, keep = true): void {
  [from, to] = [newFrom, newTo];
  if (keep) {
    undecided = false;
    keepAddress();
  }
  showRange();
  void load();
}

function keepAddress(): void {
  const often = refresh.name === '' ? {} : { refresh: refresh.name };
  const text = new URLSearchParams({ from, to, show: chosen.join(','), ...often }).toString();
  const readable = text.replaceAll('%2C', ',').replaceAll('%2F', '/').replaceAll('%3A', ':');
  history.replaceState(null, '', `?${readable}`);
}

function showRange(): void {
  download.show(from, to);
  const index = ranges.findIndex((range) => range.from === from && range.to === to);
  select.value = String(index);
  for (const button of byId('quick').querySelectorAll('button')) {
    button.setAttribute('aria-pressed', String(button.dataset['index'] === String(index)));
  }
}

function buildRanges(): void {
  select.append(...ranges.map(({ label }, i) => new Option(label, String(i))));
  const own = new Option('As entered', '-1');
  own.hidden = true;
  select.append(own);
  select.addEventListener('change', () => {
    const range = ranges[Number(select.value)];
    if (range !== undefined) choose(range.from, range.to);
  });
  for (const [i, range] of ranges.entries()) {
    if (range.quick === undefined) continue;
    const button = make('button', '', range.quick);
    button.type = 'button';
    button.dataset['index'] = String(i);
    button.title = range.label;
    button.addEventListener('click', () => choose(range.from, range.to));
    byId('quick').append(button);
  }
}

function buildRefreshes(): void {
  refreshSelect.append(...refreshes.map(({ name, label }) => new Option(label, name)));
  refreshSelect.value = refresh.name;
  refreshSelect.addEventListener('change', () => {
    refresh = refreshNamed(refreshSelect.value);
    keepAddress();
    void load();
  });
}

function toggle(name: string): void {
  chosen = chosen.includes(name) ? chosen.filter((other) => other !== name) : [...chosen, name];
  keepAddress();
  build();
}

function buildChoice(): void {
  const own = chosen.filter((name) => /^cell\d/.test(name)).map((name) => cellChart(Number(name.slice(4))));
  const buttons = [...chartKinds(units), ...own].map(({ name, title }) => {
    const button = make('button', '', title);
    button.type = 'button';
    button.setAttribute('aria-pressed', String(chosen.includes(name)));
    button.addEventListener('click', () => toggle(name));
    return button;
  });
  const single = make('select');
  single.setAttribute('aria-label', 'A single cell');
  single.append(
    new Option('One cell…', ''),
    ...Array.from({ length: cells }, (_, i) => new Option(`Cell ${i + 1}`, `cell${i + 1}`)),
  );
  single.addEventListener('change', () => toggle(single.value));
  byId('choose').replaceChildren(...buttons, ...(cells > 0 ? [single] : []));
}

const download = new Download();
const span = new SpanEntry((start, end) => choose(start, end));
buildRanges();
buildRefreshes();
showRange();
build();
setUpFrame(({ status, display }) => {
  const now = status.cells.length * cellsPerModule;
  if (display.units !== units) {
    units = display.units;
    cells = now;
    build();
  } else if (now !== cells) {
    cells = now;
    buildChoice();
  }
});
