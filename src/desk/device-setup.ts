import { isAborted } from '../base/is-aborted';
import type { SetupReport } from '../model/setup-reports';
import type { DeviceEntry } from '../screens/config/devices/devices-desk';
import type {
  AddChoice,
  DeviceSetup,
  Found,
  FoundDevice,
  SetupContext,
  SetupField,
  SetupStep,
  TriedReading,
} from '../screens/config/devices/setup-view';
import {
  askedOfProgram,
  brokerFields,
  fieldsOf,
  kindOfProgram,
  nameOf,
  suggestedName,
  type FieldKey,
} from './setup-fields';

/** What a step came to; implementations never reject. */
export type Outcome<T> = { readonly value: T } | { readonly trouble: SetupReport };

/** What the machine has to do for it. None of them rejects. */
export interface SetupServices {
  /**
   * Searches for Bluetooth devices, in turn with all other use of the adapter.
   *
   * @param found is told when the search begins, and of all that was found each time when there is more
   * @returns what stands in the way; `undefined` when the search is over, or the signal was aborted
   */
  search(
    known: readonly DeviceEntry[],
    signal: AbortSignal,
    found: (found: Found) => void,
  ): Promise<SetupReport | undefined>;
  /** Paths of the machine's serial ports. */
  ports(): Promise<readonly string[]>;
  /** What the next start would have against these devices, in a sentence. */
  check(entries: readonly DeviceEntry[], bank: SetupContext['bank']): Promise<string | undefined>;
  /** Reads a device once. @param tell what it is doing */
  tryReading(
    entry: DeviceEntry,
    signal: AbortSignal,
    tell: (report: SetupReport) => void,
  ): Promise<Outcome<TriedReading>>;
}

/** What the adding of a device needs of the program. */
export interface SetupParts {
  readonly services: SetupServices;
  readonly isName: (text: string) => boolean;
  /** Monotonic ms. */
  readonly now: () => number;
  /** Something looks different now. */
  readonly changed: () => void;
}

/** Devices that a site can have. */
export const mostDevices = 100;

const nothingFound: Found = { devices: [], listed: 0, others: 0 };

interface Form {
  readonly type: string;
  readonly place: string;
  /** What is known of it without being asked for. */
  readonly known: Readonly<Record<string, unknown>>;
  readonly values: Map<FieldKey, string>;
}

/** What is asked for before the form. */
interface Questions {
  /** What was found, or the type that was chosen. */
  readonly of: FoundDevice | 'mqtt-json';
  /** What was found or chosen from. */
  readonly before: SetupStep;
  readonly answers: readonly (string | number)[];
}

/** Adds a device step by step. What is under way ends with the step that it belongs to. */
export class DeviceSetupFlow implements DeviceSetup {
  step: SetupStep | undefined;
  private context: SetupContext = { entries: [], bank: 'all', usedPort: undefined };
  private running = new AbortController();
  /** The step before the form. */
  private origin: SetupStep = { step: 'choice' };
  private form: Form | undefined;
  /** Of the device that was found, or of the type that was chosen. */
  private questions: Questions | undefined;

  constructor(private readonly parts: SetupParts) {}

  start(context: SetupContext): void {
    this.context = context;
    this.questions = undefined;
    this.form = undefined;
    if (context.entries.length < mostDevices) this.go({ step: 'choice' });
    else this.fail({ code: 'setup-too-many', values: { most: mostDevices } });
  }

  choose(choice: AddChoice): void {
    this.origin = { step: 'choice' };
    this.questions = undefined;
    switch (choice) {
      case 'bluetooth':
        return this.search();
      case 'jbd-serial':
      case 'evtv-slcan':
        return this.lookUpPorts(choice);
      case 'bluenova':
      case 'evtv-udp':
      case 'evtv-can':
        return this.ask(choice, '', {}, fieldsOf(choice, this.context));
      case 'mqtt-json':
        this.questions = { of: choice, before: { step: 'choice' }, answers: [] };
        return this.askNext();
    }
  }

  again(): void {
    if (this.step?.step === 'search') this.search();
    else if (this.step?.step === 'ports') this.lookUpPorts(this.step.type);
    else if (this.step?.step === 'failed') this.tryIt();
  }

  pick(device: FoundDevice): void {
    if (this.step?.step !== 'search') return;
    this.questions = { of: device, before: { ...this.step, phase: 'over' }, answers: [] };
    this.askNext();
  }

  answer(value: string | number): void {
    if (this.step?.step !== 'ask' || this.questions === undefined) return;
    const { questions } = this;
    this.questions = { ...questions, answers: [...questions.answers, value] };
    this.askNext();
  }

  pickPort(port: string): void {
    if (this.step?.step !== 'ports') return;
    this.origin = this.step;
    this.ask(this.step.type, port, { port }, []);
  }

  set(key: SetupField['key'], value: string): void {
    this.form?.values.set(key, value);
    this.showForm();
  }

  isName(text: string): boolean {
    return this.parts.isName(text);
  }

  isTaken(name: string): boolean {
    const wanted = name.toLowerCase();
    return this.context.entries.some((entry) => entry.name.toLowerCase() === wanted);
  }

  tryIt(): void {
    const { form } = this;
    if (form === undefined) return;
    const entry = entryOf(form);
    if (!this.isName(entry.name)) return this.showForm({ code: 'setup-name-wrong', values: {} });
    if (this.isTaken(entry.name))
      return this.showForm({ code: 'setup-name-taken', values: { name: entry.name } });
    const signal = this.go({ step: 'trying', name: entry.name, report: { code: 'starting', values: {} } });
    void this.try(entry, signal).catch((error: unknown) => {
      if (!signal.aborted) this.fail({ code: 'setup-failed', values: { reason: String(error) } }, entry.name);
    });
  }

