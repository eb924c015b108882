/** What the screens of a site say. */
export const siteWords = {
  solar: 'SOLAR',
  loads: 'LOADS',
  today: 'today',
  old: (age: string) => `${age} old`,
  lost: (age: string) => `lost ${age}`,
  never: 'not received',
  off: 'off',
  countOff: (off: number) => `${off} off`,
} as const;
