import { cpus } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import { atLeast, type BenchResult, median } from "../result";
import { BROWSER_FLAGS, type MeasuredPage, nameOf, type PagesWorld } from "./world";

const GOALS = { performance: 95, accessibility: 100, "best-practices": 100 };
const RUNS = 3;
/** The simulated phone is this machine slowed down fourfold, and with it whatever else is running here. */
const QUIET_SHARE = 0.7;
const PATIENCE_MS = 120_000;
type Category = keyof typeof GOALS;
const categories = Object.keys(GOALS) as Category[];

interface Graded {
  scores: Record<Category, number>;
  /** What kept a score below 100, for the note. */
  lost: Record<Category, string[]>;
  metrics: string;
}

/** Lighthouse on a slow phone, as it simulates one; each score is the median of three runs. */
export async function measureScores(world: PagesWorld, pages: MeasuredPage[]): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  for (const page of pages) {
    const runs: Graded[] = [];
    const idle = await waitForQuiet();
    for (let run = 0; run < RUNS; run++) runs.push(await grade(world, page));
    for (const category of categories) {
      const scores = runs.map((run) => run.scores[category]);
      const score = median(scores);
      const closest = runs.find((run) => run.scores[category] === score);
      const because =
        category === "performance"
          ? `${closest?.metrics}; ${Math.round(idle * 100)} % of the machine idle before`
          : closest?.lost[category].join(", ");
      results.push(
        atLeast(
          `Lighthouse ${category} of ${nameOf(page)} / ${GOALS[category]}`,
          score / GOALS[category],
          1,
          `${score} (${scores.join(", ")})${because ? `: ${because}` : ""}`,
        ),
      );
    }
  }
  return results;
}

/** Waits for a machine with little else to do, but not for ever; returns the idle share it found. */
async function waitForQuiet(): Promise<number> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const before = processorTimes();
    await sleep(2000);
    const after = processorTimes();
    const idle = (after.idle - before.idle) / Math.max(1, after.all - before.all);
    if (idle >= QUIET_SHARE || Date.now() > until) return idle;
  }
}

function processorTimes(): { idle: number; all: number } {
  const times = cpus().map((cpu) => cpu.times);
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  return {
    idle: sum(times.map((time) => time.idle)),
    all: sum(times.map((time) => sum(Object.values(time)))),
  };
}

/** A browser for each run: nothing of the run before it is warm. */
async function grade(world: PagesWorld, { path, cookie }: MeasuredPage): Promise<Graded> {
  const browser = await launch({
    chromePath: world.browserPath,
    chromeFlags: ["--headless=new", ...BROWSER_FLAGS],
    logLevel: "error",
  });
  try {
    const result = await lighthouse(world.appUrl + path, {
      port: browser.port,
      output: "json",
      logLevel: "error",
      onlyCategories: categories,
      ...(cookie ? { extraHeaders: { Cookie: cookie } } : {}),
    });
    const report = result?.lhr;
    if (!report || report.runtimeError) {
      throw new Error(`Lighthouse could not grade ${path}: ${report?.runtimeError?.message ?? "no report"}`);
    }
    if (new URL(report.finalDisplayedUrl).pathname !== path) {
      throw new Error(`${path} led to ${report.finalDisplayedUrl}.`);
    }
    const graded: Graded = {
      scores: { performance: 0, accessibility: 0, "best-practices": 0 },
      lost: { performance: [], accessibility: [], "best-practices": [] },
      metrics: [
        "first-contentful-paint",
        "largest-contentful-paint",
        "total-blocking-time",
        "cumulative-layout-shift",
      ]
        .map(
          (id) =>
            `${id.replace(/-|(?<=\b\w)\w+/g, "").toUpperCase()} ${report.audits[id]?.displayValue ?? "?"}`,
        )
        .join(", "),
    };
    for (const category of categories) {
      const found = report.categories[category];
      graded.scores[category] = Math.round((found?.score ?? 0) * 100);
      graded.lost[category] = (found?.auditRefs ?? [])
        .filter(({ id, weight }) => weight > 0 && (report.audits[id]?.score ?? 1) < 1)
        .map(({ id }) => id);
    }
    return graded;
  } finally {
    browser.kill();
  }
}
