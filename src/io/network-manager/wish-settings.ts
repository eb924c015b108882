import { Variant } from '@jellybrick/dbus-next';
import type { JoinWish } from '../../model/wifi';
import { nameOf, type AccessPoint } from './access-points';
import { wirelessSecurity, wirelessType } from './names';
import { keyManagement } from './states';

/** Settings of a profile as D-Bus has them. */
export type ProfileSettings = Readonly<Record<string, Readonly<Record<string, Variant>>>>;

/** Settings of a new profile for a network. @param point its strongest access point; `undefined` where none is received */
export function settingsFor(
  { id, password, isHidden }: JoinWish,
  point: AccessPoint | undefined,
): ProfileSettings {
  const told = point === undefined ? undefined : keyManagement(point.security);
  const management = password === undefined ? told : (told ?? 'wpa-psk');
  return {
    connection: {
      id: new Variant('s', nameOf(id)),
      type: new Variant('s', wirelessType),
    },
    [wirelessType]: {
      ssid: new Variant('ay', Buffer.from(id, 'hex')),
      ...(isHidden && { hidden: new Variant('b', true) }),
    },
    ...(management !== undefined && {
      [wirelessSecurity]: {
        'key-mgmt': new Variant('s', management),
        ...(password !== undefined && { psk: new Variant('s', password) }),
      },
    }),
  };
}
