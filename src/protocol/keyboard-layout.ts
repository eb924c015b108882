/** A layout as X and Debian name it. */
export interface XkbLayout {
  /** Such as `de`, or several: `us,gr`. */
  readonly layout: string;
  /** Such as `nodeadkeys`; empty for the usual one. */
  readonly variant: string;
  readonly model?: string;
  /** Such as `ctrl:nocaps`. */
  readonly options?: readonly string[];
}

/** Reads `de` or `de(nodeadkeys)`. Undefined for anything else. */
export function parseLayout(text: string): XkbLayout | undefined {
  const [, layout, variant = ''] = /^([\w-]{2,30})(?:\(([\w-]{1,50})\))?$/.exec(text) ?? [];
  return layout === undefined ? undefined : { layout, variant };
}

/** The layout that /etc/default/keyboard or /etc/vconsole.conf names (see keyboard(5)), from its text. Undefined where it names none. */
export function layoutOfFile(text: string): XkbLayout | undefined {
  const value = (name: string): string => {
    // As a shell reads it: the last one counts.
    const form = `(?:^|;)\\s*(?:export\\s+)?${name}=(["']?)([\\w:,()+ -]{0,200}?)\\1\\s*(?:;|#|$)`;
    return [...text.matchAll(new RegExp(form, 'gm'))].at(-1)?.[2]?.replaceAll(' ', '') ?? '';
  };
  const layout = value('XKBLAYOUT');
  if (layout === '') return undefined;
  const options = value('XKBOPTIONS')
    .split(',')
    .filter((option) => option !== '');
  return { layout, variant: value('XKBVARIANT'), model: value('XKBMODEL'), options };
}
