import type { Link } from './device-type';

/** A signal that is aborted with `signal`, and when the link is lost. */
export function whileOpen(link: Link, signal: AbortSignal): AbortSignal {
  const lost = new AbortController();
  void link.closed.then(() => lost.abort());
  return AbortSignal.any([signal, lost.signal]);
}

/** Resolves when the link is lost or the signal is aborted; leaves no listener at the signal. */
export async function untilClosed(link: Link, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  let onAbort = (): void => undefined;
  const aborted = new Promise<void>((resolve) => {
    onAbort = resolve;
    signal.addEventListener('abort', onAbort, { once: true });
  });
  await Promise.race([link.closed, aborted]);
  signal.removeEventListener('abort', onAbort);
}
