import type { LiveStatus } from '../io/web/web-parts';
import type { DeviceJson } from '../protocol/device-json';
import { missing } from '../screens/format';
import { deviceFacts, type DeviceFacts } from './device-facts';
import { byId, make, say } from './elements';

/** ms between two questions for all devices. */
const interval = 2000;
const patience = 4000;

/** The devices of a site, a card each, as long as there are several. */
export class DeviceCards {
  private display: LiveStatus['display'] | undefined;
  private readonly list = byId('device-list');

  /** Asks again and again while the page can be seen. */
  start(): void {
    void this.load();
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void this.load(false);
    });
  }

  /** Takes what packdial computes of the devices. */
  take({ display }: LiveStatus): void {
    this.display = display;
  }

  private async load(again = true): Promise<void> {
    try {
      if (document.visibilityState === 'visible') this.show(await ask());
    } catch {
      // What was heard before is not shown as if it were heard now.
      this.silence();
    }
    if (again) window.setTimeout(() => void this.load(), interval);
  }

  private show(devices: readonly DeviceJson[]): void {
    byId('devices').hidden = devices.length < 2;
    while (this.list.children.length > devices.length) this.list.lastElementChild?.remove();
    for (const [i, device] of devices.entries()) {
      const values = this.display?.energy.find(({ device: name }) => name === device.device)?.values;
      const card = this.list.children[i] ?? this.list.appendChild(makeCard());
      fill(card, deviceFacts(device, values, this.display?.units ?? 'celsius'));
    }
  }

  private silence(): void {
    for (const card of this.list.querySelectorAll<HTMLElement>('li')) {
      card.dataset['tone'] = 'silent';
      part(card, '.state', 'no answer from packdial');
      part(card, '.main b', missing);
      for (const value of card.querySelectorAll('dd')) say(value, missing);
    }
  }
}

async function ask(): Promise<readonly DeviceJson[]> {
  const answer = await fetch('/api/devices', { signal: AbortSignal.timeout(patience) });
  if (!answer.ok) throw new Error(`Status ${answer.status}`);
  return ((await answer.json()) as { devices: readonly DeviceJson[] }).devices;
}

function makeCard(): HTMLLIElement {
  const card = make('li', 'device');
  const head = make('h3');
  head.append(make('span', 'name'), ' ', make('small', 'kind'));
  const main = make('p', 'main');
  main.append(make('b'), ' ', make('small'));
  card.append(head, make('p', 'state'), main, make('p', 'wrong'), make('dl'));
  return card;
}

function part(card: Element, selector: string, text: string): void {
  const element = card.querySelector(selector);
  if (element !== null) say(element, text);
}

function fill(card: Element, { name, kind, tone, state, main, rest, wrong }: DeviceFacts): void {
  if (card instanceof HTMLElement) card.dataset['tone'] = tone;
  part(card, '.name', name);
  part(card, '.kind', kind);
  part(card, '.state', state);
  part(card, '.main b', main[0]);
  part(card, '.main small', main[1]);
  part(card, '.wrong', wrong);
  const list = card.querySelector('dl');
  if (list === null) return;
  while (list.children.length > rest.length) list.lastElementChild?.remove();
  for (const [i, [label, text]] of rest.entries()) {
    const line = list.children[i] ?? list.appendChild(makeLine());
    part(line, 'dt', label);
    part(line, 'dd', text);
  }
}

function makeLine(): HTMLDivElement {
  const line = make('div');
  line.append(make('dt'), make('dd'));
  return line;
}
