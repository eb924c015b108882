import { byId, say, byIdOf } from './elements';
import { askSession, post } from './session';

const form = byIdOf('form', HTMLFormElement);
const password = byIdOf('password', HTMLInputElement);
const problem = byId('problem');

/** Only paths of this page: an address from elsewhere must not lead away. */
function target(): string {
  const to = new URLSearchParams(location.search).get('to') ?? '/';
  return /^\/(?![/\\])/.test(to) ? to : '/';
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  say(problem, '');
  post('/api/login', { password: password.value }).then(
    ({ status, content }) => {
      if (status === 200) location.assign(target());
      else say(problem, content.problem ?? 'That did not work.');
      password.select();
    },
    () => say(problem, 'packdial does not answer.'),
  );
});

void askSession().then((session) => {
  if (session?.canLogIn !== false) return;
  say(
    byId('why'),
    'No password is set. Set one on the display under Settings, Remote: then you can touch the display from here.',
  );
  for (const element of form.querySelectorAll('label, input, button')) element.remove();
});
byId('link').hidden = true;
password.focus();
