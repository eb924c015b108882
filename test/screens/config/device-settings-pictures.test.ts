import { expectGolden } from '../../golden-picture';
import type { Owner } from './config-stories';
import { opened } from './device-stories';

describe('the settings of a device look as they were agreed', () => {
  test.each([
    ['', 800, 480],
    ['-480x320', 480, 320],
    ['-480x800', 480, 800],
  ] as const)('of a meter and of a battery%s', (suffix, width, height) => {
    const picture = (owner: Owner, name: string): void =>
      expectGolden(owner.picture().canvas, `devices-settings-${name}${suffix}`);
    const meter = opened('Inverter', {}, width, height).owner;
    picture(meter.touch('choose role 2').touch('switch invert'), 'meter');
    picture(opened('House', {}, width, height).owner, 'battery');
    if (suffix !== '') return;
    picture(opened('Stern', { values: { bank: 'off' } }).owner.touch('choose bank 2'), 'bank');
    picture(opened('Inverter', { elsewhere: [['devices', '--device']] }).owner, 'fixed');
  });
});
