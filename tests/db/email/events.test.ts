import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { jobsWorld, type JobsWorld } from "../jobs/world";

let world: JobsWorld;
let emailId: string;

beforeAll(async () => {
  world = await jobsWorld();
});
beforeEach(async () => {
  await world.db.pool.query("delete from public.core_email_suppressions");
  await world.db.pool.query("delete from public.core_emails");
  emailId = randomUUID();
  await world.db.pool.query(
    "select private.queue_email($1, $2, null, 'test.greeting', 'k', 'Maya@example.test', 'Hello', true, 'v1:x')",
    [world.glow, emailId],
  );
});
afterAll(() => world.end());

const sent = () =>
  world.db.pool.query("update public.core_emails set state = 'sent', sent_at = now(), provider_id = 'p-1'");
const state = async () => (await world.one<{ state: string }>("select state from public.core_emails")).state;
async function hear(
  kind: string,
  more: { id?: string; client?: string; provider?: string; isPermanent?: boolean } = {},
): Promise<string> {
  const { rows } = await world.db.asSystem((client) =>
    client.query<{ outcome: string }>(
      "select public.email_record_event($1, $2, $3, $4, $5, $6, now()) as outcome",
      [
        more.client ?? world.glow,
        emailId,
        more.provider ?? "p-1",
        more.id ?? randomUUID(),
        kind,
        more.isPermanent ?? true,
      ],
    ),
  );
  return rows[0]!.outcome;
}

describe("what the provider tells about a mail", () => {
  it("moves it forward", async () => {
    await sent();
    expect(await hear("delivered")).toBe("recorded");
    expect(await state()).toBe("delivered");
  });

  it("is heard before our own answer was written down", async () => {
    await hear("delivered");
    expect(await state()).toBe("delivered");
    const { rowCount } = await world.db.pool.query(
      "update public.core_emails set state = 'sent' where state = 'queued'",
    );
    expect(rowCount).toBe(0);
  });

  it("does not go back when older news comes late", async () => {
    await sent();
    await hear("bounced");
    await hear("delivered");
    await hear("sent");
    expect(await state()).toBe("bounced");
  });

  it("counts once, however often it is delivered", async () => {
    await sent();
    const id = randomUUID();
    expect(await hear("delivered", { id })).toBe("recorded");
    expect(await hear("delivered", { id })).toBe("repeated");
    expect((await world.db.pool.query("select from public.core_email_events")).rowCount).toBe(1);
  });

  it("blocks the address after one hard bounce or one complaint, not after a full mailbox", async () => {
    const blocked = async () =>
      (await world.db.pool.query("select address, reason from public.core_email_suppressions")).rows;
    await sent();
    await hear("bounced", { isPermanent: false });
    expect(await blocked()).toEqual([]);
    await hear("complained");
    expect(await blocked()).toEqual([{ address: "maya@example.test", reason: "complained" }]);
  });

  it("blocks it for the business that wrote, not for another", async () => {
    await sent();
    await hear("bounced");
    const asked = await world.db.pool.query(
      "select private.email_is_suppressed($1, 'maya@example.test') as glow, private.email_is_suppressed($2, 'maya@example.test') as tide",
      [world.glow, world.tide],
    );
    expect(asked.rows).toEqual([{ glow: true, tide: false }]);
  });

  it("is ignored for a mail of another business, another provider id or none of ours", async () => {
    await sent();
    expect(await hear("bounced", { client: world.tide })).toBe("unknown");
    expect(await hear("bounced", { provider: "p-2" })).toBe("unknown");
    emailId = randomUUID();
    expect(await hear("bounced")).toBe("unknown");
    expect(await state()).toBe("sent");
  });

  it("cannot be told by a person", async () => {
    const owner = await world.person(world.glow, "owner");
    const told = world.db.asUser(owner.userId, (client) =>
      client.query("select public.email_record_event($1, $2, 'p-1', 'e', 'bounced', true, now())", [
        world.glow,
        emailId,
      ]),
    );
    await expect(told).rejects.toMatchObject({ code: "42501" });
  });

  it("lets staff allow a bounced address again, and never one that complained", async () => {
    const owner = await world.person(world.glow, "owner");
    const allow = () =>
      world.db.asUser(owner.userId, (client) =>
        client.query(
          "select public.email_remove_suppression($1, (select id from public.core_email_suppressions where address = 'maya@example.test'))",
          [world.glow],
        ),
      );
    await sent();
    await hear("bounced");
    await allow();
    await hear("complained");
    await expect(allow()).rejects.toMatchObject({ code: "TN001" });
  });
});
