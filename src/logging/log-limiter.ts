import { LogBudget } from './log-budget';

/** What may be written to the log, most urgent first. */
export const logLevels = ['error', 'warn', 'info', 'debug'] as const;

/** One of them. */
export type LogLevel = (typeof logLevels)[number];

/** One entry of the log; an error's trace has several lines of text. */
export type LogLine = readonly [level: LogLevel, text: string];

/** ms in which a line that is repeated stands for its repetitions; twice as long each time, up to the longest. */
const shortestWindow = 60_000;
const longestWindow = 600_000;
/** A line that comes again after this many ms is written at once, so many times: things do change back and forth now and then. */
const spareGap = 3000;
const spareLines = 4;
/** Kinds of lines that are told apart at a time. */
const maxCauses = 64;
/** ms until the next try while nobody takes lines. */
const retryInterval = 1000;

/** Lines that differ in nothing but their numbers: one that is tried again «in 5 s» and then «in 10 s» is the same trouble. */
interface Cause {
  readonly level: LogLevel;
  /** As it came last. */
  text: string;
  /** Whether any line of it was written. */
  told: boolean;
  /** How often it came since the last line. */
  held: number;
  /** How often more it may be written without having waited. */
  spare: number;
  /** Monotonic ms of that line, and ms from it to the next one. */
  since: number;
  window: number;
}

/**
 * Keeps a log small for years: of lines that say the same again and again, one in a minute (later one in ten) is written,
 * with how many there were; and of all of one level no more than one a second, averaged. What is held back is counted and told later.
 * Times are monotonic ms and are passed in.
 */
export class LogLimiter {
  private readonly causes = new Map<string, Cause>();
  private readonly budgets = new Map(logLevels.map((level) => [level, new LogBudget()]));

  /** @param ready false while a reader that takes no lines would make them pile up */
  constructor(private readonly ready: () => boolean = () => true) {}

  /** A line that stands for `times` events. Returns what is to be written now: it, other lines that were due, or nothing. */
  offer(level: LogLevel, text: string, times: number, now: number): LogLine[] {
    const lines = this.due(now);
    const key = `${level} ${text.replaceAll(/\b\d+(?:[.,:]\d+)*\b/g, '#')}`;
    const known = this.causes.get(key);
    if (known !== undefined) {
      known.text = text;
      if (mayBeTold(known, times, now) && this.take(level, now)) {
        known.spare--;
        known.since = now;
        return [...lines, [level, text]];
      }
      known.held += times;
      return lines;
    }
    if (!this.makeRoom()) {
      this.budget(level).leftOut += times;
      return lines;
    }
    const told = this.take(level, now);
    if (told) lines.push([level, text]);
    const held = told ? times - 1 : times;
    this.causes.set(key, {
      level,
      text,
      told,
      held,
      spare: spareLines,
      since: now,
      window: told ? shortestWindow : 0,
    });
    return lines;
  }

  /** What has been held back for long enough. */
  due(now: number): LogLine[] {
    const lines: LogLine[] = [];
    for (const [key, cause] of this.causes) {
      if (now < cause.since + cause.window) continue;
      if (cause.held === 0) this.causes.delete(key);
      else if (this.take(cause.level, now)) lines.push(summarised(cause, now));
    }
    for (const [level, budget] of this.budgets)
      if (budget.leftOut > 0 && this.take(level, now)) lines.push(leftOutLine(level, budget));
    return lines;
  }

  /** When `due` may have something to tell: monotonic ms, or Infinity when nothing is held back. */
  nextDue(now: number): number {
    let next = Infinity;
    for (const { level, held, since, window } of this.causes.values())
      if (held > 0) next = Math.min(next, Math.max(since + window, this.budget(level).nextAt(now)));
    for (const budget of this.budgets.values())
      if (budget.leftOut > 0) next = Math.min(next, budget.nextAt(now));
    return this.ready() ? next : Math.max(next, now + retryInterval);
  }

  /** All that is still held back, however much: for the end of the program. */
  rest(now: number): LogLine[] {
    const lines = [...this.causes.values()].filter(({ held }) => held > 0).map((c) => summarised(c, now));
    for (const [level, budget] of this.budgets)
      if (budget.leftOut > 0) lines.push(leftOutLine(level, budget));
    return lines;
  }

  private makeRoom(): boolean {
    if (this.causes.size < maxCauses) return true;
    for (const [key, { held }] of this.causes) {
      if (held > 0) continue;
      this.causes.delete(key);
      return true;
    }
    return false;
  }

  private take(level: LogLevel, now: number): boolean {
    return this.ready() && this.budget(level).take(now);
  }

  private budget(level: LogLevel): LogBudget {
    let budget = this.budgets.get(level);
    if (budget === undefined) this.budgets.set(level, (budget = new LogBudget()));
    return budget;
  }
}

function mayBeTold({ told, held, spare, since }: Cause, times: number, now: number): boolean {
  return told && held === 0 && times === 1 && spare > 0 && now - since >= spareGap;
}

function leftOutLine(level: LogLevel, budget: LogBudget): LogLine {
  return [level, `${budget.takeLeftOut()} more of this urgency came in too many kinds to be told one by one`];
}

/** The line for what was held back, from which on it is held back anew. */
function summarised(cause: Cause, now: number): LogLine {
  const { level, text, told, held, since } = cause;
  const times = held === 1 ? 'once' : `${held} times`;
  const line =
    !told && held === 1 ? text : `${text} (${told ? 'again ' : ''}${times} ${inTheLast(now - since)})`;
  cause.window = cause.told ? Math.min(longestWindow, 2 * cause.window) : shortestWindow;
  cause.told = true;
  cause.held = 0;
  cause.since = now;
  return [level, line];
}

function inTheLast(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 60) return `in the last ${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes === 1 ? 'in the last minute' : `in the last ${minutes} minutes`;
}
