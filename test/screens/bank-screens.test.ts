import { usualAlarmLimits } from '../../src/model/alarm-limits';
import { Bank } from '../../src/model/bank';
import { Battery } from '../../src/model/battery';
import { bankNotes } from '../../src/screens/main/bank-notes';
import { screenNames } from '../../src/screens/screen';
import { expectGolden, pictureOf as textsOf } from '../golden-picture';
import { siteOf, siteScreens, siteSurroundings, type SiteStory } from './site-stories';
import { heardAt, pictureOf, placeOf, touch } from './stories';

const now = heardAt + 200;
const notes = (story: SiteStory) => {
  const { bank } = siteOf(story);
  if (bank === undefined) throw new Error('there is no bank');
  return bankNotes(bank, now);
};

test('a bank that is well has nothing to be noted, and neither has a battery', () => {
  const nothing = { charge: '', voltage: '', current: '' };
  expect(notes({ devices: 3 })).toEqual(nothing);
  expect(bankNotes(new Battery('House'), now)).toEqual(nothing);
});

test('what the others have is told where a battery is switched off, before how far charges are apart', () => {
  const bow = { stateOfCharge: 20 };
  expect(notes({ devices: 2, values: { Bow: bow } }).charge).toBe('58 % apart');
  expect(notes({ devices: 2, values: { Bow: { ...bow, dischargeSwitch: 0 } } }).charge).toBe('others 78.0 %');
  const values = { Bow: { dischargeSwitch: 0, remainingCapacity: 20 }, House: { remainingCapacity: 77.6 } };
  expect(notes({ devices: 2, values }).charge).toBe('78 Ah usable');
  const off = { dischargeSwitch: 0 };
  expect(notes({ devices: 2, values: { Bow: off, House: off } }).charge).toBe('');
});

test('voltages that are apart are told from 0.1 V on', () => {
  const apart = (voltage: number): string => notes({ devices: 2, values: { Bow: { voltage } } }).voltage;
  expect([apart(13.37), apart(13.4)]).toEqual(['', '0.12 V apart']);
  const tenth = { House: { voltage: 46.1 }, Bow: { voltage: 46.2 } };
  expect(notes({ devices: 2, values: tenth }).voltage).toBe('');
});

test('whose current is missing is told, where it is', () => {
  expect(notes({ devices: 3, ages: { Bow: 40_000 } }).current).toBe('Bow lost');
  expect(notes({ devices: 3, ages: { Bow: 40_000, Stern: Infinity } }).current).toBe('2 batteries lost');
  expect(notes({ devices: 2, ages: { Bow: 40_000, House: 40_000 } }).current).toBe('');
  const bank = new Bank('Bank', [new Battery('a'), new Battery('b')]);
  expect(bankNotes(bank, now).current).toBe('');
});

test.each(['soc-log', 'cells', 'power-log'] as const)(
  'the %s screen names the bank, or the battery that was chosen; alone a battery has no name there',
  (name) => {
    const site = siteOf({ devices: 2 });
    const texts = (): string[] => {
      const { canvas } = pictureOf(siteScreens(site, name), siteSurroundings(site));
      return textsOf(canvas).texts.map(({ text }) => text);
    };
    expect(texts()).toContain('Bank · 2 of 2 live');
    site.show('Bow');
    expect(texts()).toContain('Bow · 2 of 2 live');
    const one = siteOf({ devices: 1 });
    const { canvas } = pictureOf(siteScreens(one, name), siteSurroundings(one));
    expect(JSON.stringify(textsOf(canvas).texts)).not.toContain('House');
  },
);

test('the list of alarms is that of all batteries, and names none above it', () => {
  const site = siteOf({ devices: 2 });
  const { canvas } = pictureOf(siteScreens(site, 'alarms'), siteSurroundings(site));
  const texts = textsOf(canvas).texts.map(({ text }) => text);
  expect(texts).toEqual(expect.arrayContaining(['2 of 2 live', 'There has been no alarm']));
});

test('no screen of a site is drawn otherwise for one battery than it always was', () => {
  expect(screenNames).toHaveLength(6);
  const site = siteOf({ devices: 1 });
  for (const name of ['main', 'soc-log', 'cells', 'power-log', 'alarms'] as const) {
    const { devices, ...alone } = siteSurroundings(site);
    expect(devices).toHaveLength(1);
    const [several, one] = [siteSurroundings(site), alone].map((around) =>
      pictureOf(siteScreens(site, name), around).canvas.toBuffer('raw'),
    );
    expect(one?.equals(several ?? Buffer.alloc(0))).toBe(true);
  }
});

describe('looks as it was agreed:', () => {
  const low = { stateOfCharge: 52, dischargeSwitch: 0, voltage: 13.45 };

  test('a bank of which one battery is switched off, and a full one is not charged', () => {
    const site = siteOf({ devices: 2, values: { Bow: low, House: { chargeSwitch: 0 } } });
    site.main.alarms.acknowledge();
    expectGolden(
      pictureOf(siteScreens(site, 'main'), siteSurroundings(site)).canvas,
      'main-bank-switched-off',
    );
  });

  test('a bank of which one battery is lost', () => {
    const site = siteOf({ devices: 6, ages: { Bow: 40_000 } });
    expectGolden(
      pictureOf(siteScreens(site, 'main'), siteSurroundings(site)).canvas,
      'main-bank-member-lost',
    );
  });

  const alarming = { Bow: { protection: 1 << 13, warnings: 1 << 1 }, Roof: { alarmBits: 8 } };
  const site = siteOf({ devices: 6, values: alarming });
  // That of the battery goes first; the charger's is left.
  site.shown.alarms.acknowledge();
  test.each([
    ['main', 'main-charger-alarm', [800, 480]],
    ['main', 'main-charger-alarm-480x320', [480, 320]],
    ['alarms', 'alarms-of-devices', [800, 480]],
    ['alarms', 'alarms-of-devices-480x320', [480, 320]],
  ] as const)('alarms of the devices themselves, on the screen %s: %s', (screen, name, size) => {
    const { canvas } = pictureOf(siteScreens(site, screen, size), siteSurroundings(site));
    expect(site.shown.alarmsOf).toBe('Roof');
    expectGolden(canvas, name);
  });

  test('many devices and an alarm', () => {
    const site = siteOf({ devices: 6, values: { Bow: { stateOfCharge: 68 } } });
    site.follow({ ...usualAlarmLimits, stateOfChargeLow: 70 }, 'celsius');
    site.sample(heardAt + 100);
    expectGolden(
      pictureOf(siteScreens(site, 'main'), siteSurroundings(site)).canvas,
      'main-six-devices-alarm',
    );
  });

  test('the cells of a bank, side by side on one scale', () => {
    const site = siteOf({ devices: 3 });
    const navigator = siteScreens(site, 'cells');
    navigator.update(siteSurroundings(site));
    const { x, y } = placeOf(navigator.targets, 'deviation');
    touch(navigator, [x, y]);
    expectGolden(pictureOf(navigator, siteSurroundings(site, 1000)).canvas, 'cells-bank-deviation');
    const small = siteScreens(site, 'cells', [480, 320]);
    expectGolden(pictureOf(small, siteSurroundings(site)).canvas, 'cells-bank-480x320');
  });

  test('the cells of a bank', () => {
    const site = siteOf({ devices: 2 });
    expectGolden(pictureOf(siteScreens(site, 'cells'), siteSurroundings(site)).canvas, 'cells-bank');
  });
});
