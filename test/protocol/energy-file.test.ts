import fc from 'fast-check';
import {
  decodeEnergy,
  encodeEnergy,
  longestEnergyFile,
  type KeptEnergy,
} from '../../src/protocol/energy-file';

const hour = 3_600_000;
const house: KeptEnergy = {
  device: 'house',
  latest: { power: { at: Date.UTC(2026, 10, 28, 12), value: -38.25 } },
  days: [
    {
      date: '2026-11-28',
      energy: { in: 1200.5, out: 830, covered: 12 * hour },
      charge: { in: 90, out: 61.25, covered: 11.5 * hour },
    },
  ],
};

test('a file has a day a line, in Wh, Ah and hours', () => {
  expect(encodeEnergy([house])).toBe(
    [
      '{"version":1,"devices":[',
      '{"device":"house","latest":{"power":{"at":"2026-11-28T12:00:00.000Z","value":-38.25}},"days":[',
      '{"date":"2026-11-28","energy":{"in":1200.5,"out":830,"hours":12},"charge":{"in":90,"out":61.25,"hours":11.5}}',
      ']}',
      ']}',
      '',
    ].join('\n'),
  );
});

test('what is written can be read', () => {
  for (const kept of [[], [house], [house, { device: 'bow', latest: {}, days: [] }]])
    expect(decodeEnergy(encodeEnergy(kept))).toEqual(kept);
});

test.each([
  ['nothing', ''],
  ['no JSON', '{"version":1'],
  ['another version', '{"version":2,"devices":[]}'],
  ['a negative sum', encodeEnergy([house]).replace('830', '-830')],
  ['an endless sum', encodeEnergy([house]).replace('830', '1e999')],
  ['a date that is none', encodeEnergy([house]).replace('2026-11-28"', 'yesterday"')],
  ['a value without a time', encodeEnergy([house]).replace('2026-11-28T12:00:00.000Z', '')],
  ['too much', ' '.repeat(longestEnergyFile + 1)],
])('%s is no such file', (_, text) => {
  expect(decodeEnergy(text)).toBeUndefined();
});

test('whatever a file holds, reading it never throws', () => {
  const damaged = fc
    .tuple(fc.nat({ max: 300 }), fc.string({ maxLength: 5 }))
    .map(([at, text]) => encodeEnergy([house]).slice(0, at) + text + encodeEnergy([house]).slice(at + 3));
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json(), damaged), (text) => {
      const kept = decodeEnergy(text);
      expect(kept === undefined || Array.isArray(kept)).toBe(true);
    }),
  );
});
