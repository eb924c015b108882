import type { Device } from '../../model/device';
import type { Site } from '../../model/site';
import { telegrafBattery, telegrafMeter } from '../../protocol/telegraf-csv';
import { telegrafValues } from '../../protocol/telegraf-values';
import type { RowShape, TakenRow } from './row-shapes';

/** Batteries and meters for Telegraf, when a row is due. Its messages have no time: they are sent at once or never. */
export class TelegrafRows implements RowShape {
  readonly isLive = true;

  constructor(
    private readonly site: Site,
    private readonly suffix: string,
  ) {}

  take(at: number, due: boolean): readonly TakenRow[] {
    if (!due) return [];
    return Array.from(this.site.devices()).flatMap((device): readonly TakenRow[] => {
      const messages = messagesOf(device, device.name + this.suffix, at);
      return messages.length === 0 ? [] : [{ device: device.name, text: JSON.stringify(messages), at }];
    });
  }
}

/** Of what is fresh. @param meter name to send it under */
function messagesOf(device: Device, meter: string, now: number): readonly string[] {
  const values = telegrafValues(device, now);
  if (values === undefined) return [];
  return 'battery' in values ? telegrafBattery(meter, values.battery) : telegrafMeter(meter, values.meter);
}
