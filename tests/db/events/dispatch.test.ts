import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { defineEventHandler, deliverEventJob, dispatchEventJob, purgeEvents } from "@/lib/core/events/server";
import { drainJobs, type JobRegistry } from "@/lib/core/jobs/server";
import { chores, jobs } from "@/lib/registry/jobs";
import { jobsWorld, type JobsWorld } from "../jobs/world";

let world: JobsWorld;
let calls: string[];
let isBroken: boolean;
const schema = z.object({ personId: z.string() });
const handlers = [
  defineEventHandler({
    id: "test.first",
    event: "test.happened",
    schema,
    handle: ({ personId }) => {
      calls.push(`first ${personId}`);
      return Promise.resolve();
    },
  }),
  defineEventHandler({
    id: "test.second",
    event: "test.happened",
    schema,
    async handle({ personId }, { db, clientId }) {
      calls.push(`second ${personId}`);
      await db.query("update public.clients set name = 'Changed by a handler' where id = $1", [clientId]);
      if (isBroken) throw new Error("no luck");
    },
  }),
];
const deliver = deliverEventJob(handlers);
const dispatch = dispatchEventJob(handlers, deliver);
const registry: JobRegistry = {
  "events.dispatch-event": () => Promise.resolve(dispatch),
  "events.deliver-event": () => Promise.resolve(deliver),
};
const emit = (name = "test.happened") =>
  world.db.pool.query('select private.emit_event($1, $2, \'{"personId": "p"}\')', [world.glow, name]);
const deliveries = async () =>
  (await world.db.pool.query("select handler, state from public.core_event_deliveries order by handler"))
    .rows as { handler: string; state: string }[];
const drain = async () => {
  await drainJobs(registry, { seconds: 10 });
  await world.db.pool.query("update graphile_worker._private_jobs set run_at = now()");
};

beforeAll(async () => {
  world = await jobsWorld();
});
beforeEach(async () => {
  calls = [];
  isBroken = false;
  await world.db.pool.query("delete from graphile_worker._private_jobs");
  await world.db.pool.query("delete from public.core_events");
  await world.db.pool.query("update public.clients set name = 'Glow Collective' where id = $1", [world.glow]);
});
afterAll(() => world.end());

describe("the outbox", () => {
  it("hands an event to each of its handlers once", async () => {
    await emit();
    await Promise.all([drain(), drain()]);
    expect([...calls].sort()).toEqual(["first p", "second p"]);
    expect(await deliveries()).toEqual([
      { handler: "test.first", state: "done" },
      { handler: "test.second", state: "done" },
    ]);
  });

  it("repeats only the handler that failed, and keeps nothing of its failed try", async () => {
    isBroken = true;
    await emit();
    await drain();
    expect(await deliveries()).toMatchObject([{ state: "done" }, { state: "pending" }]);
    expect(
      (await world.one<{ name: string }>("select name from public.clients where id = $1", [world.glow])).name,
    ).toBe("Glow Collective");
    isBroken = false;
    await drain();
    expect(calls).toHaveLength(3);
    expect(calls.filter((call) => call.startsWith("first"))).toHaveLength(1);
    expect(
      (await world.one<{ name: string }>("select name from public.clients where id = $1", [world.glow])).name,
    ).toBe("Changed by a handler");
  });

  it("does nothing when the dispatch is repeated after everything was delivered", async () => {
    await emit();
    await drain();
    const { id } = await world.one<{ id: string }>("select id from public.core_events");
    await world.db.pool.query(
      "select private.add_job('events.dispatch-event', jsonb_build_object('clientId', $1::uuid, 'eventId', $2::uuid))",
      [world.glow, id],
    );
    await drain();
    expect(calls).toHaveLength(2);
  });

  it("runs a handler once when two workers reach for it", async () => {
    await emit();
    await drain();
    const { id } = await world.one<{ id: string }>("select id from public.core_events");
    await world.db.pool.query("alter table public.core_event_deliveries disable trigger user");
    await world.db.pool.query(
      "update public.core_event_deliveries set state = 'pending', done_at = null where handler = 'test.first'",
    );
    await world.db.pool.query("alter table public.core_event_deliveries enable trigger user");
    for (let n = 0; n < 4; n += 1) {
      await world.db.pool.query(
        "select private.add_job('events.deliver-event', jsonb_build_object('clientId', $1::uuid, 'eventId', $2::uuid, 'handler', 'test.first'))",
        [world.glow, id],
      );
    }
    await Promise.all([drain(), drain()]);
    expect(calls.filter((call) => call.startsWith("first"))).toHaveLength(2);
  });

  it("is content with an event nobody listens to", async () => {
    await emit("test.unheard");
    await drain();
    expect(await deliveries()).toEqual([]);
    expect(await world.waiting("events.dispatch-event")).toBe(0);
  });
});

describe("what was told long ago", () => {
  const age = (days: number) =>
    world.db.pool.query("update public.core_events set created_at = now() - make_interval(days => $1)", [
      days,
    ]);
  const purge = async () => (await world.one<{ n: number }>("select private.purge_events() as n")).n;

  it("is kept for 90 days and then forgotten together with its deliveries", async () => {
    await emit();
    await emit("test.unheard");
    await drain();
    await age(89);
    expect(await purge()).toBe(0);
    await age(91);
    expect(await purge()).toBe(2);
    expect(await deliveries()).toEqual([]);
  });

  it("stays as long as a handler has not come back", async () => {
    isBroken = true;
    await emit();
    await drain();
    await age(400);
    expect(await purge()).toBe(0);
    isBroken = false;
    await drain();
    expect(await deliveries()).toEqual([
      { handler: "test.first", state: "done" },
      { handler: "test.second", state: "done" },
    ]);
    expect(await purge()).toBe(1);
  });

  it("is swept by the upkeep of jobs", () => {
    expect(chores).toContain(purgeEvents);
  });
});

describe("an accepted invitation", () => {
  it("is told to whoever sent it, and to nobody when the sender has left", async () => {
    const owner = await world.person(world.glow, "owner", { name: "Vera Stein" });
    const noor = await world.person(world.glow, "creator", { name: "Noor Haddad" });
    const real: JobRegistry = {
      "events.dispatch-event": jobs["events.dispatch-event"]!,
      "events.deliver-event": jobs["events.deliver-event"]!,
    };
    const joined = async () => {
      await world.db.pool.query(
        `select private.emit_event($1, 'people.joined', jsonb_build_object('personId', $2::uuid))`,
        [world.glow, noor.id],
      );
      await drainJobs(real, { seconds: 10 });
    };
    const told = async () =>
      (
        await world.db.pool.query(
          "select people, data from private.notification_requests where type = 'people.joined'",
        )
      ).rows as unknown[];
    await joined();
    expect(await told()).toEqual([]);
    await world.db.pool.query(
      `insert into public.invitations (client_id, person_id, role_id, state, expires_at, accepted_at, invited_by)
       values ($1, $2, 'creator', 'pending', now() + interval '1 day', null, $3)`,
      [world.glow, noor.id, owner.userId],
    );
    await world.db.pool.query(
      "update public.invitations set state = 'accepted', accepted_at = now() where person_id = $1",
      [noor.id],
    );
    await joined();
    const once = [{ people: [owner.id], data: { personId: noor.id, name: "Noor Haddad" } }];
    expect(await told()).toEqual(once);
    await world.db.pool.query(
      "update public.people set state = 'deactivated', deactivated_at = now() where id = $1",
      [owner.id],
    );
    await joined();
    expect(await told()).toEqual(once);
  });
});
