import type { Clock } from '../../base/clock';
import type { Log } from '../../logging/log';
import type { Battery } from '../../model/battery';
import type { NamedCurrent } from '../../model/recorder-reports';
import type { OwnNotice } from '../../screens/config/own-notice';
import { settings } from '../../settings/settings';
import { noticeWords } from '../../words/en';
import { deviceSettingWords } from '../../words/en/device-settings';

/** The option that turns the current of a group of values. */
const turnedBy: ReadonlyMap<string, 'invertCurrent' | 'invertFineCurrent'> = new Map([
  ['0x150', 'invertCurrent'],
  ['0x151', 'invertFineCurrent'],
]);

/** Watches whether two messages of a battery tell opposite currents, and says then which options there are. */
export class SignWatch {
  private told = '';

  constructor(
    private readonly parts: {
      readonly batteries: readonly Battery[];
      /** They are devices of a list, whose options are on pages of their own. */
      readonly listed: boolean;
      readonly clock: Pick<Clock, 'monotonic'>;
      readonly log: Pick<Log, 'warn'>;
    },
  ) {}

  /** One for each battery whose messages contradict each other now. */
  notices(): readonly OwnNotice[] {
    return this.parts.batteries.flatMap((battery) => this.noticeOf(battery) ?? []);
  }

  /** To be called about once a second. */
  everySecond(): void {
    const notices = this.notices();
    const names = notices.map(({ name }) => name).join('\n');
    if (names === this.told) return;
    this.told = names;
    for (const { report } of notices) {
      const { title, text } = noticeWords(report);
      this.parts.log.warn(`${title}: ${text}`);
    }
  }

  private noticeOf(battery: Battery): OwnNotice | undefined {
    const { batteries, clock } = this.parts;
    const now = clock.monotonic();
    const value = battery.current(now).value;
    const [shown, other] = [...(battery.oppositeCurrents(now) ?? [])]
      .flatMap(([message, amperes]) => this.named(message, amperes) ?? [])
      .sort((a, b) => Number(b.amperes === value) - Number(a.amperes === value));
    if (shown === undefined || other === undefined) return undefined;
    const device = batteries.length > 1 ? { device: battery.name } : {};
    return {
      name: `signs ${battery.name}`,
      report: { code: 'signs-opposite', values: { shown, other, ...device } },
      untilRead: false,
    };
  }

  private named(message: string, amperes: number): NamedCurrent | undefined {
    const setting = turnedBy.get(message);
    if (setting === undefined) return undefined;
    const onPage = deviceSettingWords(setting, setting).label;
    const option = this.parts.listed ? onPage : (settings[setting].form?.label ?? onPage);
    return { message, amperes, option };
  }
}
