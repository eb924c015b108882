import { figure } from './figures';
import type { VisitFigures } from './bluetooth-visits';
import { InstalledDisplay } from './installed-display';
import { listedDevices } from './listed-devices';
import type { VirtualMachine } from './machine/virtual-machine';

/** A Bluetooth password that no module has from the factory. */
const password = '271828';

/** The long form: all devices are there while the adapter and the service fail, and more connections and polls are counted. */
const isLong = process.env['BLUETOOTH_LONG'] === 'true';
/** How often a battery is connected and closed again, and then polled, to see that nothing of it stays. */
const [visits, polls] = isLong ? [100, 400] : [2, 5];

/** The devices of the boat, by name. Each has an adapter of its own; another one reads them. */
const boat = [
  ['house', `jbd-ble`, `password=${password}`],
  ['bow', 'jbd-ble', ''],
  ['roof', 'litime-ble', ''],
  ['solar', 'thornwave-ble', 'role=solar'],
  ['load', 'thornwave-ble', 'role=load'],
] as const;
const names = boat.map(([name]) => name);

/** Puts emulated adapters of one air into the machine: one that reads, and one for each device. Resolves with the addresses of those. */
async function plugAdapters(machine: VirtualMachine): Promise<readonly string[]> {
  const count = boat.length + 1;
  const answer = await machine.run(
    `modprobe hci_vhci
     # An adapter that is plugged in again must not be blocked because it was once.
     systemctl --quiet mask systemd-rfkill.socket systemd-rfkill.service
     systemctl --quiet stop systemd-rfkill.socket systemd-rfkill.service
     # One channel, as modules have it, and no questions back.
     printf '[General]\nReverseServiceDiscovery = false\n[GATT]\nChannels = 1\n' >/etc/bluetooth/main.conf
     adapters() { busctl --no-pager --list tree org.bluez 2>/dev/null | grep -E '/hci[0-9]+$'; }
     for try in {1..4}; do
       systemctl reset-failed adapters 2>/dev/null
       systemd-run --quiet --unit=adapters --setenv=LD_PRELOAD=/usr/local/lib/link-numbers.so btvirt -L -l${count}
       # The emulator may miss the kernel's first question to an adapter, which then never gets ready.
       for i in {1..40}; do [ "$(adapters | wc -l)" = ${count} ] && break 2; sleep 0.3; done
       systemctl stop adapters; sleep 1
     done
     for i in {1..${boat.length}}; do busctl get-property org.bluez /org/bluez/hci$i org.bluez.Adapter1 Address; done`,
    300,
  );
  return [...answer.matchAll(/"(.+)"/g)].map(([, address = '']) => address);
}

/** The boat's devices as flags, with the addresses of the adapters that they are played at. */
function flags(addresses: readonly string[], which: readonly string[], more = ''): string {
  return boat
    .flatMap(([name, type, settings], i) => {
      if (!which.includes(name)) return [];
      const parts = [`name=${name}`, `address=${addresses[i] ?? ''}`, settings, more];
      return [`--device ${[type, ...parts].filter((part) => part !== '').join(',')}`];
    })
    .join(' ');
}

/** Plays some of the devices, in a process of their own, in place of what it played before. */
async function play(machine: VirtualMachine, unit: string, devices: string): Promise<void> {
  await machine.run(
    `systemctl stop ${unit} 2>/dev/null; systemctl reset-failed ${unit} 2>/dev/null
     systemd-run --quiet --unit=${unit} packdial simulate --site boat ${devices}`,
  );
}

