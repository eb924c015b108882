import { spinnerStep } from '../../../render/widgets/spinner';
import { deviceTypeName, devicesWords } from '../../../words/en/devices';
import { optionWords, settingQuestion } from '../../../words/en/device-settings';
import { setupText, setupWords } from '../../../words/en/device-setup';
import { missing } from '../../format';
import type { Surroundings } from '../../screen';
import type { ViewBuilder } from '../view-builder';
import { buildBack, type Onward } from './back-frame';
import { addCentredText } from './centred-text';
import { buildForm } from './form-page';
import { buildChoices } from './choices';
import { addPick, pickGrid } from './pick-row';
import { addChoices, searchTime, type DeviceSetup, type SetupField, type SetupStep } from './setup-view';
import { buildTried } from './tried-page';
import { addFooterState, buildWaiting, type SpinnerState } from './waiting-page';

/** What the pages need on which a device is added. */
export interface SetupPages {
  readonly setup: DeviceSetup;
  /** What becomes of what was read so far, in a sentence. */
  readonly consequence: string;
  /** Opens the keyboard for a field. */
  readonly edit: (field: SetupField) => void;
}

type StepOf<Name extends SetupStep['step']> = Extract<SetupStep, { readonly step: Name }>;

/** The title of a step. */
export function setupTitle(step: SetupStep): string {
  switch (step.step) {
    case 'choice':
      return setupWords.choiceTitle;
    case 'search':
      return setupWords.searchTitle;
    case 'ports':
      return setupWords.portsTitle;
    case 'ask':
      return settingQuestion(step.asked.name);
    case 'form':
      return deviceTypeName(step.type);
    case 'trying':
      return setupWords.trying(step.name);
    case 'tried':
      return setupWords.triedTitle(step.entry.name);
    case 'failed':
      return step.name === '' ? devicesWords.title : step.name;
  }
}

/** The page of a step, beneath the header. */
export function buildSetup(builder: ViewBuilder, step: SetupStep, pages: SetupPages): void {
  const { setup } = pages;
  buildBack(builder, () => setup.back(), onward(step, setup));
  switch (step.step) {
    case 'choice':
      return buildChoices(
        builder,
        addChoices.map((choice) => {
          const [title, text] = setupWords.choices[choice];
          return { target: `add ${choice}`, title, text, act: () => setup.choose(choice) };
        }),
      );
    case 'ask':
      return buildChoices(
        builder,
        step.asked.options.map((option) => {
          const [title, text] = optionWords(step.asked.name, option);
          return { target: `answer ${option}`, title, text, act: () => setup.answer(option) };
        }),
      );
    case 'search':
      return buildSearch(builder, step, setup);
    case 'ports':
      return buildPorts(builder, step, setup);
    case 'form':
      return buildForm(builder, step, pages.edit);
    case 'trying':
      return buildTrying(builder, setup);
    case 'tried':
      return buildTried(builder, step.reading, pages.consequence);
    case 'failed':
      builder.panel(builder.frame.body);
      return addCentredText(
        builder,
        builder.frame.body,
        setupWords.failedTitle(step.name),
        `${setupText(step.trouble)}.`,
      );
  }
}

function onward(step: SetupStep, setup: DeviceSetup): Onward | undefined {
  const again = (label: string): Onward => ({
    name: 'again',
    label: () => label,
    tone: () => 'strong',
    tap: () => setup.again(),
  });
  switch (step.step) {
    case 'search':
      return step.phase === 'over' ? again(setupWords.searchAgain) : undefined;
    case 'ports':
      return step.ports?.length === 0 ? again(setupWords.lookAgain) : undefined;
    case 'form':
      return {
        name: 'try',
        label: () => setupWords.tryIt,
        tone: () => 'strong',
        tap: () => setup.tryIt(),
      };
    case 'failed':
      return step.name === '' ? undefined : again(setupWords.tryAgain);
    case 'choice':
    case 'ask':
    case 'trying':
    case 'tried':
      return undefined;
  }
}

/** Where a search is; nothing when it is over. */
function searchState(setup: DeviceSetup, around: Surroundings | undefined): SpinnerState {
  const { step } = setup;
  if (step?.step !== 'search' || step.phase === 'over') return { turn: undefined, text: '' };
  const now = around?.now ?? step.begun;
  const seconds = Math.ceil(Math.max(0, step.begun + searchTime - now) / 1000);
  return {
    turn: Math.floor((now - step.begun) / spinnerStep),
    text: step.phase === 'waiting' ? setupWords.waiting : setupWords.searching(seconds),
  };
}

function buildSearch(builder: ViewBuilder, step: StepOf<'search'>, setup: DeviceSetup): void {
  const { frame, palette } = builder;
  const { body } = frame;
  const { devices, listed, others } = step.found;
  const state = (around: Surroundings | undefined): SpinnerState => searchState(setup, around);
  if (devices.length === 0) {
    builder.panel(body);
    if (step.trouble !== undefined)
      addCentredText(builder, body, setupWords.noSearchTitle, `${setupText(step.trouble)}.`);
    else if (step.phase === 'over')
      addCentredText(builder, body, setupWords.nothingTitle, setupWords.nothing(others, listed));
    else buildWaiting(builder, state, setupWords.hint);
    return;
  }
  if (step.phase !== 'over') addFooterState(builder, state);
  const grid = pickGrid(frame);
  const shown = devices.slice(0, devices.length > grid.most ? grid.most - 1 : grid.most);
  shown.forEach((device, i) => {
    const { address, name, signal, type } = device;
    const aside = signal === undefined ? missing : devicesWords.signal(signal);
    addPick(
      builder,
      grid.row(i),
      {
        target: `found ${i}`,
        title: name === '' ? address : name,
        text: `${deviceTypeName(type)} · ${address}`,
        aside,
      },
      () => setup.pick(device),
    );
  });
  if (shown.length === devices.length) return;
  const rect = grid.row(shown.length);
  const style = builder.words('title', palette.secondary);
  builder.write(
    style,
    setupWords.more(devices.length - shown.length),
    rect.x + rect.width / 2,
    rect.y + rect.height / 2 + style.size * 0.35,
    rect.width,
    'center',
  );
}

function buildPorts(builder: ViewBuilder, { ports }: StepOf<'ports'>, setup: DeviceSetup): void {
  const { frame } = builder;
  const grid = pickGrid(frame);
  if (ports === undefined || ports.length === 0) {
    builder.panel(frame.body);
    if (ports === undefined) addCentredText(builder, frame.body, '', setupWords.looking);
    else addCentredText(builder, frame.body, setupWords.noPortsTitle, setupWords.noPorts);
    return;
  }
  ports.slice(0, grid.most).forEach((port, i) => {
    addPick(builder, grid.row(i), { target: `port ${i}`, title: port, text: '' }, () => setup.pickPort(port));
  });
}

function buildTrying(builder: ViewBuilder, setup: DeviceSetup): void {
  let begun: number | undefined;
  buildWaiting(
    builder,
    (around) => {
      const { step } = setup;
      begun ??= around?.now;
      return {
        turn: Math.floor(((around?.now ?? 0) - (begun ?? 0)) / spinnerStep),
        text: step?.step === 'trying' ? setupText(step.report) : '',
      };
    },
    '',
  );
}
