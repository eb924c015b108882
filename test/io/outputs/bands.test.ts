import { bandsOf } from '../../../src/io/outputs/bands';

const lines = (y: number, height: number) => ({ x: 0, y, width: 1, height });

test('rectangles that share lines or lie near each other make one band', () => {
  expect(bandsOf([lines(40, 5), lines(10, 20), lines(12, 3)], 100)).toEqual([{ top: 10, bottom: 45 }]);
});

test('rectangles far from each other make bands of their own, from top to bottom', () => {
  expect(bandsOf([lines(90, 5), lines(10, 20)], 100)).toEqual([
    { top: 10, bottom: 30 },
    { top: 90, bottom: 95 },
  ]);
});

test('a band has two lines at least, where the panel has two', () => {
  expect(bandsOf([lines(0, 1)], 100)).toEqual([{ top: 0, bottom: 2 }]);
  expect(bandsOf([lines(99, 1)], 100)).toEqual([{ top: 98, bottom: 100 }]);
  expect(bandsOf([lines(0, 1)], 1)).toEqual([{ top: 0, bottom: 1 }]);
});

test('no rectangles make no bands', () => {
  expect(bandsOf([], 100)).toEqual([]);
});
