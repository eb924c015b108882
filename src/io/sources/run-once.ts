/** Says no to a second `run` of a source: its sockets and timers belong to the first. */
export class RunOnce {
  private started = false;

  /** @throws Error when called a second time. */
  start(): void {
    if (this.started) throw new Error('a source runs once: make another one');
    this.started = true;
  }
}
