import { chooseStick, StickError } from '../../../src/io/stick/choose-stick';
import type { Volume } from '../../../src/io/stick/volumes';
import { copyText } from '../../../src/words/en';

const battery: Volume = {
  name: 'sda1',
  device: '8:1',
  label: 'BATTERY',
  type: 'vfat',
  version: 'FAT32',
  removable: true,
  readOnly: false,
};
const card: Volume = { ...battery, name: 'mmcblk0p1', device: '179:1', label: 'bootfs', removable: false };
const root: Volume = { ...card, name: 'mmcblk0p2', device: '179:2', label: 'rootfs', type: 'ext4' };

/** Why none of the volumes is used, in words. */
function refusal(volumes: readonly Volume[]): string {
  try {
    return `${chooseStick(volumes).name} is used`;
  } catch (error) {
    if (!(error instanceof StickError)) throw error;
    return copyText(error.report);
  }
}

test('S0.68: the stick named BATTERY is found, whichever port it is in and whatever else there is', () => {
  const photos = { ...battery, name: 'sdb1', device: '8:17', label: 'FOTOS' };
  const other = { ...battery, name: 'sdc', device: '8:32' };
  expect(chooseStick([card, root, battery])).toBe(battery);
  expect(chooseStick([card, photos, other, root])).toBe(other);
});

test('small letters in its name are as good', () => {
  expect(chooseStick([{ ...battery, label: 'Battery' }]).label).toBe('Battery');
});

test.each<readonly [Partial<Volume>[], string]>([
  [[], 'No USB stick is plugged in: plug in one that is named BATTERY.'],
  [[{}, { name: 'sdb1' }], 'Two sticks named BATTERY are plugged in: leave only one.'],
  [
    [{}, { name: 'sda2' }],
    'The stick has two partitions named BATTERY (sda1, sda2): rename all but one on a PC.',
  ],
  [
    [{ name: 'mmcblk1p1' }, { name: 'mmcblk1p2' }, { name: 'mmcblk1p3' }],
    'The stick has 3 partitions named BATTERY (mmcblk1p1, mmcblk1p2, mmcblk1p3): rename all but one on a PC.',
  ],
  [[{ name: 'sda' }, { name: 'mmcblk1' }], 'Two sticks named BATTERY are plugged in: leave only one.'],
  [[{}, { name: 'sdb1' }, { name: 'sdb2' }], 'Two sticks named BATTERY are plugged in: leave only one.'],
  [
    [{ name: 'sda' }, { name: 'sdb' }, { name: 'sdc1' }],
    '3 sticks named BATTERY are plugged in: leave only one.',
  ],
  [
    [{ label: 'FOTOS' }],
    'The stick is named "FOTOS": it must be named BATTERY; rename it on a PC or plug in another.',
  ],
  [[{ label: '' }], 'The stick has no name: it must be named BATTERY; rename it on a PC or plug in another.'],
  [
    [{ label: 'FOTOS' }, { label: '' }],
    'No stick that is plugged in ("FOTOS", without a name) is named BATTERY: rename one on a PC.',
  ],
  [[{ label: '', type: '' }], 'The stick is not formatted: format it on a PC as FAT with the name BATTERY.'],
  [
    [{ type: 'exfat' }],
    'The stick BATTERY is formatted as exFAT: it must be FAT; format it on a PC or plug in another.',
  ],
  [
    [{ type: 'ext4' }],
    'The stick BATTERY is formatted as ext4: it must be FAT; format it on a PC or plug in another.',
  ],
  [[{ readOnly: true }], 'The stick BATTERY is write protected: move its switch or plug in another.'],
])('S0.68: %j: %s', (sticks, sentence) => {
  const volumes = [card, root, ...sticks.map((stick) => ({ ...battery, ...stick }))];
  expect(refusal(volumes)).toBe(sentence);
});
