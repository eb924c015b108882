import type { DisplayStatus } from '../io/web/web-parts';
import { byId, say } from './elements';
import { post } from './session';

type Demo = NonNullable<DisplayStatus['demo']>;

/** ms after which nothing is waited for any more. */
const patience = 15_000;

let shown: DisplayStatus['demo'] = null;
let wanted: Demo | undefined;
let timer: number | undefined;

const buttons = (): NodeListOf<HTMLButtonElement> =>
  document.querySelectorAll<HTMLButtonElement>('#demo button[data-demo]');

/** Marks what is made up, and offers the other demonstration. A page whose demonstration has become another is loaded anew. */
export function showDemo(demo: DisplayStatus['demo']): void {
  if (shown !== null && demo !== shown) {
    location.reload();
    return;
  }
  shown = demo;
  byId('demo').hidden = demo === null;
  for (const button of buttons()) {
    button.setAttribute('aria-pressed', String(button.dataset['demo'] === (wanted ?? demo)));
    button.onclick ??= () => void choose(button.dataset['demo'] as Demo);
  }
}

/** Whoever may only look sees no buttons. */
export function allowDemo(allowed: boolean): void {
  for (const button of buttons()) button.hidden = !allowed;
}

async function choose(demo: Demo): Promise<void> {
  if (demo === shown || wanted !== undefined) return;
  wait(demo, 'Switching…');
  timer = window.setTimeout(() => wait(undefined, 'packdial does not answer.'), patience);
  try {
    const { status, content } = await post('/api/demo', { show: demo });
    if (status !== 200) wait(undefined, content.problem ?? 'That went wrong.');
  } catch {
    // The answer got lost on the way, or nobody is there: what is shown next tells.
  }
}

/** @param demo that is waited for; `undefined` when nothing is any more */
function wait(demo: Demo | undefined, words: string): void {
  clearTimeout(timer);
  wanted = demo;
  for (const button of buttons()) {
    button.disabled = demo !== undefined;
    button.setAttribute('aria-pressed', String(button.dataset['demo'] === (demo ?? shown)));
  }
  const text = document.querySelector<HTMLElement>('#demo p');
  const span = text?.querySelector('span');
  text?.toggleAttribute('data-switching', true);
  if (span != null) say(span, words);
}
