let last: Promise<void> = Promise.resolve();

/** Waits until nobody else in this program uses the stick: it is mounted at one place, and unmounted for all. The result gives it back. */
export async function stickTurn(): Promise<() => void> {
  const before = last;
  let done = (): void => undefined;
  last = new Promise((resolve) => (done = resolve));
  await before;
  return done;
}
