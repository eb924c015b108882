/** How a device's setting is set on the screen. */
export type DeviceSettingForm =
  /** `turns`: the quantity whose sign it turns, to be shown beside it. */
  | { readonly kind: 'switch'; readonly turns?: 'current' }
  /** `asked`: when the device is added, before it is read for the first time. */
  | { readonly kind: 'choice'; readonly options: readonly (string | number)[]; readonly asked?: true }
  /** A time in steps, s, rising. */
  | { readonly kind: 'seconds'; readonly steps: readonly number[] }
  | { readonly kind: 'text'; readonly keyboard: 'letters' | 'digits' };
