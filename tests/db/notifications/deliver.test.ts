import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { drainJobs } from "@/lib/core/jobs/server";
import { notify } from "@/lib/core/notifications/server";
import { jobs } from "@/lib/registry/jobs";
import { notificationTypes } from "@/lib/registry/notifications";
import { ownInbox } from "../email/inbox";
import { jobsWorld, type JobsWorld } from "../jobs/world";

let inbox: Awaited<ReturnType<typeof ownInbox>>;
let world: JobsWorld;
type Person = Awaited<ReturnType<JobsWorld["person"]>>;

const risen = (toTier = "Silver") => ({
  decisionId: randomUUID(),
  fromTier: "Bronze",
  toTier,
  isRise: true,
  commissionBp: 1250,
});
const told = async () =>
  (
    await world.db.pool.query<{ person_id: string; type: string }>(
      "select person_id, type from public.core_notifications order by created_at",
    )
  ).rows;
const drain = () => drainJobs(jobs, { seconds: 20 });
const tier = notificationTypes.get("loyalty.tier-changed")!;
const prefer = (person: Person, inApp: boolean, email: boolean, type = tier.id) =>
  world.db.asUser(person.userId, (client) =>
    client.query("select public.notifications_save_preference($1, $2, $3, $4)", [
      world.glow,
      type,
      inApp,
      email,
    ]),
  );

beforeAll(async () => {
  inbox = await ownInbox();
  world = await jobsWorld({ RESEND_BASE_URL: inbox.url });
});
beforeEach(async () => {
  await inbox.clear();
  for (const table of [
    "graphile_worker._private_jobs",
    "public.core_notifications",
    "private.notification_requests",
    "public.core_emails",
    "public.core_notification_preferences",
    "public.core_dead_jobs",
  ]) {
    await world.db.pool.query(`delete from ${table}`);
  }
});
afterAll(async () => {
  await world.end();
  await inbox.stop();
});

