import { byId, byIdOf, make } from './elements';

/** Where the range that is drawn can be had as a file: of all devices or one, in any of its forms. */
export class Download {
  private readonly device = byIdOf('file-device', HTMLSelectElement);
  private readonly format = byIdOf('file-format', HTMLSelectElement);
  private readonly link = byIdOf('file', HTMLAnchorElement);
  private range: readonly [string, string] = ['now-2d', 'now'];

  constructor() {
    for (const select of [this.device, this.format]) select.addEventListener('change', () => this.renew());
    // The devices are only asked for when somebody wants them.
    byId('download').addEventListener('toggle', () => void this.loadDevices(), { once: true });
  }

  /** Follows what is drawn. @param from @param to as they stand in the address */
  show(from: string, to: string): void {
    this.range = [from, to];
    this.renew();
  }

  private renew(): void {
    const [from, to] = this.range;
    const device = this.device.value === '' ? {} : { device: this.device.value };
    const question = new URLSearchParams({ from, to, format: this.format.value, ...device });
    this.link.href = `/api/history/file?${question.toString()}`;
  }

  private async loadDevices(): Promise<void> {
    const answer = await fetch('/api/history/series').catch(() => undefined);
    if (answer?.ok !== true) return;
    const { devices } = (await answer.json()) as { devices: readonly { readonly name: string }[] };
    if (devices.length < 2) return;
    this.device.append(
      ...devices.map(({ name }) => {
        const option = make('option', '', name);
        option.value = name;
        return option;
      }),
    );
  }
}
