import type { Surroundings } from '../screen';
import type { Dialog } from './dialog';
import type { FieldDraft } from './draft';
import type { TextField } from './field';
import { rowGrid } from './frame';
import { buildIndex } from './index-page';
import type { ConfigPage } from './pages';
import { buildInformation, buildNothing } from './plain-pages';
import { buildRow } from './rows';
import type { InformationLine } from './service';
import { buildService, buildTouchPage } from './service-page';
import type { SubPages } from './sub-pages';
import type { ViewBuilder } from './view-builder';

/** What the bodies of pages need of the screen that they stand on. */
export interface PageOwner {
  readonly lists: SubPages;
  open(pageId: string): void;
  edit(field: TextField, into: FieldDraft): void;
  ask(dialog: Dialog): void;
  information(surroundings?: Surroundings): readonly InformationLine[];
}

/** Builds what stands between the header and the footer of a page. */
export function buildPageBody(builder: ViewBuilder, page: ConfigPage, owner: PageOwner): void {
  switch (page.kind) {
    case 'index':
      return buildIndex(builder, page.rows, (id) => owner.open(id));
    case 'nothing':
      return buildNothing(builder, page.heading, page.text);
    case 'fields': {
      const grid = rowGrid(builder.frame);
      page.fields.forEach((field, i) =>
        buildRow(builder, grid.row(i), field, page.draft, (edited, draft) => owner.edit(edited, draft)),
      );
      return;
    }
    case 'devices':
      owner.lists.devices?.buildList(builder, page.from, page.to);
      return;
    case 'wifi':
      owner.lists.wifi?.buildList(builder);
      return;
    case 'databases':
      owner.lists.databases?.buildList(builder, page.field, page.draft);
      return;
    case 'information':
      return buildInformation(builder, (around) => owner.information(around).slice(page.from, page.to));
    case 'touch':
      return buildTouchPage(builder, page.calibrate);
    case 'service':
      return buildService(builder, page, (dialog) => owner.ask(dialog));
  }
}
