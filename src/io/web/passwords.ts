import { createHash, timingSafeEqual } from 'node:crypto';

/** What somebody may do: nothing, see, or see and touch. */
export type Access = 'none' | 'view' | 'control';

/** The passwords of the remote screen; empty: none is set. */
export interface Passwords {
  readonly control: string;
  readonly view: string;
}

/** What a password opens. Takes as long for a wrong one as for a right one. */
export function accessWith(password: string, { control, view }: Passwords): Access {
  const mayControl = sameText(password, control) && control !== '';
  const mayView = sameText(password, view) && view !== '';
  if (mayControl) return 'control';
  return mayView ? 'view' : 'none';
}

/**
 * What is open to everybody: the picture and the values, unless a password for viewing is set. Whoever is in the network hears
 * the battery anyway, for it is broadcast there; touching takes the password for control.
 */
export function openAccess({ view }: Passwords): Access {
  return view === '' ? 'view' : 'none';
}

/** Compares in a time that does not depend on where the texts differ, nor on their lengths. */
export function sameText(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
