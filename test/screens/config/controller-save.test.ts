import type { ItemResult } from '../../../src/model/controller/controller-link';
import { showItem } from '../../../src/model/controller/values';
import { ControllerDesk } from '../../../src/screens/config/controller-desk';
import { announced, desk, Owner, said, type Desk, type FakeController } from './config-stories';

const locked: ItemResult = { state: 'refused', reason: said('The controller is locked.') };

/** Somebody in front of a display with a controller. */
function atHome(options: Parameters<typeof desk>[0] = {}): { owner: Owner; link: FakeController; own: Desk } {
  const link = announced();
  const own = desk(options);
  return { owner: new Owner({ controller: link, editor: own.editor }), link, own };
}

async function ended(owner: Owner, link: FakeController, answers = {}): Promise<void> {
  link.end(answers);
  await owner.saved();
}

/** How many changes the frame says are not saved. */
function unsaved(owner: Owner): boolean {
  owner.touch('close');
  const asks = owner.names().includes('yes');
  if (asks) owner.touch('no');
  else owner.navigator.open('settings');
  owner.look(20);
  return asks;
}

test('S0.54: what is changed of the controller has no effect until SAVE, and goes with X', () => {
  const { owner, link } = atHome();
  owner.touch('plus controller HIVOLT').touch('minus controller LOVOLT');
  expect(link.saves).toEqual([]);
  owner.touch('close').touch('yes');
  expect([owner.navigator.screenName, link.saves]).toEqual(['main', []]);
  owner.navigator.open('settings');
  owner.look();
  expect(unsaved(owner)).toBe(false);
});

test('S0.56: SAVE sends only what differs, and shows the results until they were read', async () => {
  const { owner, link } = atHome();
  owner.touch('plus controller HIVOLT').touch('plus controller LOVOLT').touch('minus controller LOVOLT');
  owner.touch('save');
  expect(link.saves).toEqual([{ HIVOLT: 4.3 }]);
  // Nothing else can be touched, and the button does nothing while it runs.
  expect(owner.names()).toEqual(['results read']);
  owner.touch('results read').key('Escape');
  expect(owner.names()).toEqual(['results read']);
  await ended(owner, link);
  owner.touch('results read');
  expect([owner.names().includes('plus controller HIVOLT'), unsaved(owner)]).toEqual([true, false]);
});

test('temperatures are in the owner’s units, on the page and in what became of them', () => {
  const link = announced();
  for (const [units, shown, saved] of [
    ['celsius', '55 °C', '56 °C'],
    ['fahrenheit', '131 °F', '133 °F'],
  ] as const) {
    const controller = new ControllerDesk(link, () => units);
    const state = controller.state(0);
    if (!('pages' in state)) throw new Error('the controller is silent');
    const field = state.pages
      .flatMap(({ fields }) => fields)
      .find(({ name }) => name === 'controller HITEMP')!;
    expect(field.format(field.read(state.values))).toBe(shown);
    expect(field.format(56)).toBe(saved);
    expect(showItem('HITEMP', 56, units)).toBe(saved);
    controller.draft.set(field, 56);
    controller.save();
    expect([controller.saving?.units, link.saves.at(-1)]).toEqual([units, { HITEMP: 56 }]);
  }
  const owner = new Owner({
    controller: announced(),
    editor: desk({ values: { units: 'fahrenheit' } }).editor,
  });
  const other = new Owner({ controller: announced(), editor: desk().editor });
  for (const each of [owner, other]) each.find('slide controller HITEMP');
  expect(owner.picture().canvas.toBuffer('raw').equals(other.picture().canvas.toBuffer('raw'))).toBe(false);
});

test('what was refused or not answered stays a change; what was saved is none any more, a password too', async () => {
  const { owner, link } = atHome();
  owner.touch('plus controller HIVOLT').touch('plus controller HITEMP').find('edit controller WIFIPASS');
  owner.touch('edit controller WIFIPASS').type('correct horse').key('Enter').touch('save');
  await ended(owner, link, {
    HIVOLT: locked,
    HITEMP: { state: 'no answer', reason: { code: 'no-answer', values: {} } },
  });
  owner.touch('results read').touch('save');
  expect(link.saves.at(-1)).toEqual({ HIVOLT: 4.3, HITEMP: 56 });
});

test('nothing is shown as saved that was not acknowledged', async () => {
  const { owner, link } = atHome();
  const before = owner.picture().canvas.toBuffer('raw');
  owner.touch('plus controller HIVOLT').touch('save');
  await ended(owner, link, { HIVOLT: locked });
  owner.touch('results read').touch('minus controller HIVOLT');
  // Set back by hand, the page is as it was: 4.2 V is what the controller has.
  expect(owner.picture().canvas.toBuffer('raw').equals(before)).toBe(true);
});

test('the display’s own changes are saved when the controller has taken all of its own', async () => {
  const { owner, link, own } = atHome();
  owner.touch('plus controller HIVOLT').find('minus brightness').touch('minus brightness').touch('save');
  await owner.saved();
  expect([link.saves.length, own.written]).toEqual([1, []]);
  await ended(owner, link);
  expect(own.written).toEqual([{ brightness: 95 }]);
  await owner.touch('results read').saved();
  expect(own.written).toHaveLength(1);
  expect(unsaved(owner)).toBe(false);
});

test('where the controller has refused something, the display’s own wait for another SAVE', async () => {
  const { owner, link, own } = atHome();
  owner.touch('plus controller HIVOLT').find('minus brightness').touch('minus brightness').touch('save');
  await ended(owner, link, { HIVOLT: locked });
  await owner.touch('results read').saved();
  expect([own.written, unsaved(owner)]).toEqual([[], true]);
  owner.touch('save');
  await ended(owner, link);
  expect(own.written).toEqual([{ brightness: 95 }]);
});

