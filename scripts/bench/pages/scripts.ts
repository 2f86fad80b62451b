import puppeteer, { type Browser } from "puppeteer-core";
import { atMost, type BenchResult } from "../result";
import { BROWSER_FLAGS, type MeasuredPage, nameOf, type PagesWorld } from "./world";

const LIMIT_BYTES = 150 * 1024;

interface Download {
  url: string;
  bytes: number;
}

/** Every script byte a first visit takes over the wire, compressed, until the network is quiet. */
export async function measureScripts(world: PagesWorld, pages: MeasuredPage[]): Promise<BenchResult[]> {
  const browser = await puppeteer.launch({ executablePath: world.browserPath, args: BROWSER_FLAGS });
  try {
    const results: BenchResult[] = [];
    for (const page of pages) {
      const scripts = await downloadedScripts(browser, world.appUrl, page);
      const bytes = scripts.reduce((sum, script) => sum + script.bytes, 0);
      results.push(
        atMost(
          `first-load JS of ${nameOf(page)} / 150 KB`,
          bytes / LIMIT_BYTES,
          1,
          `${(bytes / 1024).toFixed(1)} KB (${bytes} bytes) gzipped in ${scripts.length} files`,
        ),
      );
    }
    return results;
  } finally {
    await browser.close();
  }
}

/** In a context of its own: nothing is cached, no worker answers. */
export async function downloadedScripts(
  browser: Browser,
  appUrl: string,
  { path, cookie }: MeasuredPage,
): Promise<Download[]> {
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    await page.setViewport({ width: 375, height: 812, isMobile: true, hasTouch: true });
    if (cookie) await page.setExtraHTTPHeaders({ cookie });
    const session = await page.createCDPSession();
    await session.send("Network.enable");
    const scripts = new Map<string, Download>();
    session.on("Network.responseReceived", ({ requestId, type, response }) => {
      const isScript = type === "Script" || response.mimeType.includes("javascript");
      if (!isScript) return;
      scripts.set(requestId, { url: response.url, bytes: 0 });
    });
    session.on("Network.dataReceived", ({ requestId, encodedDataLength }) => {
      const script = scripts.get(requestId);
      if (script) script.bytes += encodedDataLength;
    });
    const answer = await page.goto(appUrl + path, { waitUntil: "networkidle0", timeout: 60_000 });
    const landed = new URL(page.url()).pathname;
    if (answer?.status() !== 200 || landed !== path) {
      throw new Error(`${path} answered ${answer?.status()} and led to ${landed}.`);
    }
    return [...scripts.values()];
  } finally {
    await context.close();
  }
}
