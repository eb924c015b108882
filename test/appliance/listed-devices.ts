import type { VirtualMachine } from './machine/virtual-machine';

/** A device as the display's web server tells of it. */
export interface ListedDevice {
  readonly device: string;
  readonly freshness: string;
  readonly values: Readonly<Record<string, number | null>>;
}

/** What the display says of its devices, by their names; none while its web server does not answer. */
export async function listedDevices(machine: VirtualMachine): Promise<ReadonlyMap<string, ListedDevice>> {
  // By bash alone: a Node of its own for each question would keep the emulated machine from its work.
  const answer = await machine.run(
    `exec 3<>/dev/tcp/127.0.0.1/8080 || exit 0
     printf 'GET /api/devices HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3; timeout 20 cat <&3`,
  );
  const text = /\r\n\r\n(\{.*\})$/s.exec(answer)?.[1] ?? '{"devices":[]}';
  const { devices } = JSON.parse(text) as { devices: ListedDevice[] };
  return new Map(devices.map((device) => [device.device, device]));
}
