import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { defineJob, drainJobs, enqueue, type JobRegistry } from "@/lib/core/jobs/server";
import { jobsWorld, type JobsWorld } from "./world";

let world: JobsWorld;
let isMended: boolean;
const broken = defineJob({
  id: "test.broken",
  schema: z.object({ clientId: z.uuid() }),
  maxAttempts: 2,
  run: () => (isMended ? Promise.resolve() : Promise.reject(new Error("no luck"))),
});
const registry: JobRegistry = { "test.broken": () => Promise.resolve(broken) };

interface Dead {
  id: string;
  client_id: string;
  task: string;
  state: string;
  attempts: number;
  error: string;
  payload: unknown;
}
const dead = async () =>
  (await world.db.pool.query<Dead>("select * from public.core_dead_jobs order by died_at")).rows;
const retry = (userId: string, clientId: string, id: string) =>
  world.db.asUser(userId, (client) => client.query("select public.jobs_retry_job($1, $2)", [clientId, id]));
async function spend(): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    await drainJobs(registry, { seconds: 10 });
    await world.db.pool.query("update graphile_worker._private_jobs set run_at = now()");
  }
}

beforeAll(async () => {
  world = await jobsWorld();
});
beforeEach(async () => {
  isMended = false;
  await world.db.pool.query("delete from graphile_worker._private_jobs");
  await world.db.pool.query("delete from public.core_dead_jobs");
  await world.db.pool.query("delete from private.notification_requests");
});
afterAll(() => world.end());

describe("a job that spent its attempts", () => {
  it("is kept with its reason, leaves the queue, and is told to staff once a day", async () => {
    await enqueue(broken, { clientId: world.glow });
    await enqueue(broken, { clientId: world.glow });
    await spend();
    expect(await dead()).toHaveLength(2);
    expect((await dead())[0]).toMatchObject({
      client_id: world.glow,
      task: "test.broken",
      state: "dead",
      attempts: 2,
      error: "no luck",
      payload: { clientId: world.glow },
    });
    expect(await world.waiting("test.broken")).toBe(0);
    const told = await world.db.pool.query(
      "select type, permission, data from private.notification_requests",
    );
    expect(told.rows).toEqual([
      { type: "jobs.job-failed", permission: "jobs.log.read", data: { task: "test.broken" } },
    ]);
  });

  it("goes round again once, and not twice, when two people press at the same time", async () => {
    const [owner, admin] = [await world.person(world.glow, "owner"), await world.person(world.glow, "admin")];
    await enqueue(broken, { clientId: world.glow });
    await spend();
    const [{ id }] = (await dead()) as [Dead];
    const outcomes = await Promise.allSettled([
      retry(owner.userId, world.glow, id),
      retry(admin.userId, world.glow, id),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "ST003" } });
    expect(await world.waiting("test.broken")).toBe(1);
    isMended = true;
    expect(await drainJobs(registry, { seconds: 10 })).toMatchObject({ done: 1, failed: 0 });
    expect((await dead())[0]!.state).toBe("retried");
  });

  it("is nothing to people of another business, and closed to those without the permission", async () => {
    const [stranger, support] = [
      await world.person(world.tide, "owner"),
      await world.person(world.glow, "support"),
    ];
    await enqueue(broken, { clientId: world.glow });
    await spend();
    const [{ id }] = (await dead()) as [Dead];
    await expect(retry(stranger.userId, world.glow, id)).rejects.toMatchObject({ code: "TN001" });
    await expect(retry(stranger.userId, world.tide, id)).rejects.toMatchObject({ code: "TN001" });
    await expect(retry(support.userId, world.glow, id)).rejects.toMatchObject({ code: "PM001" });
    for (const { userId } of [stranger, support]) {
      const seen = await world.db.asUser(userId, (client) =>
        client.query("select id from public.core_dead_jobs"),
      );
      expect(seen.rows).toEqual([]);
    }
  });

  it("cannot be moved by hand, nor from retried back to dead", async () => {
    const owner = await world.person(world.glow, "owner");
    await enqueue(broken, { clientId: world.glow });
    await spend();
    const [{ id }] = (await dead()) as [Dead];
    await expect(
      world.db.asUser(owner.userId, (client) =>
        client.query("update public.core_dead_jobs set state = 'retried'"),
      ),
    ).rejects.toMatchObject({ code: "42501" });
    await retry(owner.userId, world.glow, id);
    await expect(
      world.db.pool.query("update public.core_dead_jobs set state = 'dead', retried_at = null"),
    ).rejects.toMatchObject({ code: "ST001" });
  });

  it("fails aloud when nobody knows its name, instead of waiting for ever", async () => {
    await world.db.pool.query(
      "select private.add_job('test.unheard-of', jsonb_build_object('clientId', $1::uuid), p_max_attempts => 1)",
      [world.glow],
    );
    await drainJobs(registry, { seconds: 10 });
    expect(await dead()).toMatchObject([
      { task: "test.unheard-of", error: 'No job is named "test.unheard-of".' },
    ]);
  });

  it("is not lost when the process died during its last attempt", async () => {
    await world.db.pool.query(
      "select private.add_job('test.broken', jsonb_build_object('clientId', $1::uuid), p_max_attempts => 1)",
      [world.glow],
    );
    await world.db.pool.query(
      "update graphile_worker._private_jobs set attempts = 1, locked_by = 'pool-of-the-dead', locked_at = now() - interval '1 minute'",
    );
    await drainJobs(registry, { seconds: 10 });
    expect(await dead()).toMatchObject([{ task: "test.broken", attempts: 1, error: null }]);
  });
});
