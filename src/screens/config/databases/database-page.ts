import { metrics } from '../../../render/theme';
import { databaseText } from '../../../words/en';
import { databaseNames, databaseWords } from '../../../words/en/database-pages';
import { formatAge } from '../../format';
import { buildBack } from '../devices/back-frame';
import { buildInformation } from '../plain-pages';
import type { InformationLine } from '../service';
import type { ViewBuilder } from '../view-builder';
import type { DatabasesDesk } from './databases-desk';

/** What the page of one database shows and does. */
export interface DatabasePage {
  readonly desk: DatabasesDesk;
  readonly address: string;
  readonly isSaved: boolean;
  readonly tryIt: () => void;
  readonly change: () => void;
  readonly remove: () => void;
  readonly back: () => void;
}

/** One database: what it is and how it stands, and what can be done with it. */
export function buildDatabasePage(builder: ViewBuilder, page: DatabasePage): void {
  const { frame } = builder;
  const { body, length, touch } = frame;
  const gap = length(metrics.gap);
  const height = Math.max(touch, length(84));
  buildInformation(builder, () => facts(page), { ...body, height: body.height - height - gap });
  const can = page.desk.fixed === '';
  const buttons = [
    ['try', databaseWords.try, true, page.tryIt],
    ['change', databaseWords.change, can, page.change],
    ['remove', databaseWords.remove, can, page.remove],
  ] as const;
  const edge = (column: number): number =>
    body.x + Math.round(((body.width + gap) * column) / buttons.length);
  buttons.forEach(([name, text, isOn, act], i) => {
    const place = {
      x: edge(i),
      y: body.y + body.height - height,
      width: edge(i + 1) - edge(i) - gap,
      height,
    };
    const tap = (): undefined => {
      if (isOn) act();
    };
    builder.button(
      `database ${name}`,
      place,
      () => ({ text, tone: isOn ? 'quiet' : 'off' }),
      { tap },
      { role: 'title' },
    );
  });
  buildBack(builder, page.back);
}

function facts({ desk, address, isSaved }: DatabasePage): InformationLine[] {
  const { kind, place, user, encryption } = desk.shown(address);
  const live = isSaved ? desk.live(address) : undefined;
  const words = databaseWords;
  const lines = [
    { label: words.database, text: `${databaseNames[kind]} · ${place}` },
    { label: words.user, text: `${user === '' ? words.noUser : user} · ${words.encryptions[encryption]}` },
  ];
  if (live === undefined) {
    const why = desk.isOn ? words.unusedText : words.offText;
    return [...lines, { label: words.state, text: isSaved ? why : words.unsavedText }];
  }
  const { report, written, waiting, dropped, refused, lastTrouble } = live;
  const trouble = (): string => {
    if (lastTrouble === undefined) return words.noTrouble;
    const text = databaseText(lastTrouble.report);
    return lastTrouble.age === 0
      ? words.troubleNow(text)
      : words.troubleAgo(formatAge(lastTrouble.age), text);
  };
  return [
    ...lines,
    { label: words.state, text: `${databaseText(report)}.` },
    { label: words.counts, text: words.countsText(written, waiting) },
    dropped + refused > 0
      ? { label: words.lost, text: words.lostText(dropped, refused) }
      : { label: words.lastTrouble, text: trouble() },
  ];
}
