import RFB from '@novnc/novnc';
import { say } from './elements';
import { askSession, goToLogin, type Session } from './session';

/** s before each new try; the last one stays. */
const delays = [0.5, 1, 2, 3, 5];

/** The display's picture, live: shown, touched and typed at, and connected again after every break. */
export class LiveScreen {
  private rfb: RFB | undefined;
  private timer: number | undefined;
  private tries = 0;
  private shown = false;
  /** The last picture of a broken connection: it stays behind the words. */
  private ghost: HTMLCanvasElement | undefined;
  /** How the server ended the connection, in its words. */
  private reason = '';

  /**
   * @param target what the picture fills @param veil lies above it and says what is going on
   * @param listener `session`: told who we are with each connection; `refused`: a touch that does nothing
   */
  constructor(
    private readonly target: HTMLElement,
    private readonly veil: HTMLElement,
    private readonly listener: {
      readonly session: (session: Session) => void;
      readonly refused: () => void;
    },
  ) {
    target.addEventListener('pointerdown', () => {
      if (this.rfb?.viewOnly === true) listener.refused();
    });
    // The display has no use for Tab: without this nobody gets out of the picture by keyboard.
    target.addEventListener(
      'keydown',
      (event) => {
        if (event.key === 'Tab') event.stopPropagation();
      },
      { capture: true },
    );
    const hurry = (): void => {
      if (this.timer !== undefined && document.visibilityState === 'visible') void this.connect();
    };
    window.addEventListener('online', hurry);
    document.addEventListener('visibilitychange', hurry);
  }

  /** Connects, and connects again until the page is left. */
  start(): void {
    this.tell('Connecting to the display…');
    void this.connect();
  }

  private async connect(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const session = await askSession();
    if (session === undefined) {
      this.again(
        navigator.onLine
          ? 'packdial does not answer; it may be starting again.'
          : 'This device has no network.',
      );
      return;
    }
    if (session.access === 'none') return goToLogin();
    this.listener.session(session);
    this.open(session);
  }

  private open({ access }: Session): void {
    this.reason = '';
    this.shown = false;
    const socket = new WebSocket(
      `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/screen`,
      ['binary'],
    );
    socket.addEventListener('close', ({ reason }) => (this.reason = reason));
    const rfb = new RFB(this.target, socket, { shared: true });
    this.rfb = rfb;
    rfb.scaleViewport = true;
    rfb.background = 'transparent';
    rfb.viewOnly = access !== 'control';
    rfb.focusOnClick = true;
    rfb.addEventListener('connect', () => {
      this.tries = 0;
      this.shown = true;
      this.veil.hidden = true;
      this.ghost?.remove();
      this.ghost = this.target.querySelector('canvas') ?? undefined;
      this.describe(rfb.viewOnly);
      this.target.dataset['state'] = 'connected';
      const undecided = document.activeElement === document.body;
      if (!rfb.viewOnly && undecided && matchMedia('(hover: hover)').matches)
        rfb.focus({ preventScroll: true });
    });
    rfb.addEventListener('securityfailure', ({ detail }) => (this.reason = detail.reason ?? ''));
    rfb.addEventListener('disconnect', () => {
      this.rfb = undefined;
      if (this.ghost !== undefined) {
        this.ghost.className = 'ghost';
        this.target.before(this.ghost);
      }
      // What was heard last is told after the socket has closed.
      queueMicrotask(() => {
        const why = this.shown
          ? 'The connection to the display is broken.'
          : 'The display does not let us in now.';
        this.again(this.reason === '' ? why : `${this.reason.replace(/\.$/, '')}.`);
      });
    });
  }

  /** Tries again after a while, counting down. */
  private again(why: string): void {
    delete this.target.dataset['state'];
    const delay = delays[Math.min(this.tries, delays.length - 1)] ?? 5;
    this.tries++;
    const end = performance.now() + delay * 1000;
    const count = (): void => {
      const left = Math.ceil((end - performance.now()) / 1000);
      if (left <= 0) {
        this.tell(why, 'Trying again…');
        void this.connect();
        return;
      }
      this.tell(why, `Trying again in ${left} s…`);
      this.timer = window.setTimeout(count, Math.min(1000, Math.max(50, end - performance.now())));
    };
    clearTimeout(this.timer);
    count();
  }

  /** The picture as a screen reader and the Tab key meet it: to be operated, or only to be looked at. */
  private describe(viewOnly: boolean): void {
    const canvas = this.target.querySelector('canvas');
    if (canvas === null) return;
    canvas.tabIndex = viewOnly ? -1 : 0;
    canvas.setAttribute('role', viewOnly ? 'img' : 'application');
    canvas.setAttribute('aria-label', 'The display’s picture; the page Values has the same in words');
  }

  /** @param count is not announced: it changes every second */
  private tell(words: string, count = ''): void {
    this.veil.hidden = false;
    for (const [selector, text] of [
      ['[role=status]', words],
      ['[data-count]', count],
    ] as const) {
      const element = this.veil.querySelector(selector);
      if (element !== null) say(element, text);
    }
  }
}