  pause(): void {
    const { step } = this;
    if (step?.step === 'trying') this.showForm();
    else if (step?.step === 'search' && step.phase !== 'over') this.go({ ...step, phase: 'over' });
  }

  back(): void {
    const { step } = this;
    switch (step?.step) {
      case 'search':
      case 'ports':
        this.go({ step: 'choice' });
        return;
      case 'form':
        this.form = undefined;
        if (this.questions === undefined) this.go(this.origin);
        else this.askBefore();
        return;
      case 'ask':
        return this.askBefore();
      case 'trying':
      case 'tried':
        return this.showForm();
      case 'failed':
        if (this.form === undefined) this.cancel();
        else this.showForm();
        return;
      case 'choice':
      case undefined:
        this.cancel();
    }
  }

  cancel(): void {
    this.questions = undefined;
    this.form = undefined;
    this.go(undefined);
  }

  private search(): void {
    const { services, now } = this.parts;
    const empty = { step: 'search', begun: now(), found: nothingFound, trouble: undefined } as const;
    const signal = this.go({ ...empty, phase: 'waiting' });
    let latest: SetupStep & { readonly step: 'search' } = { ...empty, phase: 'waiting' };
    const show = (changes: Partial<typeof latest>): void => {
      if (signal.aborted) return;
      latest = { ...latest, ...changes };
      this.step = latest;
      this.parts.changed();
    };
    const found = (all: Found): void => {
      if (latest.phase === 'waiting') show({ phase: 'searching', begun: now(), found: all });
      else if (JSON.stringify(all) !== JSON.stringify(latest.found)) show({ found: all });
    };
    services.search(this.context.entries, signal, found).then(
      (trouble) => show({ phase: 'over', trouble }),
      (error: unknown) =>
        show({ phase: 'over', trouble: { code: 'setup-failed', values: { reason: String(error) } } }),
    );
  }

  private lookUpPorts(type: string): void {
    const signal = this.go({ step: 'ports', type, ports: undefined });
    const show = (ports: readonly string[]): void => {
      if (!signal.aborted) this.go({ step: 'ports', type, ports });
    };
    this.parts.services.ports().then(show, () => show([]));
  }

  /** Asks for what is to be known of a device that was found or of a type; then comes the form. */
  private askNext(): void {
    if (this.questions === undefined) return;
    const { of, answers } = this.questions;
    const asks = of === 'mqtt-json' ? askedOfProgram(answers[0]) : of.asks;
    const asked = asks[answers.length];
    if (asked !== undefined) {
      this.go({ step: 'ask', type: of === 'mqtt-json' ? of : of.type, asked });
      return;
    }
    const known: Form['known'] = Object.fromEntries(asks.map(({ name }, i) => [name, answers[i]] as const));
    if (of === 'mqtt-json') {
      const { profile, kind } = known;
      return this.ask(of, '', known, brokerFields(profile), nameOf(kindOfProgram(profile, kind)));
    }
    const { address, type, kind, hasPassword } = of;
    this.ask(
      type,
      address,
      { address, ...known },
      hasPassword ? [['password', '']] : [],
      nameOf(kind, known['role']),
    );
  }

  /** The question before; before the first there is what was found. */
  private askBefore(): void {
    const { questions } = this;
    if (questions === undefined) return;
    if (questions.answers.length > 0) {
      this.questions = { ...questions, answers: questions.answers.slice(0, -1) };
      this.askNext();
      return;
    }
    this.questions = undefined;
    this.go(questions.before);
  }

  private ask(
    type: string,
    place: string,
    known: Form['known'],
    fields: readonly (readonly [FieldKey, string])[],
    called = nameOf('battery'),
  ): void {
    const name = suggestedName(called, (each) => this.isTaken(each));
    this.form = { type, place, known, values: new Map([['name', name], ...fields]) };
    this.showForm();
  }

  private showForm(problem?: SetupReport): void {
    const { form } = this;
    if (form === undefined) return;
    const { type, place } = form;
    const fields = [...form.values].map(([key, value]) => ({ key, value }));
    this.go({ step: 'form', type, place, fields, problem });
  }

  private async try(entry: DeviceEntry, signal: AbortSignal): Promise<void> {
    const { services } = this.parts;
    const why = await services.check([...this.context.entries, entry], this.context.bank);
    if (signal.aborted) return;
    if (why !== undefined) return this.showForm({ code: 'setup-refused', values: { why } });
    const outcome = await services.tryReading(entry, signal, (report) => {
      if (isAborted(signal)) return;
      this.step = { step: 'trying', name: entry.name, report };
      this.parts.changed();
    });
    if (isAborted(signal)) return;
    if ('trouble' in outcome) this.fail(outcome.trouble, entry.name);
    else this.go({ step: 'tried', entry, reading: outcome.value });
  }

  private fail(trouble: SetupReport, name = ''): void {
    this.go({ step: 'failed', name, trouble });
  }

  /** Ends what is under way and shows another step. Returns what ends when that one does. */
  private go(step: SetupStep | undefined): AbortSignal {
    this.running.abort();
    this.running = new AbortController();
    this.step = step;
    this.parts.changed();
    return this.running.signal;
  }
}

/** As it goes into the settings: what is empty is left out, and digits are a number where one is wanted. */
function entryOf({ type, known, values }: Form): DeviceEntry {
  const told: Record<string, string | number> = {};
  for (const [key, value] of values)
    if (key !== 'name' && value !== '')
      told[key] = key === 'port' && /^\d+$/.test(value) ? Number(value) : value;
  return { type, name: values.get('name') ?? type, ...known, ...told };
}
