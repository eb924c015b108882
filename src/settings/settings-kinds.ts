import type * as v from 'valibot';

/** What a schema of src/settings.ts takes, as far as a screen has to know it to offer something that fits. */
export type SettingKind =
  | { readonly kind: 'switch' }
  | {
      readonly kind: 'number';
      readonly least: number;
      readonly most: number;
      /** The word `off` is taken too. */
      readonly canBeOff: boolean;
    }
  | { readonly kind: 'choice'; readonly options: readonly (string | number)[] }
  | { readonly kind: 'text' };

interface Described {
  readonly type: string;
  readonly pipe?: readonly Described[];
  readonly options?: readonly unknown[];
  readonly requirement?: unknown;
  readonly literal?: unknown;
}

/** Reads the kind and the limits off a schema. */
export function kindOf(schema: v.GenericSchema): SettingKind {
  const parts = flatten(schema);
  if (parts.some(({ type }) => type === 'boolean')) return { kind: 'switch' };
  const list = parts.find(({ type }) => type === 'picklist');
  if (list !== undefined) return { kind: 'choice', options: list.options as readonly (string | number)[] };
  const limit = (type: string): unknown => parts.find((part) => part.type === type)?.requirement;
  const [least, most] = [limit('min_value'), limit('max_value')];
  if (typeof least === 'number' && typeof most === 'number') {
    const canBeOff = parts.some(({ type, literal }) => type === 'literal' && literal === 'off');
    return { kind: 'number', least, most, canBeOff };
  }
  return { kind: 'text' };
}

/** A schema and all that it is put together from. */
function flatten(schema: Described): Described[] {
  const inner = schema.type === 'union' ? (schema.options as readonly Described[]) : [];
  // A pipe begins with the schema that it was made of, whose options are its own.
  const piped = (schema.pipe ?? []).filter((part) => part.type !== schema.type);
  return [schema, ...[...inner, ...piped].flatMap(flatten)];
}