test('a restart comes only when the results were read', async () => {
  const { owner, link, own } = atHome();
  owner.touch('plus controller HIVOLT').find('choose source 1').touch('choose source 1').touch('save');
  expect(owner.names()).toEqual(['no', 'yes']);
  expect(link.saves).toEqual([]);
  owner.touch('yes');
  await ended(owner, link);
  expect([own.written, own.restarts]).toEqual([[], 0]);
  await owner.touch('results read').saved();
  expect([own.written, own.restarts]).toEqual([[{ source: 'can' }], 1]);
});

test('the address is asked for, once each time, and a no sends nothing and leaves the changes', async () => {
  const { owner, link } = atHome();
  owner.touch('plus controller HIVOLT').touch('save');
  link.ask(undefined);
  owner.look(20);
  expect(owner.names()).toEqual(['no', 'yes']);
  owner.touch('no');
  expect(link.confirmed).toEqual([false]);
  link.refuse({ code: 'address-not-confirmed', values: {} });
  await owner.saved();
  // Who has said no need not be told.
  expect([owner.names().includes('plus controller HIVOLT'), unsaved(owner)]).toEqual([true, true]);
  owner.touch('save');
  link.ask('192.168.1.17:6501');
  owner.look(20);
  owner.key('Escape');
  expect(link.confirmed).toEqual([false, false]);
  link.refuse({ code: 'address-not-confirmed', values: {} });
  await owner.saved();
  owner.touch('save');
  link.ask('192.168.1.17:6501');
  owner.look(20);
  owner.key('Enter');
  expect(link.confirmed).toEqual([false, false, true]);
  owner.look(1000);
  expect(owner.names()).toEqual(['results read']);
});

test('a SAVE that somebody else has begun asks nothing and shows nothing here', () => {
  const { owner, link } = atHome();
  link.ask(undefined);
  owner.look(20);
  expect(owner.names()).toContain('plus controller HIVOLT');
  link.run({});
  owner.look(20);
  expect(owner.names()).toContain('plus controller HIVOLT');
});

test('S0.63: a controller that is to send to another port is followed, if that is wanted', async () => {
  const type = (owner: Owner): Owner => {
    owner.find('edit controller UDPPORT').touch('edit controller UDPPORT');
    for (let i = 0; i < 6; i++) owner.key('Backspace');
    return owner.type('65451').key('Enter').touch('save');
  };
  const { owner, link, own } = atHome();
  type(owner);
  expect([owner.names(), link.saves]).toEqual([['no', 'yes'], []]);
  // Go back, then both: the restart is asked for too.
  owner.touch('no').touch('save').touch('yes').touch('yes');
  expect(link.saves).toEqual([{ UDPPORT: 65451 }]);
  await ended(owner, link);
  await owner.touch('results read').saved();
  expect([own.written, own.restarts]).toEqual([[{ port: 65451 }], 1]);
  // A port that the screen can't change is told of instead.
  const elsewhere = atHome({ elsewhere: [['port', '--port']] });
  type(elsewhere.owner).touch('yes');
  expect(elsewhere.link.saves).toEqual([{ UDPPORT: 65451 }]);
  await ended(elsewhere.owner, elsewhere.link);
  expect([elsewhere.own.written, elsewhere.own.restarts]).toEqual([[], 0]);
});

test('the low cut-off can’t be slid above the high one', () => {
  const { owner, link } = atHome();
  link.announce({ HIVOLT: 3.4, LOVOLT: 3.2 });
  owner.look(20);
  for (let i = 0; i < 6; i++) owner.touch('plus controller LOVOLT');
  owner.touch('save');
  expect(link.saves).toEqual([{ LOVOLT: 3.3 }]);
});

test('what another display has changed meanwhile is shown, and is no change of ours', () => {
  const { owner, link } = atHome();
  owner.touch('plus controller HIVOLT');
  link.announce({ HIVOLT: 4.3 });
  owner.look(20);
  expect(unsaved(owner)).toBe(false);
});

test('a controller that falls silent says so in place of its page, and what was changed is there when it is back', () => {
  const { owner, link } = atHome();
  owner.touch('plus controller HIVOLT');
  link.fallSilent();
  owner.look(40_000);
  expect(owner.names()).toEqual(['close', 'save', 'left', 'right', 'index']);
  owner.touch('save');
  expect(link.saves).toEqual([]);
  link.announce({});
  owner.look(20);
  owner.touch('save');
  expect(link.saves).toEqual([{ HIVOLT: 4.3 }]);
});

test('a controller that has only some items has only those on its pages', () => {
  const link = announced();
  link.presence = {
    state: 'heard',
    announced: { values: { HIVOLT: 4.2, BMSID: 'Barn' }, address: '10.0.0.7:6501', heardAt: 0 },
  };
  const owner = new Owner({ controller: link });
  const names = new Set<string>();
  for (let page = 0; page < 5; page++) for (const name of owner.touch('right').names()) names.add(name);
  expect([...names].filter((name) => name.includes('controller')).sort()).toEqual([
    'edit controller BMSID',
    'minus controller HIVOLT',
    'plus controller HIVOLT',
    'slide controller HIVOLT',
  ]);
});

test('S0.82: with a wired battery the controller’s pages have nothing to set', () => {
  const owner = new Owner({ wired: true });
  expect(owner.names()).toEqual(['close', 'save', 'left', 'right', 'index']);
  expect(owner.touch('right').names()).toEqual(['close', 'save', 'left', 'right', 'index']);
});
