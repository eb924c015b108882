import type { Intent } from '../screen';
import type { ControllerDesk } from './controller-desk';
import { controllerField } from './controller-fields';
import type { Dialog } from './dialog';
import type { Draft } from './draft';
import type { SettingsEditor } from './editable';

/**
 * The question when the controller is to send to another UDP port than this display listens on, for it would not be heard any
 * more; `undefined` when there is nothing to ask.
 *
 * @param go called when it was answered, with the display's own port changed too where that was wanted
 */
export function followController(
  controller: Draft,
  own: Draft,
  editor: SettingsEditor | undefined,
  go: () => void,
): Dialog | undefined {
  const wanted = controller.changedFields.some(({ name }) => name === controllerField('UDPPORT'));
  const port = controller.values['UDPPORT'];
  if (!wanted || typeof port !== 'number' || own.values['port'] === port) return undefined;
  const field = editor?.pages.flatMap(({ fields }) => fields).find(({ name }) => name === 'port');
  if (field === undefined) return undefined;
  const listens = `This display listens on ${field.format(field.read(own.values))}`;
  const act = (): undefined => {
    if (field.fixed === '') own.set(field, port);
    go();
  };
  return field.fixed === ''
    ? {
        title: 'Follow the controller?',
        text: `It will send to UDP port ${port}. ${listens} and has to follow, or it hears nothing any more.`,
        yes: { label: 'Change both', tone: 'strong', act },
        no: 'Go back',
      }
    : {
        title: 'It will not be heard any more',
        text: `The controller will send to UDP port ${port}. ${listens}, ${field.fixed}.`,
        yes: { label: 'Send it', tone: 'danger', act },
        no: 'Go back',
      };
}

/** The question before a restart. @param restarting what needs it @param alone packdial starts again by itself */
export function restartQuestion(
  restarting: readonly { readonly label: string }[],
  alone: boolean,
  save: () => undefined,
): Dialog {
  return {
    title: alone ? 'packdial starts again' : 'packdial ends, and has to be started again',
    text: `${listed(restarting)} ${restarting.length > 1 ? 'need' : 'needs'} a restart. ${
      alone ? 'The picture is back in a few seconds.' : 'Start it again by hand after that.'
    }`,
    yes: { label: alone ? 'Save, restart' : 'Save and end', tone: 'strong', act: save },
    no: 'Go back',
  };
}

/** The question before changes are left behind. @param act leaves them */
export function leaveQuestion(
  changes: readonly { readonly label: string }[],
  act: () => Intent | undefined,
): Dialog {
  return {
    title: 'Leave without saving?',
    text: `${listed(changes)} would stay as before.`,
    yes: { label: 'Leave', tone: 'danger', act },
    no: 'Go back',
  };
}

/** Names in a sentence: `Brightness, UDP port and BMS ID`. */
export function listed(fields: readonly { readonly label: string }[]): string {
  const labels = fields.map(({ label }) => label);
  const last = labels.at(-1) ?? '';
  return labels.length < 2 ? last : `${labels.slice(0, -1).join(', ')} and ${last}`;
}

/** What becomes of the display's own changes while and after the controller takes its own: they come second. */
export function ownWords(
  changed: readonly { readonly label: string }[],
  { saving, allSaved }: Pick<ControllerDesk, 'saving' | 'allSaved'>,
): string {
  if (changed.length === 0) return 'This display’s own changes are saved too.';
  const names = listed(changed);
  if (saving?.running !== false) return `This display’s own come after that: ${names}.`;
  return allSaved
    ? `This display’s own come next: ${names}.`
    : `This display’s own are not saved yet: ${names}. Touch SAVE again.`;
}
