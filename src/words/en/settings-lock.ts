/** What is said where a PIN is typed. */
export const lockWords = {
  label: 'PIN',
  note: 'The settings of this display are locked.',
  /** @param left tries until it makes one wait */
  wrong: (left: number) =>
    left === 1 ? 'This is not the PIN: one more try.' : `This is not the PIN: ${left} more tries.`,
  wait: (seconds: number) => `Too many wrong PINs: wait ${seconds} s.`,
} as const;
