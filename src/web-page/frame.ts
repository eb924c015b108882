import type { LiveStatus } from '../io/web/web-parts';
import { allowDemo, showDemo } from './demo';
import { NewAlarms } from './announcements';
import { byId, make, say } from './elements';
import { listen } from './live';
import { askSession, goToLogin, post, type Session } from './session';

const newAlarms = new NewAlarms();

/** What all pages have around them: where one is, how the battery is heard, alarms, and the way in and out. */
export function setUpFrame(told: (live: LiveStatus) => void): void {
  const page = document.body.className;
  document.querySelector(`nav [data-page="${page}"]`)?.setAttribute('aria-current', 'page');
  listen(
    (live) => {
      const { device, link, alarms, demo } = live.display;
      delete document.body.dataset['stale'];
      showDevice(device);
      showLink(link.tone, link.text);
      showAlarms(alarms);
      showDemo(demo);
      told(live);
    },
    (words) => {
      // What was heard before stays, and does not look like what is heard now.
      document.body.dataset['stale'] = '';
      showLink('silent', words);
    },
  );
  byId('login').addEventListener('click', (event) => {
    event.preventDefault();
    goToLogin();
  });
  byId('logout').addEventListener('click', () => {
    void post('/api/logout', {}).finally(() => location.reload());
  });
  void askSession().then((session) => {
    if (session !== undefined) showSession(session);
  });
}

/** Offers what makes sense: to log in, or out. */
export function showSession({ access, loggedIn, canLogIn }: Session): void {
  allowDemo(access === 'control');
  byId('login').hidden = !canLogIn || access === 'control';
  byId('logout').hidden = !loggedIn || !canLogIn;
}

/** Names the battery that the values are of, where there are several. */
function showDevice(device: string | null): void {
  for (const element of document.querySelectorAll<HTMLElement>('[data-device]')) {
    element.hidden = device === null;
    say(element, device ?? '');
  }
}

function showLink(tone: string, text: string): void {
  const link = byId('link');
  // While it is late, the words have an age that grows every second.
  if (link.dataset['tone'] !== tone) say(byId('heard'), text);
  link.dataset['tone'] = tone;
  const words = link.querySelector('span');
  if (words !== null) say(words, text);
}

function showAlarms(alarms: LiveStatus['display']['alarms']): void {
  const strip = byId('alarms');
  const key = JSON.stringify(alarms);
  if (strip.dataset['shown'] === key) return;
  strip.dataset['shown'] = key;
  strip.hidden = alarms.length === 0;
  strip.replaceChildren(
    ...alarms.map(({ text, acknowledged }) =>
      make('p', acknowledged ? 'seen' : '', acknowledged ? `${text} (seen)` : text),
    ),
  );
  const fresh = newAlarms.of(alarms.filter(({ acknowledged }) => !acknowledged).map(({ text }) => text));
  if (fresh.length > 0) say(byId('alert'), fresh.join('. '));
}
