import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { defineJob, drainJobs, enqueue, startWorker, type JobRegistry } from "@/lib/core/jobs/server";
import { jobsWorld, type JobsWorld } from "./world";

const schema = z.object({ clientId: z.uuid(), n: z.number().optional() });
let world: JobsWorld;
let ran: number[];
const count = defineJob({
  id: "test.count",
  schema,
  async run({ n = 0 }) {
    ran.push(n);
    await Promise.resolve();
  },
});
const slow = defineJob({
  id: "test.slow",
  schema,
  async run({ n = 0 }, { signal }) {
    ran.push(n);
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(resolve, 60_000);
      signal.addEventListener("abort", () => {
        clearTimeout(timer);
        reject(new Error("out of time"));
      });
    });
  },
});
const broken = defineJob({ id: "test.broken", schema, run: () => Promise.reject(new Error("no luck")) });
const registry: JobRegistry = {
  "test.count": () => Promise.resolve(count),
  "test.slow": () => Promise.resolve(slow),
  "test.broken": () => Promise.resolve(broken),
};

beforeAll(async () => {
  world = await jobsWorld();
});
beforeEach(async () => {
  ran = [];
  await world.db.pool.query("delete from graphile_worker._private_jobs");
  await world.db.pool.query("delete from public.core_dead_jobs");
});
afterAll(() => world.end());

describe("draining the queue", () => {
  it("runs what SQL queued in a transaction, and nothing of a transaction that was rolled back", async () => {
    const client = await world.db.pool.connect();
    await client.query("begin");
    await client.query(
      "select private.add_job('test.count', jsonb_build_object('clientId', $1::uuid, 'n', 1))",
      [world.glow],
    );
    await client.query("rollback");
    await client.query("begin");
    await client.query(
      "select private.add_job('test.count', jsonb_build_object('clientId', $1::uuid, 'n', 2))",
      [world.glow],
    );
    await client.query("commit");
    client.release();
    expect(await drainJobs(registry, { seconds: 20 })).toMatchObject({ done: 1, failed: 0 });
    expect(ran).toEqual([2]);
  });

  it("runs each job once when several drains overlap", async () => {
    for (let n = 0; n < 60; n += 1) await enqueue(count, { clientId: world.glow, n });
    const drains = await Promise.all([1, 2, 3].map(() => drainJobs(registry, { seconds: 20 })));
    expect(drains.reduce((sum, { done }) => sum + done, 0)).toBe(60);
    expect([...ran].sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, n) => n));
  });

  it("comes back in time, aborts what is running and leaves it for the next try", async () => {
    await enqueue(slow, { clientId: world.glow });
    const startedAt = performance.now();
    const result = await drainJobs(registry, { seconds: 1 });
    expect(performance.now() - startedAt).toBeLessThan(8_000);
    expect(result.failed).toBe(1);
    const job = await world.one<{ attempts: number; locked_at: Date | null; last_error: string }>(
      "select attempts, locked_at, last_error from graphile_worker.jobs",
    );
    expect(job).toMatchObject({ attempts: 1, locked_at: null, last_error: "out of time" });
  });

  it("waits longer before each further try", async () => {
    await enqueue(broken, { clientId: world.glow });
    const waits: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      await drainJobs(registry, { seconds: 10 });
      const { wait } = await world.one<{ wait: number }>(
        "select extract(epoch from run_at - now())::float8 as wait from graphile_worker.jobs",
      );
      waits.push(wait);
      await world.db.pool.query("update graphile_worker._private_jobs set run_at = now()");
    }
    expect(waits[1]).toBeGreaterThan(waits[0]!);
    expect(waits[2]).toBeGreaterThan(waits[1]!);
  });

  it("keeps one waiting job for a key, with the newest payload", async () => {
    await enqueue(count, { clientId: world.glow, n: 1 }, { key: "only" });
    await enqueue(count, { clientId: world.glow, n: 2 }, { key: "only" });
    await drainJobs(registry, { seconds: 20 });
    expect(ran).toEqual([2]);
  });

  it("refuses a payload that does not fit, naming the field and not the value", async () => {
    await expect(enqueue(count, { clientId: "nobody" })).rejects.toThrow(/clientId/);
    await world.db.pool.query(
      "select private.add_job('test.count', jsonb_build_object('clientId', $1::uuid, 'n', 'secret'))",
      [world.glow],
    );
    await drainJobs(registry, { seconds: 10 });
    const { last_error: error } = await world.one<{ last_error: string }>(
      "select last_error from graphile_worker.jobs",
    );
    expect(error).toBe("test.count: the payload is not valid at n");
  });
});

describe("a worker that dies", () => {
  it("has its jobs taken back at once, and a living worker keeps its own", async () => {
    const worker = await startWorker(registry, { graceMs: 100 });
    onTestFinished(() => worker.stop());
    await enqueue(slow, { clientId: world.glow, n: 7 });
    await expect.poll(() => ran, { timeout: 10_000 }).toEqual([7]);
    await enqueue(count, { clientId: world.glow, n: 8 });
    // As kill -9 leaves it: locked by a pool that no connection stands for any more.
    await world.db.pool.query(
      "update graphile_worker._private_jobs set locked_at = now() - interval '1 minute' where locked_at is not null",
    );
    await world.db.pool.query(
      `insert into graphile_worker._private_jobs (task_id, payload, locked_at, locked_by, attempts)
       select id, json_build_object('clientId', $1::uuid, 'n', 9), now() - interval '1 minute', 'pool-of-the-dead', 1
       from graphile_worker._private_tasks where identifier = 'test.count'`,
      [world.glow],
    );
    const { rows } = await world.db.pool.query("select private.release_dead_workers() as n");
    expect(rows[0]).toEqual({ n: 1 });
    const slowJob = await world.one<{ locked_at: Date | null }>(
      "select locked_at from graphile_worker.jobs where task_identifier = 'test.slow'",
    );
    expect(slowJob.locked_at).not.toBeNull();
    await expect.poll(() => [...ran].sort(), { timeout: 10_000 }).toEqual([7, 8, 9]);
    await worker.stop();
    const left = await world.db.pool.query("select task_identifier, locked_at from graphile_worker.jobs");
    expect(left.rows).toEqual([{ task_identifier: "test.slow", locked_at: null }]);
  });
});
