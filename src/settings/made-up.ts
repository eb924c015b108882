import type { Settings } from './settings';

/**
 * How the values come about that no battery has had, by simulation or by playing a log; `undefined` when they are real. A
 * receiver's are, whatever source is set beside it. What is made up is kept apart from what has happened.
 */
export function madeUp({
  mqtt,
  source,
}: Pick<Settings, 'mqtt' | 'source'>): 'simulate' | 'replay' | undefined {
  if (mqtt === 'receiver') return undefined;
  return source === 'simulate' || source === 'replay' ? source : undefined;
}
