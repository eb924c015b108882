/** The addresses of databases with what was changed and not saved yet. */
export class DatabaseList {
  private edited: readonly string[] | undefined;

  constructor(private readonly saved: () => readonly string[]) {}

  /** As they would be saved. */
  get addresses(): readonly string[] {
    return this.edited !== undefined && this.isChanged ? this.edited : this.saved();
  }

  /** True when they differ from what is saved. */
  get isChanged(): boolean {
    return this.edited !== undefined && !isSame(this.edited, this.saved());
  }

  /** What would be saved, by the name of the setting. */
  get changes(): { readonly databases?: readonly string[] } {
    return this.isChanged ? { databases: this.addresses } : {};
  }

  /** True for one that is saved as it stands. */
  isSaved(address: string): boolean {
    return this.saved().includes(address);
  }

  /** Puts an address in place of another, or at the end. */
  put(address: string, replaces: string | undefined): void {
    const { addresses } = this;
    this.edited =
      replaces !== undefined && addresses.includes(replaces)
        ? addresses.map((each) => (each === replaces ? address : each))
        : [...addresses, address];
  }

  /** Takes an address off the list. */
  remove(address: string): void {
    this.edited = this.addresses.filter((each) => each !== address);
  }

  /** Forgets all changes. */
  drop(): void {
    this.edited = undefined;
  }
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((address, i) => address === other[i]);
}
