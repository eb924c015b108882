import type { Editable } from './editable';
import type { Field, FieldValue, FieldValues } from './field';

/** What a field is edited in. */
export type FieldDraft = Pick<Draft, 'values' | 'saved' | 'differs' | 'set'>;

/** Values that were changed and not saved yet. What was set back to what it is saved as is no change. */
export class Draft {
  private changed: FieldValues = {};

  constructor(private readonly owner: () => Editable | undefined) {}

  /** The values as they would be saved. */
  get values(): FieldValues {
    return { ...this.saved, ...this.changed };
  }

  /** The values that are saved, by name; empty where there is nothing to edit now. */
  get saved(): FieldValues {
    return this.owner()?.values ?? {};
  }

  /** What would be saved: only what differs. */
  get changes(): FieldValues {
    const { saved } = this;
    return Object.fromEntries(Object.entries(this.changed).filter(([name, value]) => saved[name] !== value));
  }

  /** Fields that differ from what is saved. */
  get changedFields(): readonly Field[] {
    if (this.untouched) return [];
    const { saved, values } = this;
    const fields = this.owner()?.pages.flatMap((page) => page.fields) ?? [];
    return fields.filter((field) => field.read(values) !== field.read(saved));
  }

  /** True when a field reads otherwise than what is saved. */
  differs(field: Field): boolean {
    return !this.untouched && field.read(this.values) !== field.read(this.saved);
  }

  private get untouched(): boolean {
    return Object.keys(this.changed).length === 0;
  }

  /** Changes a field; returns false where the values would not go together. */
  set(field: Field, value: FieldValue): boolean {
    const after = field.write(this.values, value);
    if (after === undefined) return false;
    const { saved } = this;
    this.changed = Object.fromEntries(Object.entries(after).filter(([name, is]) => saved[name] !== is));
    return true;
  }

  /** Forgets changes by the names of their values: they are saved, also where what is saved is never shown. */
  forget(names: readonly string[]): void {
    this.changed = Object.fromEntries(Object.entries(this.changed).filter(([name]) => !names.includes(name)));
  }

  /** Forgets all changes. */
  drop(): void {
    this.changed = {};
  }
}
