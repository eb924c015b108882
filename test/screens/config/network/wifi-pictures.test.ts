import { metrics } from '../../../../src/render/theme';
import { expectGolden } from '../../../golden-picture';
import type { Owner } from '../config-stories';
import { settle } from '../fake-setup-services';
import { harbour } from './fake-wifi';
import { looking } from './wifi-story';

const sizes = [
  ['', 800, 480],
  ['-480x320', 480, 320],
  ['-480x800', 480, 800],
] as const;

describe.each(sizes)('Wi-Fi looks as it was agreed%s', (suffix, width, height) => {
  const pictured = (owner: Owner, name: string, always = false): void => {
    for (const { areas } of owner.screen.targets)
      for (const area of areas) {
        expect(area.width).toBeGreaterThanOrEqual(metrics.touchTarget);
        expect(area.height).toBeGreaterThanOrEqual(metrics.touchTarget);
      }
    if (suffix === '' || always) expectGolden(owner.picture().canvas, `wifi-${name}${suffix}`);
  };

  test('the list, and a page of one', () => {
    const { owner, wifi } = looking(harbour, width, height);
    pictured(owner, 'list', true);
    pictured(owner.touch('network 0'), 'joined');
    pictured(owner.touch('forget'), 'forget');
    owner.touch('no').touch('back').touch('network 2');
    pictured(owner, 'known', true);
    wifi.tell({ networks: [], joined: undefined, isSearching: true });
    owner.touch('back');
    pictured(owner, 'searching');
  });

  test('the joining', async () => {
    const { owner, wifi } = looking(harbour, width, height);
    owner.touch('network 1');
    pictured(owner, 'password');
    owner.type('fair winds').key('Enter');
    wifi.step({ code: 'wifi-associating', values: {} });
    owner.look(20);
    pictured(owner, 'joining');
    wifi.joined({ code: 'wifi-wrong-password', values: {} });
    await settle();
    owner.look(20);
    pictured(owner, 'wrong-password');
  });

  test('where it can’t be set', async () => {
    const { owner, wifi } = looking(harbour, width, height);
    wifi.ended({ code: 'wifi-no-manager', values: {} });
    await settle();
    owner.look(20);
    pictured(owner, 'no-manager', true);
  });
});