describe("telling people", () => {
  it("writes one row and one mail, however often and by however many it is asked at once", async () => {
    const creator = await world.person(world.glow, "creator");
    const data = risen();
    await Promise.all(
      Array.from({ length: 50 }, () =>
        world.db.pool.query("select private.notify($1, 'loyalty.tier-changed', array[$2::uuid], $3, $4)", [
          world.glow,
          creator.id,
          data,
          data.decisionId,
        ]),
      ),
    );
    await Promise.all([drain(), drain()]);
    expect(await told()).toEqual([{ person_id: creator.id, type: "loyalty.tier-changed" }]);
    const mails = await inbox.mails();
    expect(mails).toHaveLength(1);
    expect(mails[0]).toMatchObject({ to: [creator.email], subject: "You are now Silver at Glow Collective" });
    expect(mails[0]!.text).toContain("Commission: 12.5%");
    expect(mails[0]!.text).toContain("/glow/loyalty");
  });

  it("tells nobody when the change was rolled back", async () => {
    const creator = await world.person(world.glow, "creator");
    const client = await world.db.pool.connect();
    await client.query("begin");
    await client.query("select private.notify($1, 'loyalty.tier-changed', array[$2::uuid], $3, 'x')", [
      world.glow,
      creator.id,
      risen(),
    ]);
    await client.query("rollback");
    client.release();
    await drain();
    expect(await told()).toEqual([]);
  });

  it("tells everyone who holds a permission here, and nobody of another business", async () => {
    const [owner, manager] = [
      await world.person(world.glow, "owner"),
      await world.person(world.glow, "manager"),
    ];
    await world.person(world.glow, "creator");
    await world.person(world.tide, "owner");
    await world.db.pool.query(
      "select private.notify_permitted($1, 'loyalty.handle-claimed', 'loyalty.claims.decide', $2, 'claim:1')",
      [world.glow, { claimId: randomUUID(), handle: "@maya" }],
    );
    await drain();
    expect((await told()).map(({ person_id: id }) => id)).toEqual(
      expect.arrayContaining([owner.id, manager.id]),
    );
    const outside = await world.db.pool.query(
      "select from public.core_notifications n join public.people p on p.id = n.person_id where p.client_id <> $1",
      [world.glow],
    );
    expect(outside.rowCount).toBe(0);
  });

  it("does not reach a person of another business who is named by mistake", async () => {
    const stranger = await world.person(world.tide, "owner");
    await notify(world.glow, tier, { to: { people: [stranger.id] }, data: risen(), dedupeKey: "x" });
    await drain();
    expect(await told()).toEqual([]);
    expect(await inbox.mails()).toEqual([]);
  });

  it("respects what a person chose", async () => {
    const [quiet, noMail] = [
      await world.person(world.glow, "creator"),
      await world.person(world.glow, "creator"),
    ];
    await prefer(quiet, false, false);
    await prefer(noMail, true, false);
    await notify(world.glow, tier, { to: { people: [quiet.id, noMail.id] }, data: risen(), dedupeKey: "x" });
    await drain();
    expect(await told()).toEqual([{ person_id: noMail.id, type: tier.id }]);
    expect(await inbox.mails()).toEqual([]);
  });

  it("tells what protects an account whatever was chosen", async () => {
    const person = await world.person(world.glow, "creator");
    await prefer(person, false, false, "auth.password-changed");
    await notify(world.glow, notificationTypes.get("auth.password-changed")!, {
      to: { people: [person.id] },
      data: { changedAt: "2026-11-20T12:00:00Z" },
      dedupeKey: "x",
    });
    await drain();
    expect(await told()).toHaveLength(1);
    expect((await inbox.mails())[0]!.headers).toEqual({});
  });

  it("leaves out the deactivated, sends no news to those without a login, and nothing while the program is off", async () => {
    const [gone, noLogin, off] = [
      await world.person(world.glow, "creator"),
      await world.person(world.glow, "creator", { login: false }),
      await world.person(world.tide, "creator"),
    ];
    await world.db.pool.query(
      "update public.people set state = 'deactivated', deactivated_at = now() where id = $1",
      [gone.id],
    );
    await world.db.pool.query(
      "update public.client_programs set is_enabled = false where client_id = $1 and program = 'loyalty'",
      [world.tide],
    );
    await notify(world.glow, tier, { to: { people: [gone.id, noLogin.id] }, data: risen(), dedupeKey: "x" });
    await notify(world.tide, tier, { to: { people: [off.id] }, data: risen(), dedupeKey: "x" });
    await drain();
    expect(await told()).toEqual([{ person_id: noLogin.id, type: tier.id }]);
    expect(await inbox.mails()).toEqual([]);
  });

  it("writes to the address a login proved, and to the one on file only while that is unproved", async () => {
    const byLink = await world.person(world.glow, "creator", { email: null });
    const moved = await world.person(world.glow, "creator");
    const unproved = await world.person(world.glow, "creator");
    await world.db.pool.query(
      `update auth.users set email = 'new-' || email,
         email_confirmed_at = case when id = $2 then null else now() end where id = any ($1)`,
      [[byLink.userId, moved.userId, unproved.userId], unproved.userId],
    );
    const data = risen();
    await world.db.pool.query("select private.notify($1, 'loyalty.tier-changed', $2::uuid[], $3, $4)", [
      world.glow,
      [byLink.id, moved.id, unproved.id],
      data,
      data.decisionId,
    ]);
    await drain();
    const { rows } = await world.db.pool.query<{ email: string }>(
      "select email from auth.users where id = any ($1)",
      [[byLink.userId, moved.userId]],
    );
    expect((await inbox.mails()).flatMap(({ to }) => to).sort()).toEqual(
      [...rows.map(({ email }) => email), unproved.email].sort(),
    );
  });

  it("writes dates in the reader's own zone and locale", async () => {
    const person = await world.person(world.glow, "creator");
    await world.db.pool.query(
      "update public.people set time_zone = 'Africa/Lagos', locale = 'en-GB' where id = $1",
      [person.id],
    );
    await notify(world.glow, notificationTypes.get("auth.password-changed")!, {
      to: { people: [person.id] },
      data: { changedAt: "2026-11-20T23:30:00Z" },
      dedupeKey: "x",
    });
    await drain();
    expect((await inbox.mails())[0]!.text).toContain("21 Nov 2026, 00:30");
  });

  it("fails aloud for a type nobody knows or data that does not fit", async () => {
    await world.db.pool.query("select private.notify($1, 'loyalty.unheard-of', '{}', '{}', 'a')", [
      world.glow,
    ]);
    await world.db.pool.query(
      "select private.notify($1, 'loyalty.tier-changed', array[$2::uuid], '{}', 'b')",
      [world.glow, (await world.person(world.glow, "creator")).id],
    );
    expect(await drain()).toMatchObject({ done: 0, failed: 2 });
    expect(() => notificationTypes.get("loyalty.tier-changed")!.check({ toTier: 3 })).toThrow(/decisionId/);
  });
});

