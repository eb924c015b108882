/** Does something that may fail without harm. Returns whether it was done; never throws. */
export function attempt(action: () => unknown): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}
