import type { VirtualMachine } from './machine/virtual-machine';

/** A device as the display's web server tells of it. */
export interface ListedDevice {
  readonly device: string;
  readonly freshness: string;
  readonly values: Readonly<Record<string, number | null>>;
}

/** What the display says of its devices, by their names; none while its web server does not answer. */
export async function listedDevices(machine: VirtualMachine): Promise<ReadonlyMap<string, ListedDevice>> {
  const text = await machine.run(
    `/opt/packdial/current/node -e "fetch('http://127.0.0.1:8080/api/devices').then((a) => a.text()).then(console.log, () => console.log('{\\"devices\\":[]}'))"`,
  );
  const { devices } = JSON.parse(text) as { devices: ListedDevice[] };
  return new Map(devices.map((device) => [device.device, device]));
}
