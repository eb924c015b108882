/** The page with the four crosses, and the button that leads there. */
export const calibrationWords = {
  title: 'Touch panel',
  button: 'CALIBRATE',
  buttonText: 'Sets where touches land, with four crosses',
  cross: (number: number, count: number) => `Touch the middle of the cross: ${number} of ${count}`,
  leave: (seconds: number) => `Nothing changes if you wait ${seconds} s, or press Escape on a keyboard.`,
  close: 'All touches were at nearly the same place. Touch the middle of each cross, one after another.',
  apart: (pixels: number) =>
    `The last touch was ${pixels} pixels away from where the first three say. Touch the middle of each cross, one after another.`,
  question: 'Do touches land where you point?',
  keep: 'KEEP',
  again: 'START AGAIN',
  back: (seconds: number) =>
    `Touches land as before in ${seconds} s, unless you touch KEEP or press Enter on a keyboard.`,
} as const;
