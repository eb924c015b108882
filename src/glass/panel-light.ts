import { Backlight, type BacklightOptions } from '../io/outputs/backlight';

/** Pixels that can be dimmed. */
export interface DimmablePixels {
  /** @param percent 0 (black) to 100 */
  dimTo(percent: number): void;
}

/**
 * The panel's brightness by the best means there is: the backlight, or the pixels themselves where there is none, where it
 * has no steps between on and off, or where it has begun to refuse. Says which, once for each change.
 */
export class PanelLight {
  private backlight: Backlight | undefined;
  private told: string | undefined;
  private closed = false;

  constructor(
    private readonly pixels: DimmablePixels,
    private readonly options: BacklightOptions,
    private readonly say: (text: string) => void,
  ) {}

  /** @param percent 0 is dark: the pixels are black then, whatever lights them, and cost nothing. */
  show(percent: number): void {
    if (this.closed) return;
    const before = this.backlight;
    const problem = this.find();
    // Darkened first and lit last, so that no half-way picture is seen.
    if (percent === 0) this.light(0);
    else this.pixels.dimTo(this.pixelsFor(percent));
    if (percent > 0) this.light(percent);
    // Also for a backlight that has refused just now.
    this.pixels.dimTo(this.pixelsFor(percent));
    if (this.backlight !== undefined) {
      const { name, switchOnly } = this.backlight;
      this.tell(name, `Backlight ${name}${switchOnly ? ' has no steps: the picture itself is dimmed' : ''}`);
    } else {
      const why = problem === '' ? '' : ` (${problem})`;
      const none = before === undefined ? `No backlight${why}` : `Backlight ${before.name} refuses`;
      this.tell('', `${none}: the picture itself is dimmed`);
    }
  }

  /** Gives the backlight back as it was found, at once and only the first time. Never throws. */
  close(): void {
    this.closed = true;
    this.backlight?.close();
  }

  /** Looks for a backlight while there is none: it may come after the program, or come back. Returns what was wrong. */
  private find(): string {
    if (this.backlight !== undefined) return '';
    const opened = Backlight.open(this.options);
    if (typeof opened === 'string') return opened;
    this.backlight = opened;
    return '';
  }

  private light(percent: number): void {
    if (this.backlight === undefined || this.backlight.show(percent)) return;
    this.backlight.close();
    this.backlight = undefined;
  }

  /** What is left for the pixels to do. */
  private pixelsFor(percent: number): number {
    return percent === 0 || this.backlight === undefined || this.backlight.switchOnly ? percent : 100;
  }

  /** @param means the name of the backlight, or empty for the pixels */
  private tell(means: string, text: string): void {
    if (means === this.told) return;
    this.told = means;
    this.say(text);
  }
}
