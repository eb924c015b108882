import { printfFixed, printfInteger } from '../../src/protocol/printf-number';
import { telegrafBattery, telegrafMeter } from '../../src/protocol/telegraf-csv';

// As Python's `'%.2f' % value` and C's printf write them.
test.each([
  [0.125, 2, '0.12'],
  [0.375, 2, '0.38'],
  [-0.125, 2, '-0.12'],
  [2.5, 0, '2'],
  [3.5, 0, '4'],
  [35.25, 1, '35.2'],
  [35.35, 1, '35.4'],
  [1.005, 2, '1.00'],
  [-0.001, 2, '-0.00'],
  [10.40099, 2, '10.40'],
  [1014.636, 4, '1014.6360'],
  [123456789.8125, 3, '123456789.812'],
  [0, 2, '0.00'],
])('%d with %d decimals is %s', (value, decimals, text) => {
  expect(printfFixed(value, decimals)).toBe(text);
});

test.each([
  [58.99, '58'],
  [-58.99, '-58'],
  [-0.5, '0'],
])('%d as a whole number is %s', (value, text) => {
  expect(printfInteger(value)).toBe(text);
});

const cells = Array.from({ length: 16 }, (_, i) => 3.3 + i / 1000);

test('S3.6 S3.8 sixteen cells come in two messages, and their extremes in both spellings', () => {
  expect(telegrafBattery('bms', { temperatures: [], cells, cellsComplete: true })).toEqual([
    'meter,cells\r\nbms,16',
    'meter,cell1,cell2,cell3,cell4,cell5,cell6,cell7,cell8\r\nbms,3300,3301,3302,3303,3304,3305,3306,3307',
    'meter,cell9,cell10,cell11,cell12,cell13,cell14,cell15,cell16\r\nbms,3308,3309,3310,3311,3312,3313,3314,3315',
    'meter,mincell,cellsmin,maxcell,cellsmax,delta\r\nbms,cell1,3300,cell16,3315,15',
    'meter,cellmin,cellmax,delta\r\nbms,3300,3315,15',
  ]);
});

test('S3.8 what is not known has no column, and extremes are those of all cells', () => {
  const battery = { volts: 52.1, percent: 77.5, temperatures: [undefined, 21.25], cellsComplete: false };
  expect(telegrafBattery('bms', { ...battery, cells: [3.3, undefined, NaN] })).toEqual([
    'meter,volts\r\nbms,52.10',
    'meter,percent,cells,temp2\r\nbms,77.5,3,21.2',
    'meter,cell1\r\nbms,3300',
  ]);
  expect(telegrafBattery('bms', { temperatures: [], cells: [], cellsComplete: true })).toEqual([]);
  expect(telegrafMeter('sun', {})).toEqual([]);
});

test('S3.8 bits stand in the order of the battery’s own: bit 0 is ovp, and the first cell', () => {
  const bits = { balancing: 0x8001, protection: 0x1001, temperatures: [], cells: [], cellsComplete: true };
  expect(telegrafBattery('bms', bits)).toEqual([
    'meter,c01,c02,c03,c04,c05,c06,c07,c08\r\nbms,1,0,0,0,0,0,0,0',
    'meter,c09,c10,c11,c12,c13,c14,c15,c16\r\nbms,0,0,0,0,0,0,0,1',
    'meter,ovp,uvp,bov,buv,cot,cut,dot,dut,coc,duc,sc,ic,cnf\r\nbms,1,0,0,0,0,0,0,0,0,0,0,0,1',
    'meter,protect\r\nbms,4097',
  ]);
});

test.each([
  ['my house', 'my house'],
  ['a,b', '"a,b"'],
  ['say "x"', '"say ""x"""'],
  ['two\r\nlines\0', 'two__lines_'],
  [' edge', '" edge"'],
  ['#1', '"#1"'],
  ['', '""'],
])('the name %j is told as %s', (name, told) => {
  expect(telegrafMeter(name, { volts: 1 })).toEqual([`meter,volts\r\n${told},1.000`]);
});
