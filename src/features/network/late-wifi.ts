import type { WifiAccess } from '../../model/wifi';

/** The machine's Wi-Fi; the code that reaches it is loaded when somebody opens its page. */
export function lateWifi(): WifiAccess {
  let loaded: WifiAccess | undefined;
  const wifi = async (): Promise<WifiAccess> => {
    const { NetworkManager } = await import('../../io/network-manager/network-manager');
    return (loaded ??= new NetworkManager());
  };
  return {
    watch: async (...args) => (await wifi()).watch(...args),
    search: () => loaded?.search(),
    join: async (...args) => (await wifi()).join(...args),
    forget: async (...args) => (await wifi()).forget(...args),
  };
}