describe("the bell", () => {
  it("counts only the reader's own unread ones here, and empties when all are read", async () => {
    const [maya, noor] = [
      await world.person(world.glow, "creator"),
      await world.person(world.glow, "creator"),
    ];
    for (const key of ["a", "b", "c"])
      await notify(world.glow, tier, { to: { people: [maya.id, noor.id] }, data: risen(), dedupeKey: key });
    await drain();
    const unread = async (person: Person) =>
      (
        await world.db.asUser(person.userId, (client) =>
          client.query<{ context: { person: { unread: number } } }>(
            "select public.core_read_context('glow') as context",
          ),
        )
      ).rows[0]!.context.person.unread;
    const mark = async (person: Person, ids: string[] | null, until: string | null = null) =>
      (
        await world.db.asUser(person.userId, (client) =>
          client.query<{ n: number }>("select public.notifications_mark_read($1, $2, $3) as n", [
            world.glow,
            ids,
            until,
          ]),
        )
      ).rows[0]!.n;
    expect(await unread(maya)).toBe(3);
    const { rows } = await world.db.pool.query<{ id: string; person_id: string }>(
      "select id, person_id from public.core_notifications",
    );
    const [first] = rows.filter((row) => row.person_id === maya.id);
    expect(await mark(noor, [first!.id])).toBe(0);
    expect(await mark(maya, [first!.id])).toBe(1);
    expect(await unread(maya)).toBe(2);
    expect(await mark(maya, null, "2020-01-01T00:00:00Z")).toBe(0);
    expect(await mark(maya, null)).toBe(2);
    expect([await unread(maya), await unread(noor)]).toEqual([0, 3]);
  });

  it("cannot be filled, worded or emptied of others' by a person", async () => {
    const [maya, noor] = [
      await world.person(world.glow, "creator"),
      await world.person(world.glow, "creator"),
    ];
    await notify(world.glow, tier, { to: { people: [noor.id] }, data: risen(), dedupeKey: "x" });
    await drain();
    const as = (text: string, values: unknown[] = []) =>
      world.db.asUser(maya.userId, (client) => client.query(text, values));
    await expect(
      as(
        "insert into public.core_notifications (client_id, person_id, type, dedupe_key) values ($1, $2, 'a.b', 'x')",
        [world.glow, maya.id],
      ),
    ).rejects.toMatchObject({ code: "42501" });
    await expect(as("update public.core_notifications set data = '{}'")).rejects.toMatchObject({
      code: "42501",
    });
    await expect(
      as("select private.request_notification($1, 'a.b', '{}', null, '{}', 'x')", [world.glow]),
    ).rejects.toMatchObject({ code: "42501" });
    expect((await as("update public.core_notifications set read_at = now()")).rowCount).toBe(0);
    expect((await as("select id from public.core_notifications")).rowCount).toBe(0);
  });

  it("keeps preferences to their owner", async () => {
    const [maya, noor] = [
      await world.person(world.glow, "creator"),
      await world.person(world.glow, "creator"),
    ];
    await prefer(noor, false, false);
    const forged = world.db.asUser(maya.userId, (client) =>
      client.query(
        "insert into public.core_notification_preferences (client_id, person_id, type) values ($1, $2, 'a.b')",
        [world.glow, noor.id],
      ),
    );
    await expect(forged).rejects.toMatchObject({ code: "42501" });
    const changed = await world.db.asUser(maya.userId, (client) =>
      client.query("update public.core_notification_preferences set email = true"),
    );
    expect(changed.rowCount).toBe(0);
  });
});
