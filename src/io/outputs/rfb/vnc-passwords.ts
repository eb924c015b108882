import { randomBytes, timingSafeEqual } from 'node:crypto';
import { vncPasswordLength, vncResponse } from '../../../protocol/vnc-authentication';
import type { RemoteAccess } from './rfb-peer';

/** Finds out what a password is good for, in a time that tells nothing of it. */
export class VncPasswords {
  /** @param passwords an empty one is none */
  constructor(private readonly passwords: { readonly control: string; readonly view: string }) {}

  /** True when there is one at all. */
  get set(): boolean {
    return this.passwords.control !== '' || this.passwords.view !== '';
  }

  /**
   * True when VNC's own authentication, which looks at the first eight characters only, can't tell them apart: it then lets
   * the control password only look.
   */
  get alike(): boolean {
    const { control, view } = this.passwords;
    return control !== '' && control.slice(0, vncPasswordLength) === view.slice(0, vncPasswordLength);
  }

  /** What whoever has answered a challenge so may do; `undefined` for nothing. @param response 16 bytes */
  access(challenge: Buffer, response: Buffer): RemoteAccess | undefined {
    const matches = (password: string): boolean => {
      // Looked at in any case, for the same time.
      const wanted = vncResponse(challenge, password === '' ? randomBytes(4).toString('hex') : password);
      return timingSafeEqual(wanted, response) && password !== '';
    };
    const control = matches(this.passwords.control);
    const view = matches(this.passwords.view);
    // Where both would do, what is less: a password to look must never be good for more.
    if (view) return 'view';
    return control ? 'control' : undefined;
  }
}
