import type { Draft } from './draft';
import type { ControllerLink } from '../../model/controller/controller-link';
import type { Editable, SettingsEditor } from './editable';
import type { Field, FieldPage } from './field';
import type { InformationLine, ServiceActions } from './service';

/** What the settings have to show and to do; what is missing has no page. */
export interface ConfigParts {
  readonly editor?: SettingsEditor;
  /** Default: none has announced itself. */
  readonly controller?: ControllerLink;
  readonly service?: ServiceActions;
  readonly information?: () => readonly InformationLine[];
  /** The battery is heard over a wire, on which nothing can be configured. */
  readonly wired?: boolean;
}

/** No controller that could be configured. */
export interface ControllerAway {
  /** What there is to say of one that was heard before. */
  readonly silent: string | undefined;
}

/** One page of the settings. */
export type ConfigPage = { readonly id: string; readonly title: string } & (
  | { readonly kind: 'fields'; readonly fields: readonly Field[]; readonly draft: Draft }
  | { readonly kind: 'nothing'; readonly heading: string; readonly text: string }
  | { readonly kind: 'information' }
  | { readonly kind: 'service'; readonly service: ServiceActions }
);

/**
 * All pages there are at the moment, in their order: the controller's, the display's own, information, service.
 *
 * @param most rows that fit on one page; more go on another
 */
export function configPages(
  parts: ConfigParts,
  controller: Editable | ControllerAway,
  drafts: { readonly own: Draft; readonly controller: Draft },
  most: number,
): ConfigPage[] {
  const { editor, service } = parts;
  return [
    ...('pages' in controller
      ? fieldPages(controller, drafts.controller, most, 'controller')
      : controller.silent === undefined
        ? unannounced(parts.wired === true)
        : [silentPage(controller.silent)]),
    ...(editor === undefined ? [] : fieldPages(editor, drafts.own, most, 'own')),
    { id: 'information', title: 'Information', kind: 'information' },
    ...(service === undefined || Object.keys(service).length === 0
      ? []
      : [{ id: 'service', title: 'Service', kind: 'service', service } as const]),
  ];
}

/** What distinguishes a page's picture from another of the same page. */
export function pageKey(page: ConfigPage): readonly string[] {
  if (page.kind === 'nothing') return [page.id, page.text];
  return page.kind === 'fields' ? [page.id, ...page.fields.map(({ name }) => name)] : [page.id];
}

function fieldPages({ pages }: Editable, draft: Draft, most: number, owner: string): ConfigPage[] {
  return pages.flatMap((page: FieldPage): ConfigPage[] => {
    const fields = page.fields.filter((field) => field.applies(draft.values));
    const parts = Math.ceil(fields.length / most);
    return Array.from({ length: parts }, (_, i) => ({
      id: `${owner} ${page.title} ${i}`,
      title: parts > 1 ? `${page.title} ${i + 1}/${parts}` : page.title,
      kind: 'fields',
      fields: fields.slice(i * most, (i + 1) * most),
      draft,
    }));
  });
}

function silentPage(text: string): ConfigPage {
  return {
    id: 'controller',
    title: 'Controller',
    kind: 'nothing',
    heading: 'The controller is silent',
    text,
  };
}

function unannounced(wired: boolean): ConfigPage[] {
  const heading = wired
    ? 'A wired controller is not configured from here'
    : 'No controller has announced its configuration';
  const why = wired
    ? 'On a CAN bus controllers only tell how the battery is.'
    : 'One that broadcasts it over the wireless network is shown here by itself.';
  return [
    {
      id: 'controller',
      title: 'Controller',
      kind: 'nothing',
      heading,
      text: `${why} Its limits are then set here with sliders.`,
    },
    {
      id: 'controller network',
      title: 'Controller’s network',
      kind: 'nothing',
      heading,
      text: `${why} Its CAN speeds, Wi-Fi and time zone are then set here.`,
    },
  ];
}
