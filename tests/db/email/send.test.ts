import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { queueEmail, type QueueEmail } from "@/lib/core/email/server";
import { drainJobs } from "@/lib/core/jobs/server";
import { withClientSql } from "@/lib/db/direct";
import { jobs } from "@/lib/registry/jobs";
import { jobsWorld, type JobsWorld } from "../jobs/world";
import { ownInbox } from "./inbox";

let inbox: Awaited<ReturnType<typeof ownInbox>>;
let world: JobsWorld;

interface Row {
  id: string;
  state: string;
  attempts: number;
  sends: number;
  error_code: string | null;
  provider_id: string | null;
}
const mail = (more: Partial<QueueEmail> = {}): QueueEmail => ({
  client: { id: world.glow, name: "Glow Collective", brandColor: "#b3265f" },
  personId: null,
  to: "maya@example.test",
  locale: "en-US",
  type: "test.greeting",
  dedupeKey: "greeting:1",
  content: {
    subject: "Good news",
    preview: "A short one",
    title: "Good news",
    paragraphs: ["You are Silver."],
  },
  unsubscribeUrl: null,
  ...more,
});
const queue = (more: Partial<QueueEmail> = {}) =>
  withClientSql(world.glow, (db) => queueEmail(db, mail(more)));
const rows = async () =>
  (await world.db.pool.query<Row>("select * from public.core_emails order by created_at")).rows;
const drain = async () => {
  await drainJobs(jobs, { seconds: 20 });
  await world.db.pool.query("update graphile_worker._private_jobs set run_at = now()");
};

beforeAll(async () => {
  inbox = await ownInbox();
  world = await jobsWorld({ RESEND_BASE_URL: inbox.url });
});
beforeEach(async () => {
  await inbox.clear();
  await world.db.pool.query("delete from graphile_worker._private_jobs");
  await world.db.pool.query("delete from public.core_email_suppressions");
  await world.db.pool.query("delete from public.core_emails");
});
afterAll(async () => {
  await world.end();
  await inbox.stop();
});

