import { WifiSetup } from '../../../../src/desk/wifi';
import { desk, information, Owner } from '../config-stories';
import { FakeWifi, harbour } from './fake-wifi';

/** Somebody who looks at the page of Wi-Fi, and what it shows. */
export interface Networks {
  readonly wifi: FakeWifi;
  readonly setup: WifiSetup;
  readonly owner: Owner;
}

/** An owner on the page of Wi-Fi. */
export function looking(view = harbour, width = 800, height = 480): Networks {
  const wifi = new FakeWifi();
  const setup = new WifiSetup({ wifi, changed: () => undefined });
  const owner = new Owner({ editor: desk().editor, wifi: setup, information }, width, height, 'index');
  owner.touch('part network');
  wifi.tell(view);
  owner.look(20);
  return { wifi, setup, owner };
}
