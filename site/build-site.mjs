// Renders the README and the pages of docs/ as a site of static files, which any web server can serve, or a browser opens as it is:
//
//   node site/build-site.mjs [FOLDER]    FOLDER: where it goes, dist-site by default; what was there goes
//
// The README is index.html, and every other page keeps its place and name. What a page shows or links to comes along.
import {
  existsSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Marked } from 'marked';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const out = process.argv[2] ?? join(root, 'dist-site');
const template = readFileSync(join(root, 'site/template.html'), 'utf8');

/** Pages of the menu, in its order: for owners, then for programmers. */
const menu = {
  en: [
    ['README.md', 'packdial'],
    ['docs/start.md', 'Which way is yours?'],
    ['docs/boards.md', 'Boards and panels'],
    ['docs/wiring.md', 'Wiring'],
    ['docs/raspberry-pi.md', 'Installing'],
    ['docs/using.md', 'Using the display'],
    ['docs/devices.md', 'Devices'],
    ['docs/trouble.md', 'Trouble'],
    ['docs/updates.md', 'Updates'],
    ['CHANGELOG.md', 'Changes'],
  ],
  ja: [
    ['docs/ja/start.md', 'はじめに'],
    ['docs/ja/boards.md', 'ボードとパネル'],
    ['docs/ja/wiring.md', '配線'],
    ['docs/ja/raspberry-pi.md', 'インストール'],
    ['docs/ja/using.md', 'ディスプレイの使い方'],
    ['docs/ja/devices.md', '機器'],
    ['docs/ja/trouble.md', '困ったとき'],
  ],
};

/** Where a page of the repository is on the site. */
function placeOf(page) {
  return page === 'README.md' ? 'index.html' : page.replace(/\.md$/, '.html');
}

/** The way from one page to a place of the site. */
function way(page, place) {
  return posix.relative(posix.dirname(placeOf(page)), place);
}

/** The anchors that forges give headings, each once on a page. */
function anchors() {
  const given = new Set();
  return (text) => {
    const slug = text
      .toLowerCase()
      .replaceAll(/<[^>]*>|[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-');
    let unique = slug;
    for (let n = 1; given.has(unique); n++) unique = `${slug}-${n}`;
    given.add(unique);
    return unique;
  };
}

const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text) => text.replaceAll(/[&<>"]/g, (one) => escapes[one]);

/** Pages and files that are wanted; those that links lead to are added while others are rendered. */
const wanted = new Set([
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...['docs', 'docs/ja'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${folder}/${name}`),
  ),
]);

/** The address on the site of what a page links to. */
function target(page, href) {
  if (/^[a-z]+:|^#/.test(href)) return href;
  const [path, anchor] = href.split('#');
  const file = posix.normalize(posix.join(posix.dirname(page), path));
  if (!existsSync(join(root, file))) throw new Error(`${page} links to ${href}, which is not there`);
  // Of a folder its README is shown, as forges do.
  const shown = statSync(join(root, file)).isDirectory() ? posix.join(file, 'README.md') : file;
  wanted.add(shown);
  return encodeURI(way(page, placeOf(shown))) + (anchor === undefined ? '' : `#${anchor}`);
}

/** Markdown of one line as its letters alone. */
const plain = (text) => text.replaceAll(/[`*]|\[([^\]]*)\]\([^)]*\)/g, '$1');

/** The page as HTML, without its frame. */
function render(page, source) {
  const anchor = anchors();
  // Two tables of a page with one name are told apart by a number.
  const tables = new Map();
  const unique = (name) => {
    tables.set(name, (tables.get(name) ?? 0) + 1);
    return tables.get(name) > 1 ? `${name} ${tables.get(name)}` : name;
  };
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth, text }) {
        return `<h${depth} id="${anchor(plain(text))}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      link({ href, tokens }) {
        return `<a href="${escaped(target(page, href))}">${this.parser.parseInline(tokens)}</a>`;
      },
      image({ href, text: alternative }) {
        return `<img src="${escaped(target(page, href))}" alt="${escaped(alternative)}" loading="lazy">`;
      },
      // What is wider than a phone is moved sideways in a frame of its own, by keyboard too.
      code({ text: code }) {
        return `<pre tabindex="0"><code>${escaped(code)}\n</code></pre>\n`;
      },
      table({ header, rows }) {
        const cells = (row, tag) =>
          row.map((cell) => `<${tag}>${this.parser.parseInline(cell.tokens)}</${tag}>`).join('');
        // A table of pictures has one in its head, which is no heading then.
        const isNamed = header.some(({ text: name }) => name !== '' && !name.startsWith('!['));
        const head = `<tr>${cells(header, isNamed ? 'th' : 'td')}</tr>\n`;
        const body = rows.map((row) => `<tr>${cells(row, 'td')}</tr>\n`).join('');
        const named = header
          .map(({ text: name }) => (name.startsWith('![') ? '' : plain(name)))
          .filter((name) => name !== '');
        return `<div class="table" tabindex="0" role="region" aria-label="${escaped(unique(named.join(', ') || 'pictures'))}"><table>${head}${body}</table></div>\n`;
      },
    },
  });
  return marked.parse(source);
}

function frame(page, body) {
  const language = page.startsWith('docs/ja/') ? 'ja' : 'en';
  const [, title = 'packdial'] = /<h1[^>]*>([\s\S]*?)<\/h1>/.exec(body) ?? [];
  const items = menu[language].map(([one, name]) => {
    const current = one === page ? ' aria-current="page"' : '';
    return `<li><a href="${way(page, placeOf(one))}"${current}>${name}</a></li>`;
  });
  const other = language === 'ja' ? ['README.md', 'English', 'en'] : ['docs/ja/start.md', '日本語', 'ja'];
  items.push(`<li><a href="${way(page, placeOf(other[0]))}" lang="${other[2]}">${other[1]}</a></li>`);
  const parts = {
    language,
    title: title.replaceAll(/<[^>]*>/g, ''),
    style: way(page, 'style.css'),
    menu: items.join('\n'),
    menuName: language === 'ja' ? 'ページ' : 'Pages',
    body,
  };
  return template.replaceAll(/\{(\w+)\}/g, (whole, name) => parts[name] ?? whole);
}

function write(place, text) {
  mkdirSync(dirname(join(out, place)), { recursive: true });
  writeFileSync(join(out, place), text);
}

rmSync(out, { recursive: true, force: true });
// A set that grows while it is walked through is walked to its end.
for (const file of wanted) {
  if (file.endsWith('.md')) {
    write(
      placeOf(file),
      frame(file, render(file, readFileSync(join(root, file), 'utf8').replace(/^---\n[\s\S]*?\n---\n/, ''))),
    );
  } else {
    mkdirSync(dirname(join(out, file)), { recursive: true });
    copyFileSync(join(root, file), join(out, file));
  }
}
copyFileSync(join(root, 'site/style.css'), join(out, 'style.css'));
for (const weight of ['Medium', 'SemiBold']) {
  const font = `BarlowSemiCondensed-${weight}.ttf`;
  copyFileSync(join(root, 'fonts', font), join(out, font));
}
process.stdout.write(
  `packdial: ${wanted.size} pages and files in ${relative(process.cwd(), out) || '.'}; open ${join(out, 'index.html')}\n`,
);
