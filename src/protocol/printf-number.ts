/**
 * A number as `%.Nf` of C and Python writes it: what lies exactly between two is rounded to the even one, where `toFixed`
 * rounds away from zero. Only for finite numbers below 1e21.
 */
export function printfFixed(value: number, decimals: number): string {
  const rounded = value.toFixed(decimals);
  // No double has a digit so far behind one that decides about a tie.
  const exact = value.toFixed(decimals + 1 + beyond);
  const tie = new RegExp(`5${'0'.repeat(beyond)}$`).test(exact);
  if (!tie || !/[13579]$/.test(rounded)) return rounded;
  const cut = exact.slice(0, -1 - beyond);
  return decimals === 0 ? cut.slice(0, -1) : cut;
}

const beyond = 30;

/** A number as `%i` writes it: cut towards zero. */
export function printfInteger(value: number): string {
  const whole = Math.trunc(value);
  return String(whole === 0 ? 0 : whole);
}
