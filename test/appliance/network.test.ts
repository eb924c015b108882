import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { FakeWifi, idOf, network } from '../screens/config/network/fake-wifi';
import { settle } from '../screens/config/fake-setup-services';
import type { WifiView } from '../../src/model/wifi';
import { InstalledDisplay } from './installed-display';
import type { VirtualMachine } from './machine/virtual-machine';
import { batteryTwin } from './twin';
import { belowHead, settingsTitle, Walk } from './walk';

const password = 'fairwinds';

/** The name and the state of the second network on the list, right of its bars. */
const secondRow = [72, 158, 560, 232] as const;

/**
 * Puts three radios of one air into the machine: NetworkManager has the first, as after `make install` on a Raspberry Pi; the others
 * are two access points, an open one that it was told of once, and one with a password. Resolves when the first is joined.
 */
async function putOnAir(machine: VirtualMachine): Promise<void> {
  await machine.run(
    `modprobe mac80211_hwsim radios=3
     mkdir -p /etc/NetworkManager/conf.d /run/systemd/network
     printf '[main]\\ndhcp=internal\\n[keyfile]\\nunmanaged-devices=except:interface-name:wlan0\\n' >/etc/NetworkManager/conf.d/test.conf
     for n in 1 2; do
       printf "[Match]\\nName=wlan$n\\n[Network]\\nAddress=10.9.$n.1/24\\nDHCPServer=yes\\n" >/run/systemd/network/70-wlan$n.network
     done
     networkctl reload
     printf 'interface=wlan1\\nssid=Harbour\\nhw_mode=g\\nchannel=6\\nwpa=2\\nwpa_key_mgmt=WPA-PSK\\nrsn_pairwise=CCMP\\nwpa_passphrase=${password}\\n' >/run/harbour.conf
     printf 'interface=wlan2\\nssid=Marina\\nhw_mode=g\\nchannel=1\\n' >/run/marina.conf
     for each in harbour marina; do systemd-run --quiet --unit=$each hostapd /run/$each.conf; done
     profile=/etc/NetworkManager/system-connections/Marina.nmconnection
     printf '[connection]\\nid=Marina\\ntype=wifi\\n[wifi]\\nssid=Marina\\n' >$profile; chmod 600 $profile
     systemctl start polkit wpa_supplicant NetworkManager
     for i in {1..240}; do
       nmcli -t dev 2>/dev/null | grep -q '^wlan0:wifi:connected:Marina' && nmcli -t -f SSID dev wifi list --rescan no | grep -q Harbour && exit
       sleep 0.5
     done
     journalctl -u NetworkManager -n 30 --no-pager; exit 1`,
    300,
  );
}

/** The address that the display has on Wi-Fi. */
function addressIn(machine: VirtualMachine): Promise<string> {
  return machine.run('ip -4 -br addr show dev wlan0 | awk \'{ split($3, part, "/"); print part[1] }\'');
}

/** The commands of a section of docs/using.md, block by block, as its reader types them. */
function documented(heading: string): string[] {
  const text = readFileSync(resolve(__dirname, '../../docs/using.md'), 'utf8');
  const section = text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/(?:^ {4}.*\n)+/gm)].map(([block]) => block.replaceAll('sudo ', ''));
}

/** Gives the display a fixed address as docs/using.md says, and then one of its router's again. */
async function fixAddress(display: InstalledDisplay, machine: VirtualMachine): Promise<void> {
  const routers = await addressIn(machine);
  const [fix = '', undo = ''] = documented('A fixed address');
  // As Raspberry Pi OS names its first one.
  await machine.run('nmcli connection modify Harbour connection.id preconfigured');
  await machine.run(fix);
  expect(await addressIn(machine)).toBe('192.168.1.72');
  expect(await machine.run('ip route show default dev wlan0')).toContain('via 192.168.1.1 ');
  // After the next start too.
  await machine.run('systemctl restart NetworkManager');
  await display.eventually(
    'the fixed address',
    async () => (await addressIn(machine)) === '192.168.1.72',
    120,
  );
  await machine.run(undo);
  expect(await addressIn(machine)).toBe(routers);
}

test('S0.4, S0.122, S0.131: a finger joins another Wi-Fi, a wrong password is told and changes nothing; a fixed address', async () => {
  await InstalledDisplay.with({ settings: '--source udp' }, async (display, machine) => {
    await putOnAir(machine);
    const wifi = new FakeWifi();
    const twin = batteryTwin({ source: 'udp' }, true, wifi);
    const walk = new Walk(display, machine, twin);
    const marina = network('Marina', 100, { security: 'open', isKnown: true, isJoined: true });
    const before: WifiView = {
      networks: [marina, network('Harbour', 90)],
      joined: { id: idOf('Marina'), name: 'Marina', address: await addressIn(machine) },
      isSearching: false,
    };
    await walk.touch('settings', settingsTitle);
    await walk.touch('index', settingsTitle);
    await walk.touch('part network', settingsTitle);
    wifi.tell(before);
    twin.look();
    await walk.sees('the networks', twin.picture(), secondRow);

    await walk.press('network 1');
    await walk.sees('the keyboard', twin.picture(), belowHead);
    for (const letter of 'foulwinds') await walk.press(`key ${letter}`);
    await walk.press('key done');
    wifi.joined({ code: 'wifi-wrong-password', values: {} });
    await settle();
    twin.look();
    await walk.sees('that the password is wrong, and Marina is joined', twin.picture(), belowHead);
    expect(await machine.run('nmcli -t -f NAME con show --active')).toContain('Marina');

    await walk.press('join');
    await walk.sees('the keyboard', twin.picture(), belowHead);
    for (const letter of password) await walk.press(`key ${letter}`);
    await walk.press('key done');
    await display.eventually(
      'joined',
      async () => (await machine.run('nmcli -t dev')).includes('wlan0:wifi:connected:Harbour'),
      120,
    );
    wifi.joined({ code: 'wifi-joined', values: { address: await addressIn(machine) } });
    await settle();
    wifi.tell({
      ...before,
      networks: [{ ...marina, isJoined: false }, network('Harbour', 90, { isKnown: true, isJoined: true })],
      joined: { id: idOf('Harbour'), name: 'Harbour', address: await addressIn(machine) },
    });
    twin.look();
    await walk.sees('that Harbour is joined', twin.picture(), belowHead);

    // NetworkManager keeps the right password, and nobody else has any.
    expect(
      await machine.run('grep -rl winds /etc/NetworkManager /etc/packdial /var/lib/packdial || true'),
    ).toBe('/etc/NetworkManager/system-connections/Harbour.nmconnection');
    expect(await display.journal()).not.toContain('winds');

    await fixAddress(display, machine);
  });
});
