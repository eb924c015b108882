/** The screen of cells and temperatures. */
export const cellsWords = {
  voltage: 'VOLTAGE',
  deviation: 'DEVIATION',
  temperature: 'TEMP',
  highest: 'highest',
  lowest: 'lowest',
  average: 'average',
  spread: 'spread',
  coldest: 'coldest',
  hottest: 'hottest',
  old: 'old',
  silent: 'tells nothing',
  probe: (number: number): string => `probe ${number}`,
  probes: (count: number): string => (count === 1 ? '1 temperature' : `${count} temperatures`),
  noProbes: 'No temperature is known',
} as const;
