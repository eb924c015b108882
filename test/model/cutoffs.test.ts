import { Battery } from '../../src/model/battery';
import { possibleCutoffs } from '../../src/model/cutoffs';

function told(values: Readonly<Record<string, number>>): Battery {
  const battery = new Battery('House');
  battery.apply({ device: 'House', at: 0, group: 'limits', period: 1000, values });
  return battery;
}

test.each([
  ['those of a usual cell', 3.2, 4.2],
  ['as far apart as can be', 0.5, 6],
  ['as near as can be', 2, 2.1],
])('cut-offs are told while both can be some: %s', (_, low, high) => {
  expect(possibleCutoffs(told({ lowCutoff: low, highCutoff: high }), 100)).toEqual({ low, high });
});

test.each([
  ['one that has not been set up', { lowCutoff: 0, highCutoff: 0 }],
  ['only the upper one is set', { lowCutoff: 0, highCutoff: 4.2 }],
  ['the wrong way round', { lowCutoff: 4.2, highCutoff: 3.2 }],
  ['hardly apart', { lowCutoff: 3.3, highCutoff: 3.35 }],
  ['no voltage of a cell', { lowCutoff: 3, highCutoff: 6553.5 }],
  ['only the upper one is told', { highCutoff: 4.2 }],
  ['only the lower one is told', { lowCutoff: 3.2 }],
])('and not otherwise: %s', (_, values) => {
  expect(possibleCutoffs(told(values), 100)).toBeUndefined();
});
