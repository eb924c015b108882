import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type LaunchOptions,
  type Page,
} from 'playwright-core';
import { PNG } from 'pngjs';

/** What axe-core finds, as far as it is read here. */
interface Finding {
  readonly id: string;
  readonly impact: string;
  readonly help: string;
  readonly nodes: readonly { readonly target: readonly string[] }[];
}

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** Debian's browser, without a screen. As root it only runs without its sandbox; without the system's fonts it draws none. */
function launchOptions(): LaunchOptions & { env: Record<string, string | undefined> } {
  const env = { ...process.env };
  delete env['FONTCONFIG_FILE'];
  return { executablePath: '/usr/bin/chromium', args: ['--no-sandbox'], env };
}

export function openBrowser(): Promise<Browser> {
  return chromium.launch(launchOptions());
}

/** The same with a profile that is kept in a folder, as people have one: what is not a private window. */
export function openProfile(folder: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, launchOptions());
}

/** A telephone held upright, and lying. */
export const phone = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
};
export const lyingPhone = { ...phone, viewport: { width: 844, height: 390 } };

/** Somebody with a browser on the page, who notes whatever is not as it should be. */
export class WebVisitor {
  /** Errors on the console, mistakes of scripts, and what the content security policy has forbidden. */
  readonly complaints: string[] = [];
  /** Hosts that anything was asked of. */
  readonly hosts = new Set<string>();

  private constructor(
    readonly page: Page,
    private readonly context: BrowserContext,
    readonly address: string,
  ) {}

  static async come(
    browser: Browser,
    address: string,
    options: BrowserContextOptions = {},
  ): Promise<WebVisitor> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const visitor = new WebVisitor(page, context, address);
    page.on('console', (message) => {
      if (message.type() === 'error') visitor.complaints.push(message.text());
    });
    page.on('pageerror', (error) => visitor.complaints.push(error.message));
    page.on('request', (request) => visitor.hosts.add(new URL(request.url()).host));
    page.on('websocket', (socket) => visitor.hosts.add(new URL(socket.url()).host));
    await page.addInitScript(
      `document.addEventListener('securitypolicyviolation', (event) =>
        console.error('forbidden: ' + event.violatedDirective + ' ' + event.blockedURI))`,
    );
    return visitor;
  }

  async go(path: string): Promise<void> {
    await this.page.goto(this.address + path);
  }

  /** Waits until the live picture is there. */
  async connected(): Promise<void> {
    await this.page.locator('#screen[data-state="connected"]').waitFor({ timeout: 60_000 });
  }

  /** What the live screen shows, in the display's own pixels. */
  async picture(): Promise<PNG> {
    const url = await this.page.evaluate<string>(`document.querySelector('#screen canvas').toDataURL()`);
    return PNG.sync.read(Buffer.from(url.split(',')[1] ?? '', 'base64'));
  }

  /** Touches the display at a place in its own pixels, of 800x480. */
  async touch(x: number, y: number, finger = false): Promise<void> {
    const box = (await this.page.locator('#screen canvas').boundingBox())!;
    const [left, top] = [box.x + (x / 800) * box.width, box.y + (y / 480) * box.height];
    if (finger) await this.page.touchscreen.tap(left, top);
    else await this.page.mouse.click(left, top, { delay: 40 });
  }

  /** What axe-core has against the page. It takes a visitor that `bypassCSP` was given to. */
  async findings(): Promise<string[]> {
    await this.page.evaluate(axe);
    const found = await this.page.evaluate<Finding[]>(
      'axe.run(document).then(({ violations }) => violations)',
    );
    return found.map(
      ({ id, impact, help, nodes }) =>
        `${id} (${impact}): ${help}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    );
  }

  /** Keeps a picture of the page where PACKDIAL_SHOTS says, for people to look at. */
  async shot(name: string): Promise<void> {
    const folder = process.env['PACKDIAL_SHOTS'];
    if (folder === undefined) return;
    await this.page.evaluate('document.fonts.ready');
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: join(folder, `${name}.png`) });
  }

  close(): Promise<void> {
    return this.context.close();
  }
}
