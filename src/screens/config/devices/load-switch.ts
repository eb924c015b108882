import type { LoadResult } from '../../../model/load-switch';
import { devicesWords } from '../../../words/en/devices';
import type { Dialog } from '../dialog';
import type { Onward } from './back-frame';
import type { LiveDevice, LoadOutput } from './devices-desk';

/** What became of switching the load of one device. */
type Course = { readonly device: string; readonly on: boolean; readonly result: LoadResult | 'asked' };

/** Switches the load output of a charger after a question, and keeps what became of it for the charger's page. */
export class LoadSwitch {
  private latest: Course | undefined;

  constructor(private readonly ask: (dialog: Dialog) => void) {}

  /** The button; `undefined` for a device without a load output, and while nobody knows whether it is on. */
  button(device: string, live: () => LiveDevice | undefined): Onward | undefined {
    const now = live();
    if (now?.load === undefined) return undefined;
    const isOn = (): boolean | undefined => live()?.load?.on;
    return {
      name: 'load',
      label: () => (isOn() === false ? devicesWords.loadOn : devicesWords.loadOff),
      tone: () => (isOn() === undefined || this.latest?.result === 'asked' ? 'off' : 'quiet'),
      tap: () => {
        const { load } = live() ?? {};
        if (load?.on === undefined || this.latest?.result === 'asked') return;
        this.question(device, load, !load.on);
      },
    };
  }

  /** Whether the load is on, and what became of the latest attempt. */
  text(device: string, load: LoadOutput): string {
    const state = load.on === undefined ? devicesWords.loadUnknown : devicesWords.loadIs(load.on);
    const { latest } = this;
    if (latest?.device !== device) return state;
    return `${state} · ${devicesWords.loadCourse[latest.result](latest.on)}`;
  }

  private question(device: string, load: LoadOutput, on: boolean): void {
    this.ask({
      title: devicesWords.loadTitle(device, on),
      text: on ? devicesWords.loadOnText : devicesWords.loadOffText,
      yes: {
        label: on ? devicesWords.loadOn : devicesWords.loadOff,
        tone: on ? 'strong' : 'danger',
        act: () => {
          this.latest = { device, on, result: 'asked' };
          void load.switch(on).then((result) => {
            this.latest = { device, on, result };
          });
          return undefined;
        },
      },
      no: devicesWords.goBack,
    });
  }
}
