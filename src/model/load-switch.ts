/**
 * How switching a load output ended: `done`: read back as it was asked for; `refused`: the device said no; `unchanged`: it took
 * the request, and tells otherwise; `unknown`: no answer, so that it may have been switched all the same.
 */
export type SwitchResult = 'done' | 'refused' | 'unchanged' | 'unknown';

/** The same of a device that may be away: `not-connected`: nothing was sent. */
export type LoadResult = SwitchResult | 'not-connected';
