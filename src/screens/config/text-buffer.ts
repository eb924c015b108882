/** No setting is longer than anybody types. */
const longest = 256;

/** A line of text that is being typed, and where in it. */
export class TextBuffer {
  private before: string;
  private after = '';

  /** The cursor stands behind the text. */
  constructor(text: string) {
    this.before = text;
  }

  /** All of it. */
  get text(): string {
    return this.before + this.after;
  }

  /** Characters left of the cursor. */
  get cursor(): number {
    return this.before.length;
  }

  /** Types characters; what would make the text too long is left out. */
  insert(characters: string): void {
    if (this.text.length + characters.length <= longest) this.before += characters;
  }

  /** Takes away the character left of the cursor. */
  backspace(): void {
    this.before = this.before.slice(0, -lastLength(this.before));
  }

  /** Takes away the character right of the cursor. */
  delete(): void {
    this.after = this.after.slice(firstLength(this.after));
  }

  /** Moves the cursor by one character, if there is one. */
  move(direction: 1 | -1): void {
    const { before, after } = this;
    const length = direction < 0 ? lastLength(before) : -firstLength(after);
    this.moveTo(before.length - length);
  }

  /** Moves the cursor behind that many UTF-16 units, or to an end. */
  moveTo(cursor: number): void {
    const { text } = this;
    this.before = text.slice(0, Math.max(0, cursor));
    this.after = text.slice(this.before.length);
  }
}

// A character beyond the 65,536 first ones takes two units.
function lastLength(text: string): number {
  return Array.from(text).at(-1)?.length ?? 0;
}

function firstLength(text: string): number {
  return Array.from(text)[0]?.length ?? 0;
}
