import {
  expect,
  test as base,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from "@playwright/test";
import { appUrl, signIn, type SignedIn } from "./stack";

export { expect };

export const phone = { width: 375, height: 812 };
export const desktop = { width: 1280, height: 800 };

/** Opens a browser of its own for a person (an e-mail or a session), or for someone signed out. */
export type Open = (who: SignedIn | string | null, options?: BrowserContextOptions) => Promise<Page>;

const said = new WeakMap<Page, string[]>();

/**
 * Journeys say whose eyes they look through. Sessions come from the API, once a file: signing in by hand is proved in
 * the sign-in tests. A script error or a breach of the content policy fails any test, wherever it happens.
 */
export const test = base.extend<{ open: Open }>({
  open: async ({ browser }, provide) => {
    const contexts: BrowserContext[] = [];
    const pages: Page[] = [];
    await provide(async (who, options = {}) => {
      // What the page's worker passes on, no test can hold back or wait for: it works where the worker is the matter.
      const context = await browser.newContext({
        viewport: desktop,
        serviceWorkers: "block",
        ...options,
      });
      contexts.push(context);
      if (who) await context.addCookies(cookiesOf(typeof who === "string" ? await signIn(who) : who));
      context.on("page", (page) => {
        watch(page);
        waitsForLife(page);
        pages.push(page);
      });
      return context.newPage();
    });
    const broken = pages.flatMap((page) => problemsOf(page).filter((text) => !isAnswer(text)));
    for (const context of contexts) await context.close();
    expect(broken, "the console stays free of errors").toEqual([]);
  },
});

/** What the console of a page complained about so far, refused requests included. */
export function problemsOf(page: Page): string[] {
  return said.get(page) ?? [];
}

/** The browser also calls a refused request an error; journeys refuse on purpose. */
const isAnswer = (text: string) => /Failed to load resource|net::ERR_/.test(text);

export function watch(page: Page): void {
  const texts: string[] = [];
  said.set(page, texts);
  page.on("console", (message) => {
    if (message.type() === "error" || /content security policy/i.test(message.text()))
      texts.push(`${page.url()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => texts.push(`${page.url()}: ${error.message}`));
}

/** Keys and clicks that come before the script are lost: no person is that fast. `goto` and `reload` wait for it. */
function waitsForLife(page: Page): void {
  const alive = () =>
    page.waitForFunction(() => {
      const last =
        [...document.querySelectorAll("main a[href], main button, main input")].at(-1) ?? document.body;
      return Object.keys(last).some((key) => key.startsWith("__react"));
    });
  for (const name of ["goto", "reload"] as const) {
    const go = page[name].bind(page) as (...args: unknown[]) => ReturnType<Page["goto"]>;
    page[name] = async (...args: unknown[]) => {
      const answer = await go(...args);
      await alive();
      return answer;
    };
  }
}

export function cookiesOf(session: SignedIn) {
  return session.cookie.split("; ").map((pair) => {
    const at = pair.indexOf("=");
    return {
      name: pair.slice(0, at),
      value: pair.slice(at + 1),
      url: appUrl,
      httpOnly: true,
      sameSite: "Lax" as const,
    };
  });
}

/** Pixels by which a page is wider than its window. */
export async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => {
    const root = document.documentElement;
    return Math.max(root.scrollWidth, document.body.scrollWidth) - root.clientWidth;
  });
}
