import { expectGolden } from '../../golden-picture';
import { pictureOf } from '../stories';
import { FirstMinute, silent } from './first-minute';

test.each([
  ['', [800, 480]],
  ['-480x320', [480, 320]],
  ['-1024x600', [1024, 600]],
  ['-480x800', [480, 800]],
] as const)('the welcome looks as it was agreed: nothing was received%s', (suffix, size) => {
  const { navigator } = new FirstMinute(undefined, {}, size);
  expectGolden(pictureOf(navigator, silent).canvas, `welcome${suffix}`);
});

test('the welcome looks as it was agreed: without a network, and with packets of somebody else', () => {
  const { navigator } = new FirstMinute();
  const strange = { ...silent.source, ignored: 12, malformed: 3 };
  const shown = pictureOf(navigator, { ...silent, address: undefined, source: strange });
  expectGolden(shown.canvas, 'welcome-no-network');
});