describe("sending a mail", () => {
  it("sends one, under the business's name, with a text twin, and remembers the provider's id", async () => {
    await queue();
    await drain();
    const [sent] = await inbox.mails();
    expect(sent).toMatchObject({
      to: ["maya@example.test"],
      subject: "Good news",
      from: '"Glow Collective" <hello@portico.test>',
    });
    expect(sent!.text).toContain("You are Silver.");
    expect(sent!.html).toContain("You are Silver.");
    expect(await rows()).toMatchObject([
      { state: "sent", attempts: 1, provider_id: sent!.id, error_code: null },
    ]);
  });

  it("sends one when fifty write the same at once", async () => {
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => queue()));
    expect(outcomes.filter(Boolean)).toHaveLength(1);
    await drain();
    expect(await inbox.mails()).toHaveLength(1);
  });

  it("sends nothing of a change that was rolled back", async () => {
    await withClientSql(world.glow, async (db) => {
      await queueEmail(db, mail());
      throw new Error("changed my mind");
    }).catch(() => undefined);
    await drain();
    expect(await inbox.mails()).toEqual([]);
  });

  it("tries again while the provider is busy or broken, and the reader gets one mail", async () => {
    await queue();
    await inbox.failNext(429);
    await drain();
    await inbox.failNext(500);
    await drain();
    expect(await rows()).toMatchObject([{ state: "queued", attempts: 2 }]);
    await drain();
    expect(await rows()).toMatchObject([{ state: "sent", attempts: 3 }]);
    expect(await inbox.mails()).toHaveLength(1);
  });

  it("does not send twice when the process died after the provider took the mail", async () => {
    await queue();
    await drain();
    // As a crash leaves it: sent by the provider, not written down by us.
    const [row] = await rows();
    await world.db.pool.query("alter table public.core_emails disable trigger user");
    await world.db.pool.query(
      "update public.core_emails set state = 'queued', sent_at = null, provider_id = null",
    );
    await world.db.pool.query("alter table public.core_emails enable trigger user");
    await world.db.pool.query(
      "select private.add_job('email.send', jsonb_build_object('clientId', $1::uuid, 'emailId', $2::uuid))",
      [world.glow, row!.id],
    );
    await drain();
    expect(await inbox.mails()).toHaveLength(1);
    expect(await rows()).toMatchObject([{ state: "sent", provider_id: row!.provider_id }]);
  });

  it("gives up at once when the provider refuses the mail itself, without the address in what it keeps", async () => {
    await queue({ to: "not-an-address" });
    await drain();
    expect(await rows()).toMatchObject([{ state: "failed", attempts: 1, error_code: "validation_error" }]);
    expect(await world.waiting("email.send")).toBe(0);
  });

  it("ends as failed after the last try, and staff can send it again with a new key", async () => {
    const owner = await world.person(world.glow, "owner");
    await queue();
    await world.db.pool.query("update graphile_worker._private_jobs set max_attempts = 1");
    await inbox.failNext(503);
    await drain();
    const [row] = await rows();
    expect(row).toMatchObject({ state: "failed", error_code: "application_error" });
    const again = () =>
      world.db.asUser(owner.userId, (client) =>
        client.query("select public.email_resend_email($1, $2)", [world.glow, row!.id]),
      );
    await again();
    await expect(again()).rejects.toMatchObject({ code: "ST001" });
    await drain();
    expect(await rows()).toMatchObject([{ state: "sent", sends: 2 }]);
    expect(await inbox.mails()).toHaveLength(1);
  });

  it("does not write to an address that bounced or complained, even when the mail was queued before", async () => {
    await queue({ to: "Maya@Example.test" });
    await world.db.pool.query(
      "insert into public.core_email_suppressions (client_id, address, reason) values ($1, 'maya@example.test', 'complained')",
      [world.glow],
    );
    await drain();
    expect(await rows()).toMatchObject([{ state: "failed", error_code: "suppressed" }]);
    expect(await inbox.mails()).toEqual([]);
  });

  it("carries a one-click way out exactly when it is not essential", async () => {
    const unsubscribeUrl = "http://localhost:3100/api/glow/notifications/unsubscribe?token=abc";
    await queue({ unsubscribeUrl });
    await queue({ dedupeKey: "greeting:2", to: "noor@example.test" });
    await drain();
    const mails = await inbox.mails();
    const withExit = mails.find(({ to }) => to[0] === "maya@example.test")!;
    expect(withExit.headers).toEqual({
      "List-Unsubscribe": `<${unsubscribeUrl}>`,
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    });
    expect(withExit.text).toContain(unsubscribeUrl);
    expect(mails.find(({ to }) => to[0] === "noor@example.test")!.headers).toEqual({});
  });

  it("ends as failed when its text cannot be opened any more", async () => {
    await queue();
    await world.db.pool.query("update private.email_bodies set envelope = 'v1:gone:a:b:c'");
    await drain();
    expect(await rows()).toMatchObject([{ state: "failed", error_code: "body_unreadable" }]);
  });

  it("keeps its text encrypted, and forgets it after delivery", async () => {
    await queue({ content: { ...mail().content, paragraphs: ["one-time link"] } });
    const { envelope } = await world.one<{ envelope: string }>("select envelope from private.email_bodies");
    expect(envelope).toMatch(/^v1:/);
    expect(envelope).not.toContain("one-time");
    await drain();
    await world.db.pool.query("alter table public.core_emails disable trigger user");
    await world.db.pool.query(
      "update public.core_emails set state = 'delivered', settled_at = now(), updated_at = now() - interval '2 days'",
    );
    await world.db.pool.query("alter table public.core_emails enable trigger user");
    await world.db.pool.query("select private.forget_email_bodies()");
    expect((await world.db.pool.query("select from private.email_bodies")).rowCount).toBe(0);
  });
});
