import { bankField } from '../../src/desk/bank-field';
import { deviceFields, type TypeForm } from '../../src/desk/device-fields';
import type { DeviceType } from '../../src/devices/device-type';
import {
  askedSetting,
  choiceSetting,
  everySetting,
  intervalSetting,
  serialPortSetting,
  signSetting,
  toggleSetting,
  wholeNumberSetting,
} from '../../src/devices/shared-settings';
import { lateTypeForms, typeForm } from '../../src/features/hearing/type-forms';
import type { EditedDevice, SavedDevices } from '../../src/screens/config/devices/devices-desk';
import { until } from '../until';

/** A type that nobody has written yet. */
const windmill = {
  type: 'windmill',
  kind: 'meter',
  settings: {
    port: serialPortSetting,
    every: everySetting(27),
    interval: intervalSetting(20, 'seconds after which it is unknown'),
    blades: choiceSetting(['three', 'two'], 'how many blades it has'),
    role: askedSetting(['other', 'load'], 'what it is'),
    invert: signSetting('turns the current'),
    brake: toggleSetting('it has a brake'),
    poles: wholeNumberSetting(2, 40, 'poles of the generator', 12),
  },
} as unknown as DeviceType;

const edited = (changes: Partial<EditedDevice> = {}): EditedDevice => ({
  devices: [
    { type: 'windmill', name: 'Mill', port: '/dev/ttyUSB0' },
    { type: 'windmill', name: 'Other' },
  ],
  index: 0,
  bank: 'all',
  saved: undefined,
  savedBank: 'all',
  ...changes,
});

const parts = { typeForm: (): TypeForm => typeForm(windmill), live: () => undefined, fixed: '' };

describe('the fields of a device', () => {
  it('are made of the table of its type, so that a new type needs no code for the screen', () => {
    const fields = deviceFields(edited(), parts)!;
    // It is at its serial port: another one is another device.
    expect(fields.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'every slider',
      'interval slider',
      'blades choice',
      'role choice',
      'invert switch',
      'brake switch',
      'poles text',
      'removed switch',
    ]);
    const [every, interval, blades, , , brake] = fields;
    expect(every).toMatchObject({ label: 'Read every', note: 'normally 27 s' });
    expect(every?.kind === 'slider' && every.stops).toEqual(expect.arrayContaining([1, 20, 27, 30, 3600]));
    expect(interval?.kind === 'slider' && interval.stops[0]).toBe(20);
    // One without words of its own is called as in the settings file.
    expect(blades).toMatchObject({ label: 'blades', note: 'how many blades it has' });
    expect(brake?.format(true)).toBe('On');
  });

  it('refuse what the settings file would refuse, in its words', () => {
    const poles = deviceFields(edited(), parts)!.find(({ name }) => name === 'poles')!;
    expect(poles.kind === 'text' && poles.parse('1')).toEqual({
      problem: 'poles of windmill is "1", but must be a whole number from 2 to 40.',
    });
    expect(poles.write({}, 99)).toBeUndefined();
    expect(poles.write({ poles: 14 }, 12)).toEqual({});
    expect(poles.write({}, 16)).toEqual({ poles: 16 });
  });

  it('are none while a type of the list is being loaded, and there afterwards', async () => {
    const forms = lateTypeForms();
    const wanted = edited({ devices: [{ type: 'jbd-ble', name: 'a' }], index: 0 });
    const now = () => deviceFields(wanted, { ...parts, typeForm: forms });
    expect(now()).toBeUndefined();
    await until('the type is loaded', () => now() !== undefined);
    expect(now()?.map(({ name }) => name)).toEqual(['every', 'password', 'removed']);
    expect(deviceFields(edited({ index: 9 }), parts)).toBeUndefined();
    expect(
      deviceFields(edited({ devices: [{ type: 'none', name: 'a' }] }), { ...parts, typeForm: forms }),
    ).toBe(undefined);
  });
});

describe('the bank of a battery', () => {
  const batteries = ['A', 'B', 'C', 'D', 'E'];
  const field = (bank: SavedDevices['bank'], of = batteries, name = 'A', savedBank = bank) => {
    const made = bankField({ restarts: true, fixed: '' }, { name, batteries: of, bank, savedBank })!;
    const after = (value: string): unknown => made.write({ bank }, value)?.['bank'];
    return { made, after, options: made.options.map(({ label }) => label) };
  };

  it('is chosen among the others, all of them where there are many, and what it is and was', () => {
    expect(field('off', ['A', 'B']).options).toEqual(['Alone', 'With B']);
    expect(field('off', ['A', 'B', 'C', 'D']).options).toEqual([
      'Alone',
      'With B',
      'With C',
      'With D',
      'With all',
    ]);
    expect(field('off').options).toEqual(['Alone', 'With all']);
    expect(field(['B', 'c']).options).toEqual(['Alone', 'With all', 'With 2 others']);
    expect(field(['A', 'E'], batteries, 'A', ['A', 'B']).options).toEqual([
      'Alone',
      'With all',
      'With E',
      'With B',
    ]);
    expect(
      bankField(
        { restarts: true, fixed: '' },
        { name: 'A', batteries: ['A'], bank: 'all', savedBank: 'all' },
      ),
    ).toBe(undefined);
  });

  it('is joined and left in the order of the list, and gone with one battery in it', () => {
    expect(field(['C', 'B']).after('B,C')).toEqual(['A', 'B', 'C']);
    expect(field('all').after('')).toEqual(['B', 'C', 'D', 'E']);
    expect(field(['A', 'B']).after('')).toBe('off');
    expect(field('off').after('B,C,D,E')).toBe('all');
    expect(field('off', batteries, 'A', ['b', 'a']).after('B')).toEqual(['b', 'a']);
    expect(field('all', ['A', 'B']).made.format('B,C')).toBe('with B, C');
  });
});
