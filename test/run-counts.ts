/** How often a test does what it does many times: as often as the variable of the environment says, else `usual` times. */
export function times(variable: 'KILLS' | 'POWER_CUTS', usual: number): number {
  const text = process.env[variable];
  if (text === undefined) return usual;
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new Error(`${variable}=${text} is no number of times`);
  return count;
}
