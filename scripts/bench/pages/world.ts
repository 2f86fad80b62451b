import { ensureChromium } from "../../stack/browser";

export interface PagesWorld {
  appUrl: string;
  browserPath: string;
  /** The signed-in person's `Cookie` header. */
  cookie: string;
  /** The raffles that stand on one of the person's pages: their addresses hold ids of this day's demo data. */
  raffles(path: string): Promise<string[]>;
  close(): Promise<void>;
}

export interface MeasuredPage {
  path: string;
  cookie: string | null;
}

export const BROWSER_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The whole of Portico as the tests start it (production build, fresh demo data), on the addresses of the bench. */
export async function openPagesWorld(email: string): Promise<PagesWorld> {
  const browserPath = ensureChromium((text) => console.error(text));
  process.env.PORTICO_TEST_DIST ??= ".next-bench";
  // The app's database is made anew, and so cannot be the one that every server has.
  const base = new URL(
    process.env.PORTICO_TEST_DATABASE_URL ?? "postgres://postgres:postgres@127.0.0.1:56322",
  );
  base.pathname = "/pages";
  process.env.PORTICO_TEST_DATABASE_URL = base.href;
  // These read the addresses while they load.
  const { openTestStack } = await import("../../../tests/support/running-stack");
  const { appUrl, freshSignIn } = await import("../../../tests/support/stack");
  const close = await openTestStack((text) => console.error(text));
  try {
    const { cookie } = await freshSignIn(email);
    const raffles = async (path: string) => {
      const drawn = await fetch(appUrl + path, { headers: { cookie } });
      return [...new Set((await drawn.text()).match(/\/glow\/loyalty\/raffles\/[0-9a-f-]{36}/g))];
    };
    return { appUrl, browserPath, cookie, raffles, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The address as its name in the table of results. */
export const nameOf = (page: MeasuredPage): string => page.path.replace(/^\/glow/, "");
