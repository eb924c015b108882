import type { WifiNetwork } from '../../../model/wifi';
import type { Rect } from '../../../render/rect';
import { metrics } from '../../../render/theme';
import { spinnerStep } from '../../../render/widgets/spinner';
import { anyWifiText, wifiWords } from '../../../words/en/wifi';
import { buildBack, type Onward } from '../devices/back-frame';
import { addCentredText } from '../devices/centred-text';
import { buildWaiting } from '../devices/waiting-page';
import type { ViewBuilder } from '../view-builder';
import type { JoinAttempt, WifiDesk } from './wifi-desk';

/** What the page of one network needs. */
export interface WifiPage {
  readonly desk: WifiDesk;
  /** As it was seen last; `undefined` of a hidden one that is not joined. */
  readonly network: WifiNetwork | undefined;
  /** The latest joining of this network. */
  readonly attempt: JoinAttempt | undefined;
  readonly back: () => void;
  /** Joins, or asks for the password first. */
  readonly join: () => void;
  readonly otherPassword: () => void;
  readonly forget: () => void;
}

/** The page of one network: what it is and what can be done, how it is being joined, and what has come of that. */
export function buildWifiPage(builder: ViewBuilder, page: WifiPage): void {
  const { attempt } = page;
  if (attempt?.isRunning === true) return buildJoining(builder, page, attempt.name);
  const onward = onwardOf(page);
  buildBack(builder, page.back, onward);
  builder.panel(builder.frame.body);
  const buttons = buttonsOf(page);
  const { body, length, finger } = builder.frame;
  const high = Math.max(finger, length(64));
  const pad = length(16);
  const text: Rect = buttons.length === 0 ? body : { ...body, height: body.height - high - pad };
  const [title, sentence] = wordsOf(page);
  addCentredText(builder, text, title, sentence);
  const gap = length(metrics.gap);
  const width = Math.min(
    Math.max(length(260), 150),
    Math.floor((body.width - 2 * pad - (buttons.length - 1) * gap) / Math.max(1, buttons.length)),
  );
  const from = body.x + Math.round((body.width - buttons.length * width - (buttons.length - 1) * gap) / 2);
  buttons.forEach(({ name, label, act }, i) => {
    const place: Rect = {
      x: from + i * (width + gap),
      y: body.y + body.height - high - pad,
      width,
      height: high,
    };
    builder.button(
      name,
      place,
      () => ({ text: label, tone: 'quiet' }),
      {
        tap: () => {
          act();
          return undefined;
        },
      },
      { role: 'title' },
    );
  });
}

interface PageButton {
  readonly name: string;
  readonly label: string;
  readonly act: () => void;
}

function buttonsOf({ network, attempt, otherPassword, forget }: WifiPage): PageButton[] {
  if (network?.isKnown !== true) return [];
  // TRY AGAIN asks for it then.
  const isWrong = attempt?.report.code === 'wifi-wrong-password' || attempt?.report.code === 'wifi-refused';
  return [
    ...(network.security === 'password' && !isWrong && !network.isJoined
      ? [{ name: 'other password', label: wifiWords.otherPassword, act: otherPassword }]
      : []),
    { name: 'forget', label: wifiWords.forget, act: forget },
  ];
}

function onwardOf({ network, attempt, join }: WifiPage): Onward | undefined {
  const isJoined = network?.isJoined === true || attempt?.report.code === 'wifi-joined';
  if (isJoined || network?.security === 'other') return undefined;
  const label = attempt === undefined ? wifiWords.join : wifiWords.tryAgain;
  return { name: 'join', label: () => label, tone: () => 'strong', tap: join };
}

function wordsOf({ network, attempt, desk }: WifiPage): readonly [string, string] {
  const joined = desk.view?.joined;
  if (attempt !== undefined) {
    const text = `${anyWifiText(attempt.report)}.`;
    if (attempt.report.code === 'wifi-joined') return [wifiWords.joinedTitle(attempt.name), text];
    const { before, name, id } = attempt;
    const since =
      joined !== undefined && joined.id !== id
        ? wifiWords.backIn(joined.name)
        : before === ''
          ? ''
          : wifiWords.returning(before);
    return [wifiWords.failedTitle(name), since === '' ? text : `${text} ${since}`];
  }
  if (network === undefined) return [wifiWords.nothingTitle, ''];
  const { page, pageText } = wifiWords;
  if (network.isJoined) return [page.joined, pageText.joined(joined?.address ?? '')];
  if (network.isKnown) return [page.known, pageText.known];
  return [page[network.security], pageText[network.security]];
}

function buildJoining(builder: ViewBuilder, { desk, back }: WifiPage, name: string): void {
  buildBack(builder, back);
  let begun: number | undefined;
  const before = desk.attempt?.before ?? '';
  buildWaiting(
    builder,
    (around) => {
      begun ??= around?.now;
      const report = desk.attempt?.report;
      return {
        turn: Math.floor(((around?.now ?? 0) - (begun ?? 0)) / spinnerStep),
        text: report === undefined ? wifiWords.joining(name) : anyWifiText(report),
      };
    },
    before === '' ? '' : wifiWords.joiningHint,
  );
}