test(
  'two batteries, a charger and two meters over Bluetooth are read at once, lost and read again',
  async () => {
    await InstalledDisplay.with({}, async (display, machine) => {
      const addresses = await plugAdapters(machine);
      const [house = ''] = addresses;
      const playHouse = (): Promise<void> =>
        play(machine, 'player', flags(addresses, ['house'], 'locked=true'));
      await playHouse();
      await play(machine, 'players', flags(addresses, names.slice(1)));
      await display.configure(`--web localhost ${flags(addresses, names, 'every=3')}`);

      const are = (freshness: string, which: readonly string[] = names): Promise<void> =>
        display.eventually(
          `${which.join()} ${freshness}`,
          async () => {
            const devices = await listedDevices(machine);
            return which.every((name) => devices.get(name)?.freshness === freshness);
          },
          180,
        );
      await are('fresh');
      const devices = await listedDevices(machine);
      const values = (name: string): unknown => devices.get(name)?.values;
      const volts: unknown = expect.closeTo(13, -1);
      for (const battery of ['house', 'bow', 'Bank'])
        expect(values(battery)).toMatchObject({ voltage: volts, cellLow: expect.any(Number) as number });
      expect(values('roof')).toMatchObject({ batteryVoltage: volts });
      for (const meter of ['solar', 'load']) expect(values(meter)).toMatchObject({ voltage: volts });
      await display.showsOwnPicture();

      // The link stands, but nobody answers. The others go on.
      await machine.run('systemctl kill -s STOP player');
      await are('lost', ['house']);
      await are('fresh', names.slice(1));
      await display.showsOwnPicture();
      await machine.run('systemctl kill -s CONT player');
      await are('fresh');

      // The battery is switched off and on.
      await machine.run('systemctl stop player');
      await are('lost', ['house']);
      await playHouse();
      await are('fresh');

      if (!isLong) {
        // What is left goes for the adapter: one device shows it, and is found sooner.
        await machine.run('systemctl stop players');
        await display.configure(`--web localhost ${flags(addresses, ['house'], 'every=2')}`);
      }
      const left = isLong ? names : (['house'] as const);
      await are('fresh', left);
      const rules = await matchRules(machine);

      // Nobody but the display has the service started again, and it reads over a new link before the values are old.
      await machine.run(
        `old=$(systemctl show -P MainPID bluetooth); systemctl kill -s KILL bluetooth
       for i in {1..200}; do
         systemctl is-active --quiet bluetooth && [ "$(systemctl show -P MainPID bluetooth)" != "$old" ] && exit
         sleep 0.3
       done
       exit 1`,
      );
      await display.eventually('linked by the new service', () => isLinked(machine, house), 180);
      await are('fresh', left);

      await machine.run('busctl set-property org.bluez /org/bluez/hci0 org.bluez.Adapter1 Powered b false');
      await display.eventually('linked by the adapter again', () => isLinked(machine, house), 180);
      await are('fresh', left);

      await machine.run('echo 1 >$(ls -d /sys/class/bluetooth/hci0/rfkill*)/soft');
      await display.logs('The Bluetooth adapter is blocked');
      await are('lost', left);
      await machine.run('echo 0 >$(ls -d /sys/class/bluetooth/hci0/rfkill*)/soft');
      await are('fresh', left);

      await machine.run('systemctl stop adapters');
      await display.logs('There is no Bluetooth adapter');
      await are('lost', left);
      await plugAdapters(machine);
      await are('fresh', left);
      await display.showsOwnPicture();
      expect(await matchRules(machine)).toBe(rules);

      await machine.run('systemctl stop packdial');
      await play(machine, 'player', flags(addresses, ['house']));
      await display.mountCheckout();
      const told = await machine.run(
        `/opt/packdial/current/node --expose-gc /mnt/checkout/dist-bench/bluetooth-visits.js ${house} ${visits} ${polls}`,
        120 + 30 * visits + 5 * polls,
      );
      const { failed, counts, ...memory } = JSON.parse(told) as VisitFigures;
      expect(failed).toEqual([]);
      expect(counts.after).toEqual(counts.before);
      figure(`${visits} visits and ${polls} polls of a Bluetooth battery, kB`, JSON.stringify(memory));
    });
  },
  isLong ? 7_200_000 : 1_200_000,
);

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
