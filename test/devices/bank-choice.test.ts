import { UserError } from '../../src/base/user-error';
import { chooseBank, type BankSetting } from '../../src/devices/bank-choice';
import { parseDevices } from '../../src/devices/parse-device';

const house = 'jbd-serial,name=house,port=/dev/a';
const bow = 'jbd-serial,name=bow,port=/dev/b';
const engine = 'evtv-udp,name=engine';
const roof = 'litime-ble,name=roof,address=A4:C1:37:04:2D:BE';
const shunt = 'thornwave-ble,name=shunt,address=A4:C1:37:04:2D:BF,role=battery';

const choose = async (bank: BankSetting, ...devices: readonly string[]) =>
  chooseBank(bank, await parseDevices(devices));

test.each([
  ['all', [house, bow, engine, roof], ['house', 'bow', 'engine']],
  ['all', [house, roof], undefined],
  ['off', [house, bow], undefined],
  [
    ['bow', 'House'],
    [house, bow, engine],
    ['bow', 'house'],
  ],
  ['all', [house, bow, `${engine},removed=true`], ['house', 'bow']],
  ['all', [house, `${bow},removed=true`], undefined],
  // What is left stands for what the bank was.
  [['house', 'bow'], [engine, house, `${bow},removed=true`], ['house']],
] as const)('%p of %p', async (bank, devices, members) => {
  expect((await choose(bank, ...devices))?.members).toEqual(members);
});

test('a meter with the role battery measures the bank; one with another role, or for one battery, does not', async () => {
  const meter = async (...devices: readonly string[]) => (await choose('all', ...devices))?.meter;
  expect(await meter(house, bow, shunt)).toBe('shunt');
  expect(await meter(house, bow, shunt.replace('battery', 'load'))).toBeUndefined();
  expect(await meter(house, bow, shunt.replace(',role=battery', ''))).toBeUndefined();
  expect(await meter(house, bow, `${shunt},removed=true`)).toBeUndefined();
  expect(await meter(house, shunt)).toBeUndefined();
});

test.each([
  [
    ['house', 'hous'],
    [house, bow],
    'bank names "hous", but no battery has this name; they are "house", "bow".',
  ],
  [
    ['house', 'roof'],
    [house, roof],
    'bank names "roof", which is a solar charger, but takes batteries only; they are "house".',
  ],
  [
    ['roof', 'x'],
    [roof],
    'bank names "roof", which is a solar charger, but takes batteries only; there is none.',
  ],
  [['house', 'bow', 'HOUSE'], [house, bow], 'bank names "house" twice; name each battery once.'],
  [
    ['house'],
    [house, bow],
    'bank names "house" alone, but takes two or more; name another, or set it to off.',
  ],
  [[], [house, bow], 'bank names no battery, but takes two or more; name another, or set it to off.'],
  [
    ['house', 'bow'],
    [],
    'bank names "house", "bow", but no device is set up; name the batteries with --device, or leave bank out.',
  ],
  [
    'all',
    [house, bow, shunt, shunt.replace('shunt', 'other').replace('BF', 'C0')],
    'The meters "shunt" and "other" both have the role battery, but one at most can measure the bank; give the other another role.',
  ],
] as const)('%p of %p is one sentence', async (bank, devices, sentence) => {
  const failure = await choose(bank, ...devices).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(UserError);
  expect((failure as UserError).message).toBe(sentence);
});
