import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "./documents";

interface Cron {
  path: string;
  schedule: string;
}

const crons = (): Cron[] =>
  (JSON.parse(readFileSync(path.join(root, "vercel.json"), "utf8")) as { crons?: Cron[] }).crons ?? [];
const handlers = (): string[] =>
  globSync("app/api/cron/*/route.ts", { cwd: root })
    .map((file) => path.basename(path.dirname(file)))
    .sort();

/** What the schedule and the handlers do not agree on. */
export function disagreements(scheduled: Cron[], there: string[]): string[] {
  const names = scheduled.map((cron) => cron.path.replace("/api/cron/", ""));
  return [
    ...names.filter((name, at) => names.indexOf(name) !== at).map((name) => `${name}: scheduled twice`),
    ...names
      .filter((name) => !there.includes(name))
      .map((name) => `${name}: scheduled, but app/api/cron/${name} is not there`),
    ...there
      .filter((name) => !names.includes(name))
      .map((name) => `${name}: has a handler, and vercel.json never calls it`),
    ...scheduled
      .filter(({ path: at }) => !/^\/api\/cron\/[a-z-]+$/.test(at))
      .map(({ path: at }) => `${at}: is no cron path`),
    ...scheduled
      .filter(({ schedule }) => !/^(\S+ ){4}\S+$/.test(schedule))
      .map(({ path: at, schedule }) => `${at}: ${schedule} is no schedule`),
  ];
}

describe("crons", () => {
  it("in vercel.json are the handlers in app/api/cron", () => {
    expect(disagreements(crons(), handlers())).toEqual([]);
  });

  it("each answer under the name of their folder, and only to the scheduler", () => {
    for (const name of handlers()) {
      const source = readFileSync(path.join(root, "app/api/cron", name, "route.ts"), "utf8");
      expect(source).toContain(`export const GET = cron("${name}"`);
      expect(source).not.toMatch(/export (async )?(function|const) (POST|PUT|PATCH|DELETE)/);
    }
    expect(handlers().length).toBeGreaterThan(0);
  });

  it("run code that exists: every job a cron drains is in the registry", () => {
    expect(existsSync(path.join(root, "lib/registry/jobs.ts"))).toBe(true);
    const registry = readFileSync(path.join(root, "lib/registry/jobs.ts"), "utf8");
    const queued = globSync("supabase/migrations/*.sql", { cwd: root }).flatMap((file) =>
      [...readFileSync(path.join(root, file), "utf8").matchAll(/private\.add_job\(\s*'([^']+)'/g)].map(
        (match) => match[1] ?? "",
      ),
    );
    expect([...new Set(queued)].filter((name) => !registry.includes(`"${name}":`))).toEqual([]);
  });

  it("catches a handler nobody calls and a call nobody handles", () => {
    const scheduled = [{ path: "/api/cron/gone", schedule: "0 * * * *" }];
    expect(disagreements(scheduled, ["planted"])).toEqual([
      "gone: scheduled, but app/api/cron/gone is not there",
      "planted: has a handler, and vercel.json never calls it",
    ]);
  });
});
