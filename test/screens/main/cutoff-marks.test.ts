import { evtvReading } from '../../../src/devices/evtv/readings';
import { layoutMain } from '../../../src/screens/main/layout';
import { voltageAngle } from '../../../src/screens/main/dial-base';
import { voltageScale } from '../../../src/screens/scales';
import { heardAt, mainPicture, surroundings, tell } from '../stories';

const { dial } = layoutMain(800, 480, false);

/** How bright the picture is outside of the ring at the angle of a voltage, where the head of a mark's arrow is. */
function brightness(cutoffs: readonly [number, number], volts: number): number {
  const monitored = tell({ modules: 16, current: 124, voltage: 49.4 });
  const [lowCutoff, highCutoff] = cutoffs;
  monitored.battery.apply(evtvReading({ message: '0x652', lowCutoff, highCutoff }, heardAt));
  const { canvas } = mainPicture(monitored, surroundings(200));
  const scale = voltageScale(lowCutoff > 0 ? { low: lowCutoff, high: highCutoff } : undefined);
  const angle = voltageAngle(dial, scale, volts);
  const radius = dial.ring.outer + 7 * dial.unit;
  const [x, y] = [dial.x + Math.cos(angle) * radius, dial.y + Math.sin(angle) * radius];
  const { data } = canvas.getContext('2d').getImageData(Math.round(x), Math.round(y), 1, 1);
  return Math.min(data[0] ?? 0, data[1] ?? 0, data[2] ?? 0);
}

test.each([
  [[3.2, 4.2], 3.2],
  [[3.2, 4.2], 4.2],
  [[2.8, 3.65], 2.8],
  [[2.8, 3.65], 3.65],
] as const)('S0.13: of the cut-offs %p the one at %f V has a mark', (cutoffs, volts) => {
  expect(brightness(cutoffs, volts)).toBeGreaterThan(200);
});

test('there is none between them, and none at the ends for a controller that has not been set up', () => {
  expect(brightness([3.2, 4.2], 3.7)).toBeLessThan(60);
  for (const volts of [0, 3, 3.2, 4.2, 4.4]) expect(brightness([0, 0], volts)).toBeLessThan(60);
});
