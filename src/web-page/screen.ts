import { inUnits, temperatureUnit } from '../model/temperature';
import { formatCurrent, formatPercent, KilowattFormat } from '../screens/format';
import type { LiveStatus } from '../io/web/web-parts';
import { byId, say, byIdOf } from './elements';
import { setUpFrame, showSession } from './frame';
import { LiveScreen } from './live-screen';
import { goToLogin, type Session } from './session';
import { glanceText } from '../screens/quantity-text';

const kilowatts = new KilowattFormat();
let session: Session | undefined;

function show({ status, display }: LiveStatus): void {
  const { soc, packPower, packCurrent, packVoltage, tempMax, cellLow, cellHigh } = status;
  const known = (value: number | null): number | undefined => value ?? undefined;
  const hot = tempMax === null ? undefined : inUnits(tempMax, display.units);
  const flows = { charging: 'Charging', discharging: 'Discharging', idle: 'Idle' };
  const texts: Readonly<Record<string, string>> = {
    soc: formatPercent(known(soc)),
    flow: display.flow === null ? 'Power' : flows[display.flow],
    power: kilowatts.format(known(packPower)),
    current: formatCurrent(known(packCurrent), !Number.isInteger(packCurrent)),
    voltage: glanceText('voltage', known(packVoltage)),
    temperature: glanceText('temperatureMax', hot),
    temperatureUnit: temperatureUnit(display.units),
    cellLow: glanceText('cellLow', known(cellLow)),
    cellHigh: glanceText('cellHigh', known(cellHigh)),
  };
  for (const element of document.querySelectorAll<HTMLElement>('[data-value]')) {
    say(element, texts[element.dataset['value'] ?? ''] ?? '');
    if (element.dataset['value'] === 'flow') element.dataset['flow'] = display.flow ?? '';
  }
  byId('level').style.width = `${soc ?? 0}%`;
}

/** Says why a touch does nothing, and what would help. */
function explain(): void {
  const hint = byId('hint');
  hint.hidden = false;
  if (session?.canLogIn === true) {
    const link = document.createElement('a');
    link.href = '/login';
    link.textContent = 'Log in';
    link.addEventListener('click', (event) => {
      event.preventDefault();
      goToLogin();
    });
    hint.replaceChildren('You are looking only. ', link, ' to touch the display.');
  } else if (session?.hasKey === true) {
    say(
      hint,
      'You are looking only. To touch the display, open the address that packdial printed when it started.',
    );
  } else {
    say(
      hint,
      'You are looking only. To touch the display from here, set a password: on the display under Settings, Remote.',
    );
  }
}

setUpFrame(show);
const live = new LiveScreen(byId('screen'), byId('veil'), {
  session: (now) => {
    session = now;
    showSession(now);
    if (now.access === 'control') byId('hint').hidden = true;
  },
  refused: explain,
});
live.start();

const full = byIdOf('full', HTMLButtonElement);
if (document.fullscreenEnabled) {
  full.hidden = false;
  full.addEventListener('click', () => {
    const stage = document.querySelector('.stage');
    void stage?.requestFullscreen({ navigationUI: 'hide' }).catch(() => undefined);
  });
}
