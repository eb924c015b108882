import { aggregatedLines, aggregatedText, parseAggregated } from '../../src/protocol/mean-min-max';

test('hostile texts are only texts, and measurements without fields are left out', () => {
  const values = {
    tags: { device: 'a,b=c\nmean x=1' },
    mean: { state_of_charge: 80.4 },
    last: { hardware_version: 'say "x"\\\nlast y=2' },
    Bor: {},
  };
  expect(aggregatedLines([parseAggregated({ at: 1.4, text: aggregatedText(values) })]).split('\n')).toEqual([
    'mean,device=a\\,b\\=c_mean\\ x\\=1 state_of_charge=80i 1',
    'min,device=a\\,b\\=c_mean\\ x\\=1 state_of_charge=80i 1',
    'max,device=a\\,b\\=c_mean\\ x\\=1 state_of_charge=80i 1',
    'last,device=a\\,b\\=c_mean\\ x\\=1 hardware_version="say \\"x\\"\\\\_last y=2" 1',
    '',
  ]);
});

test.each(['', '[]', '{"kind":"battery","values":{}}', '{"tags":{},"mean":{},"last":1,"Bor":{}}'])(
  '%j is no such row',
  (text) => expect(() => parseAggregated({ at: 0, text })).toThrow(),
);
