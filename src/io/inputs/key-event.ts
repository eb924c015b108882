/** What a key of a keyboard did. Letting go tells nothing. */
export interface KeyEvent {
  /** The name of a key (see NamedKey), of several letters, or the one character that it types: `Escape`, `a`, `A`, `%`, ` `. */
  readonly key: string;
  /** It went down, or is held and the keyboard repeats it. */
  readonly action: 'down' | 'repeat';
  /** Ctrl, Alt or the logo key is held with it: a command to somebody, nothing to be typed. */
  readonly command: boolean;
  /** The virtual terminal, 1 to 12, that Ctrl-Alt with a function key asks for. */
  readonly terminal?: number;
}
