/** What keeps the settings from whoever does not know the PIN. */
export interface SettingsLock {
  /** True while the PIN has to be typed before anything can be set. */
  readonly locked: boolean;
  /** ms until it closes by itself because nothing was touched; `undefined` while it is locked, or has no PIN. */
  readonly closesIn: number | undefined;
  /** Tries a PIN. Returns `undefined` when it is the right one, and else what is to be told: one sentence. */
  open(pin: string): string | undefined;
  /** Name of the device for whose switch the PIN is asked; `undefined` when it is asked for the settings. */
  wanted: string | undefined;
  /** Somebody who has opened it is still there. */
  touched(): void;
  /** Locks it again. */
  close(): void;
}
