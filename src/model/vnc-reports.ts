import type { Coded } from './coded';

/** How viewers can come in. */
export interface VncReports {
  readonly 'vnc-listening': { readonly port: number };
  readonly 'vnc-failed': { readonly port: number; readonly reason: string };
}

/** One of them. */
export type VncReport = Coded<VncReports>;
