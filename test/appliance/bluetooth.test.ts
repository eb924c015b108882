import { InstalledDisplay } from './installed-display';
import { listedDevices } from './listed-devices';
import type { VirtualMachine } from './machine/virtual-machine';

/** A Bluetooth password that no module has from the factory. */
const password = '271828';

/** Puts two emulated adapters of one air into the machine. Resolves with the second one's address: the first reads, it plays. */
async function plugAdapters(machine: VirtualMachine): Promise<string> {
  const address = await machine.run(
    `modprobe hci_vhci
     # An adapter that is plugged in again must not be blocked because it was once.
     systemctl --quiet mask systemd-rfkill.socket systemd-rfkill.service
     systemctl --quiet stop systemd-rfkill.socket systemd-rfkill.service
     # One channel, as modules have it, and no questions back.
     printf '[General]\nReverseServiceDiscovery = false\n[GATT]\nChannels = 1\n' >/etc/bluetooth/main.conf
     adapters() { busctl --no-pager --list tree org.bluez 2>/dev/null | grep -E '/hci[0-9]+$'; }
     for try in {1..4}; do
       systemctl reset-failed adapters 2>/dev/null; systemd-run --quiet --unit=adapters btvirt -L -l2
       # The emulator may miss the kernel's first question to an adapter, which then never gets ready.
       for i in {1..30}; do [ "$(adapters | wc -l)" = 2 ] && break 2; sleep 0.3; done
       systemctl stop adapters; sleep 1
     done
     busctl get-property org.bluez /org/bluez/hci1 org.bluez.Adapter1 Address`,
    300,
  );
  return /"(.+)"/.exec(address)?.[1] ?? '';
}

/** Plays a device at the second adapter, with these settings of it, in place of what was played before. */
async function play(machine: VirtualMachine, device: string): Promise<void> {
  await machine.run(
    `systemctl stop player 2>/dev/null; systemctl reset-failed player 2>/dev/null
     systemd-run --quiet --unit=player packdial simulate --device ${device}`,
  );
}

test('a battery, a charger and a meter over Bluetooth are read, lost and read again', async () => {
  await InstalledDisplay.with({}, async (display, machine) => {
    const address = await plugAdapters(machine);
    const is = (freshness: string): Promise<void> =>
      display.eventually(
        `it is ${freshness}`,
        async () => [...(await listedDevices(machine)).values()][0]?.freshness === freshness,
        120,
      );
    const values = async (): Promise<unknown> => [...(await listedDevices(machine)).values()][0]?.values;
    for (const [type, told] of [
      ['thornwave-ble', { voltage: expect.closeTo(13, -1) as number }],
      ['litime-ble', { batteryVoltage: expect.closeTo(13, -1) as number }],
    ] as const) {
      await play(machine, `${type},address=${address}`);
      await display.configure(`--web localhost --device ${type},address=${address},every=2`);
      await is('fresh');
      expect(await values()).toMatchObject(told);
      await display.showsOwnPicture();
    }

    const battery = `jbd-ble,name=house,address=${address},password=${password}`;
    await play(machine, `${battery},locked=true`);
    await display.configure(`--web localhost --device ${battery},every=2`);
    await is('fresh');
    expect(await values()).toMatchObject({
      voltage: expect.closeTo(13, -1) as number,
      cellLow: expect.any(Number) as number,
    });
    await display.showsOwnPicture();
    const rules = await matchRules(machine);

    // The link stands, but nobody answers.
    await machine.run('systemctl kill -s STOP player');
    await is('lost');
    await display.showsOwnPicture();
    await machine.run('systemctl kill -s CONT player');
    await is('fresh');

    // The battery is switched off and on.
    await machine.run('systemctl stop player');
    await is('lost');
    await play(machine, `${battery},locked=true`);
    await is('fresh');

    // Nobody but the display has the service started again, and it reads over a new link before the values are old.
    await machine.run(
      `old=$(systemctl show -P MainPID bluetooth); systemctl kill -s KILL bluetooth
       for i in {1..200}; do
         systemctl is-active --quiet bluetooth && [ "$(systemctl show -P MainPID bluetooth)" != "$old" ] && exit
         sleep 0.3
       done
       exit 1`,
    );
    await display.eventually('linked by the new service', () => isLinked(machine, address), 120);
    await is('fresh');

    await machine.run('busctl set-property org.bluez /org/bluez/hci0 org.bluez.Adapter1 Powered b false');
    await display.eventually('linked by the adapter again', () => isLinked(machine, address), 120);
    await is('fresh');

    await machine.run('echo 1 >$(ls -d /sys/class/bluetooth/hci0/rfkill*)/soft');
    await display.logs('The Bluetooth adapter is blocked');
    await is('lost');
    await machine.run('echo 0 >$(ls -d /sys/class/bluetooth/hci0/rfkill*)/soft');
    await is('fresh');

    await machine.run('systemctl stop adapters');
    await display.logs('There is no Bluetooth adapter');
    await is('lost');
    await plugAdapters(machine);
    await is('fresh');
    await display.showsOwnPicture();
    expect(await matchRules(machine)).toBe(rules);
  });
}, 1_200_000);

/** True while the first adapter has a link to the device over which its services are known. */
async function isLinked(machine: VirtualMachine, address: string): Promise<boolean> {
  const path = `/org/bluez/hci0/dev_${address.replaceAll(':', '_')}`;
  const resolved = await machine.run(
    `busctl get-property org.bluez ${path} org.bluez.Device1 ServicesResolved 2>/dev/null || true`,
  );
  return resolved === 'b true';
}

/** How many match rules the display's connection to D-Bus has. */
async function matchRules(machine: VirtualMachine): Promise<number> {
  return Number(
    await machine.run(
      `pid=$(systemctl show -P MainPID packdial)
       name=$(busctl --no-pager --no-legend list | awk -v pid=$pid '$2 == pid { print $1; exit }')
       busctl --json=short call org.freedesktop.DBus /org/freedesktop/DBus org.freedesktop.DBus.Debug.Stats GetAllMatchRules |
         /opt/packdial/current/node -e "console.log(JSON.parse(fs.readFileSync(0)).data[0]['$name'].length)"`,
    ),
  );
}
