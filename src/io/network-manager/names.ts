/** NetworkManager's name on the bus. */
export const networkManager = 'org.freedesktop.NetworkManager';

/** Path of NetworkManager's own object. */
export const managerPath = '/org/freedesktop/NetworkManager';
/** Path of the object that lists all others. */
export const objectsRoot = '/org/freedesktop';
/** What NetworkManager says in place of a path where there is no object. */
export const noObject = '/';

/** Interfaces of its objects. */
export const managerInterface = networkManager;
export const deviceInterface = `${networkManager}.Device`;
export const wirelessInterface = `${networkManager}.Device.Wireless`;
export const accessPointInterface = `${networkManager}.AccessPoint`;
export const activeInterface = `${networkManager}.Connection.Active`;
export const profileInterface = `${networkManager}.Settings.Connection`;
export const ip4Interface = `${networkManager}.IP4Config`;
export const ip6Interface = `${networkManager}.IP6Config`;

/** The type of a profile that is one of Wi-Fi, and the name of that part of its settings. */
export const wirelessType = '802-11-wireless';
/** The part of a profile's settings that has its password. */
export const wirelessSecurity = '802-11-wireless-security';
