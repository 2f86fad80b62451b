import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { chores, jobs } from "@/lib/registry/jobs";

const migrations = "supabase/migrations";

describe("the job registry", () => {
  it.each(Object.entries(jobs))("%s loads the job of that name", async (name, load) => {
    expect((await load()).id).toBe(name);
  });

  it("knows every job that SQL queues", () => {
    const queued = readdirSync(migrations)
      .map((file) => readFileSync(`${migrations}/${file}`, "utf8"))
      .flatMap((text) => [...text.matchAll(/private\.add_job\(\s*'([^']+)'/g)].map(([, name]) => name!));
    expect(queued.length).toBeGreaterThan(4);
    expect([...new Set(queued)].filter((name) => !(name in jobs))).toEqual([]);
  });

  it("has its chores", () => {
    expect(chores.length).toBeGreaterThan(0);
  });
});
