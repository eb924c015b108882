import { WifiSetup } from '../../../../src/desk/wifi';
import { PinLock } from '../../../../src/desk/pin-lock';
import { ConfigScreen } from '../../../../src/screens/config/config-screen';
import { TextStyles } from '../../../../src/render/text';
import { dayPalette } from '../../../../src/render/theme';
import { textsOn } from '../../../pictures/written-texts';
import { surroundings } from '../../stories';
import { allActions, desk, information, Owner } from '../config-stories';
import { settle } from '../fake-setup-services';
import { FakeWifi, harbour, idOf, network, offline } from './fake-wifi';
import { looking } from './wifi-story';

function texts(owner: Owner): string {
  return textsOn(owner.picture().canvas)
    .map(({ text }) => text)
    .join(' ');
}

describe('S0.4, S0.131: another Wi-Fi is joined on the screen', () => {
  it('nothing is asked of the machine before the page is opened, nor after it was left', () => {
    const wifi = new FakeWifi();
    const setup = new WifiSetup({ wifi, changed: () => undefined });
    const owner = new Owner({ editor: desk().editor, wifi: setup }, 800, 480, 'index');
    expect(wifi.watches).toBe(0);
    owner.touch('part network');
    expect([wifi.watches, wifi.watching?.aborted]).toEqual([1, false]);
    owner.touch('index');
    expect(wifi.watching?.aborted).toBe(true);
    owner.touch('part network').touch('close');
    expect([wifi.watches, wifi.watching?.aborted]).toEqual([2, true]);
  });

  it('a password that is wrong is told in one sentence, and the right one joins', async () => {
    const { wifi, setup, owner } = looking();
    owner.touch('network 1').type('wrong password').touch('key done');
    expect(wifi.wishes).toEqual([{ id: idOf('Harbour'), password: 'wrong password', isHidden: false }]);
    wifi.step({ code: 'wifi-associating', values: {} });
    owner.look(20);
    expect(texts(owner)).toContain('Asking the access point to let the display in');
    wifi.step({ code: 'wifi-asks-address', values: {} });
    owner.look(20);
    expect(texts(owner)).toContain('Asking the network for an address');
    wifi.tell(offline);
    wifi.joined({ code: 'wifi-wrong-password', values: {} });
    await settle();
    owner.look(20);
    expect(texts(owner)).toMatch(/Harbour is not joined .*password is wrong.*returns to Marina Guests/);
    wifi.tell(harbour);
    owner.look(20);
    expect(texts(owner)).toContain('The display is in Marina Guests as before.');
    owner.touch('join').type('fair winds').key('Enter');
    expect(wifi.wishes.at(-1)?.password).toBe('fair winds');
    wifi.joined({ code: 'wifi-joined', values: { address: '10.9.1.64' } });
    await settle();
    owner.look(20);
    expect(texts(owner)).toContain('Harbour is joined The display’s address is 10.9.1.64.');
    expect(owner.touch('back').names()).toContain('network 0');
    expect(setup.attempt).toBeUndefined();
  });

  it('a password has 8 to 63 characters, and nothing else is handed on', () => {
    const { wifi, owner } = looking();
    owner.touch('network 1').type('1234567').touch('key done');
    expect(texts(owner)).toContain('A Wi-Fi password has 8 to 63 characters, and this has 7.');
    expect(owner.type('8').touch('key done').names()).toContain('back');
    expect(wifi.wishes).toHaveLength(1);
    const long = looking();
    long.owner.touch('network 1').type('x'.repeat(64)).touch('key done');
    expect([texts(long.owner), long.wifi.wishes]).toEqual([expect.stringContaining('this has 64'), []]);
  });

  it('is typed behind dots until it is shown', () => {
    const { owner } = looking();
    owner.touch('network 1').type('fair winds');
    expect(texts(owner)).not.toContain('fair winds');
    expect(texts(owner.touch('show'))).toContain('fair winds');
  });

  it('an open network is joined without a password, and a known one with what is kept', () => {
    const { wifi, owner } = looking();
    owner.touch('network 3').touch('join');
    expect(wifi.wishes.at(-1)).toEqual({ id: idOf('Chandlery'), password: undefined, isHidden: false });
    owner.touch('back').touch('network 2').touch('join');
    expect(wifi.wishes.at(-1)).toEqual({ id: idOf('Morgan Oak'), password: undefined, isHidden: false });
    expect(wifi.wishes).toHaveLength(2);
  });

  it('of a known network another password can be typed', () => {
    const { wifi, owner } = looking();
    owner.touch('network 2').touch('other password').type('new secret').key('Enter');
    expect(wifi.wishes.at(-1)).toEqual({ id: idOf('Morgan Oak'), password: 'new secret', isHidden: false });
  });

  it('a hidden network is joined by its typed name, open or with a password', () => {
    const { wifi, owner } = looking();
    owner.touch('hidden').type('Crow’s Nest').key('Enter').key('Enter');
    expect(wifi.wishes.at(-1)).toEqual({ id: idOf('Crow’s Nest'), password: undefined, isHidden: true });
    const other = looking();
    other.owner.touch('hidden').key('Enter');
    expect(texts(other.owner)).toContain('A network’s name has 1 to 32');
    other.owner.type('Nest').key('Enter').type('short').key('Enter');
    expect(texts(other.owner)).toContain('this has 5');
    other.owner.type('er than it was').key('Enter');
    expect(other.wifi.wishes).toEqual([
      { id: idOf('Nest'), password: 'shorter than it was', isHidden: true },
    ]);
  });

  it('WEP and company logins are not offered', () => {
    const { owner } = looking(harbour, 800, 600);
    owner.touch('network 4');
    expect(owner.names()).toEqual(['close', 'save', 'back']);
    expect(texts(owner)).toContain('802.1X');
  });

  it('forgetting is asked about first', async () => {
    const { wifi, owner } = looking();
    owner.touch('network 0').touch('forget');
    expect(owner.names()).toEqual(['no', 'yes']);
    expect(texts(owner)).toContain('Forget Marina Guests?');
    owner.touch('no');
    expect(wifi.forgotten).toEqual([]);
    owner.touch('forget').touch('yes');
    expect(wifi.forgotten).toEqual([idOf('Marina Guests')]);
    wifi.forgot({ code: 'wifi-not-permitted', values: {} });
    await settle();
    wifi.tell({ ...harbour, networks: harbour.networks.slice(0, 2) });
    owner.look(20);
    expect(texts(owner)).toContain('packdial may not change the network here');
  });

  it('nothing moves beneath the finger between two searches', () => {
    const { wifi, owner } = looking();
    const louder = harbour.networks.map((each) =>
      each.name === 'Morgan Oak' ? { ...each, strength: 99 } : each,
    );
    const fresh = [network('Lighthouse', 95), ...louder];
    const names = (): string[] =>
      textsOn(owner.picture().canvas)
        .map(({ text }) => text)
        .filter((text) => fresh.some(({ name }) => name === text));
    const first = ['Marina Guests', 'Harbour', 'Morgan Oak', 'Chandlery'];
    wifi.tell({ ...harbour, networks: fresh });
    owner.look(20);
    expect(names()).toEqual(first);
    wifi.tell({ ...harbour, networks: fresh, isSearching: true });
    owner.look(20);
    expect(names()).toEqual(first);
    wifi.tell({ ...harbour, networks: fresh });
    owner.look(20);
    expect(names()).toEqual(['Marina Guests', 'Lighthouse', 'Harbour', 'Morgan Oak']);
  });

  it('more networks than rows are turned to', () => {
    const { owner } = looking();
    expect(owner.names()).toEqual(expect.arrayContaining(['network 3', 'more']));
    expect(owner.names()).not.toContain('network 4');
    expect(owner.touch('more').names()).toContain('network 5');
    expect(owner.touch('more').names()).toContain('network 0');
  });

  it.each([
    ['wifi-no-manager', {}, 'docs/using.md'],
    ['wifi-silent', {}, 'Start the machine again'],
    ['wifi-not-permitted', {}, 'sudo make install'],
    ['wifi-no-adapter', {}, 'use a network cable'],
    ['wifi-blocked', {}, 'rfkill unblock wifi'],
    ['wifi-unmanaged', { interface: 'wlan0' }, 'leaves wlan0 to another program'],
    ['wifi-not-ready', { interface: 'wlan0' }, 'wpasupplicant'],
  ] as const)('where it can’t be set the page says what to do: %s', async (code, values, words) => {
    const { wifi, owner } = looking();
    wifi.ended({ code, values } as never);
    await settle();
    owner.look(20);
    expect(texts(owner)).toContain(words);
    owner.touch('search');
    expect(wifi.watches).toBe(2);
    wifi.tell(harbour);
    owner.look(20);
    expect(owner.names()).toContain('network 0');
  });

  it('joining goes on when the page is left, and another join takes its place', async () => {
    const { wifi, setup, owner } = looking();
    owner.touch('network 3').touch('join').touch('back').touch('index');
    expect(wifi.joining?.aborted).toBe(false);
    const [first, outcome] = [wifi.joining, wifi.joined];
    owner.touch('part network');
    wifi.tell(harbour);
    owner.look(20);
    owner.touch('network 2').touch('join');
    expect(first?.aborted).toBe(true);
    outcome({ code: 'wifi-given-up', values: {} });
    await settle();
    expect(setup.attempt?.name).toBe('Morgan Oak');
  });

  it('the password stays in no part of the settings', async () => {
    const { editor, written } = desk();
    const wifi = new FakeWifi();
    const setup = new WifiSetup({ wifi, changed: () => undefined });
    const owner = new Owner({ editor, wifi: setup, information, service: allActions() }, 800, 480, 'index');
    owner.touch('part network');
    wifi.tell(harbour);
    owner.look(20);
    owner.touch('network 1').type('fair winds').key('Enter');
    wifi.joined({ code: 'wifi-wrong-password', values: {} });
    await settle();
    owner.look(20);
    expect(JSON.stringify([setup.attempt, setup.view, setup.trouble])).not.toContain('fair winds');
    expect(owner.touch('join').names()).toContain('key done');
    expect(texts(owner.touch('show'))).not.toContain('fair winds');
    expect([written, JSON.stringify(editor.values)]).toEqual([[], expect.not.stringContaining('fair')]);
  });

  it('the PIN of the settings is asked for first', () => {
    const wifi = new FakeWifi();
    const setup = new WifiSetup({ wifi, changed: () => undefined });
    const lock = new PinLock(() => '4711', { monotonic: () => 0 });
    const owner = new Owner({ editor: desk().editor, wifi: setup, lock }, 800, 480, 'index');
    expect([owner.names().includes('part network'), wifi.watches]).toEqual([false, 0]);
    owner.type('4711').key('Enter');
    owner.touch('part network');
    expect(wifi.watches).toBe(1);
  });
});

test('the welcome’s wireless begins with Wi-Fi where there is no network, and with the port where there is one', () => {
  const setUp = (address: string | undefined): { readonly screen: ConfigScreen; readonly wifi: FakeWifi } => {
    const wifi = new FakeWifi();
    const screen = new ConfigScreen({
      width: 800,
      height: 480,
      palette: dayPalette,
      styles: new TextStyles(),
      config: { editor: desk().editor, wifi: new WifiSetup({ wifi, changed: () => undefined }) },
    });
    screen.update({ ...surroundings(0), address });
    screen.setUp('wireless');
    return { screen, wifi };
  };
  expect(setUp(undefined).wifi.watches).toBe(1);
  const online = setUp('192.168.1.72');
  expect(online.wifi.watches).toBe(0);
  expect(online.screen.targets.map(({ name }) => name)).toContain('choose source 0');
});
