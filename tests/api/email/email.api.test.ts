import { randomUUID } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { beforeAll, describe, expect, it } from "vitest";
import type { Email } from "@/lib/core/email/contract";
import { localEnv } from "../../../scripts/stack/config";
import { call, signIn, stackSql, type SignedIn } from "../../support/stack";

let owner: SignedIn;
let manager: SignedIn;
let stranger: SignedIn;
const secret = localEnv().RESEND_WEBHOOK_SECRET!;

async function written(state: "sent" | "failed"): Promise<{ id: string; client: string; address: string }> {
  const [client] = await stackSql<{ id: string }>("select id from public.clients where slug = 'glow'");
  const id = randomUUID();
  const address = `${id.slice(0, 8)}@example.test`;
  // Without its job: the worker would send it while the test looks.
  await stackSql(
    "insert into public.core_emails (id, client_id, type, dedupe_key, to_address, subject) values ($1, $2, 'test.greeting', $3, $4, 'Hello')",
    [id, client!.id, id, address],
  );
  await stackSql("insert into private.email_bodies (email_id, envelope) values ($1, 'v1:x')", [id]);
  await stackSql(
    `update public.core_emails set state = $2::text, provider_id = 'p-' || id, sent_at = now(), error_code = case when $2::text = 'failed' then 'validation_error' end
     where id = $1::uuid`,
    [id, state],
  );
  return { id, client: client!.id, address };
}
function signed(
  body: string,
  id = `msg_${randomUUID()}`,
  at = new Date(),
  key = secret,
): Record<string, string> {
  return {
    "svix-id": id,
    "svix-timestamp": String(Math.floor(at.getTime() / 1000)),
    "svix-signature": new Webhook(key).sign(id, at, body),
    "content-type": "application/json",
  };
}
const event = (type: string, mail: { id: string; client: string }, more: object = {}) =>
  JSON.stringify({
    type,
    created_at: new Date().toISOString(),
    data: { email_id: `p-${mail.id}`, tags: { client: mail.client, email: mail.id }, ...more },
  });
const hear = (body: string, headers: Record<string, string>) =>
  call("/api/webhooks/resend", { body, headers });
const state = async (id: string) =>
  (await stackSql<{ state: string }>("select state from public.core_emails where id = $1", [id]))[0]!.state;

beforeAll(async () => {
  [owner, manager, stranger] = (await Promise.all(
    ["owner@glow.test", "manager@glow.test", "owner@hearth.test"].map((email) => signIn(email)),
  )) as [SignedIn, SignedIn, SignedIn];
});

describe("the mail provider's webhook", () => {
  it("is believed when its signature fits the body, and moves the mail", async () => {
    const mail = await written("sent");
    const body = event("email.delivered", mail);
    expect((await hear(body, signed(body))).status).toBe(200);
    expect(await state(mail.id)).toBe("delivered");
  });

  it("is refused without a signature, with another's, with an old one, and when the body was changed", async () => {
    const mail = await written("sent");
    const body = event("email.bounced", mail);
    const other = `whsec_${Buffer.from("somebody else's secret here").toString("base64")}`;
    expect((await hear(body, { "content-type": "application/json" })).status).toBe(401);
    expect((await hear(body, signed(body, undefined, undefined, other))).status).toBe(401);
    expect((await hear(body, signed(body, undefined, new Date(Date.now() - 10 * 60_000)))).status).toBe(401);
    expect((await hear(body.replace("bounced", "complained"), signed(body))).status).toBe(401);
    expect(await state(mail.id)).toBe("sent");
  });

  it("counts once when it comes twice, and old news does not undo newer", async () => {
    const mail = await written("sent");
    const bounced = event("email.bounced", mail, { bounce: { type: "Permanent" } });
    const headers = signed(bounced);
    expect((await hear(bounced, headers)).status).toBe(200);
    expect((await hear(bounced, headers)).status).toBe(200);
    const delivered = event("email.delivered", mail);
    expect((await hear(delivered, signed(delivered))).status).toBe(200);
    expect(await state(mail.id)).toBe("bounced");
    const blocked = await stackSql("select reason from public.core_email_suppressions where address = $1", [
      mail.address,
    ]);
    expect(blocked).toEqual([{ reason: "bounced" }]);
  });

  it("leaves alone what is not ours", async () => {
    const body = JSON.stringify({
      type: "email.delivered",
      created_at: new Date().toISOString(),
      data: { email_id: "x" },
    });
    expect((await hear(body, signed(body))).status).toBe(200);
    const contact = JSON.stringify({
      type: "contact.created",
      created_at: new Date().toISOString(),
      data: { email_id: "x" },
    });
    expect((await hear(contact, signed(contact))).status).toBe(200);
  });
});

describe("the log of mails", () => {
  it("is read by who may, filtered, in pages", async () => {
    const mail = await written("failed");
    const answer = await call<{ items: Email[] }>("/api/glow/email?state=failed", { as: owner });
    expect(answer.data.items[0]).toMatchObject({
      id: mail.id,
      to: mail.address,
      state: "failed",
      errorCode: "validation_error",
    });
    expect(answer.text).not.toContain("v1:x");
    expect((await call("/api/glow/email", { as: manager })).status).toBe(403);
    expect((await call("/api/glow/email", { as: stranger })).status).toBe(404);
    expect((await call("/api/glow/email")).status).toBe(401);
  });

  it("sends a failed one again for who may, and no other", async () => {
    const mail = await written("failed");
    const again = (as: SignedIn | null, slug = "glow") =>
      call(`/api/${slug}/email/${mail.id}/resend`, { method: "POST", as });
    expect((await again(manager)).status).toBe(403);
    expect((await again(stranger)).status).toBe(404);
    expect((await again(stranger, "hearth")).status).toBe(404);
    expect((await again(null)).status).toBe(401);
    expect((await again(owner)).status).toBe(200);
    expect(await stackSql("select sends from public.core_emails where id = $1", [mail.id])).toEqual([
      { sends: 2 },
    ]);
    const delivered = await written("sent");
    expect((await call(`/api/glow/email/${delivered.id}/resend`, { method: "POST", as: owner })).status).toBe(
      409,
    );
  });
});

describe("blocked addresses", () => {
  interface Blocked {
    id: string;
    address: string;
    reason: string;
    subject: string | null;
  }
  const bounce = async (kind: "bounced" | "complained") => {
    const mail = await written("sent");
    const body = event(`email.${kind}`, mail, { bounce: { type: "Permanent" } });
    expect((await hear(body, signed(body))).status).toBe(200);
    return mail;
  };
  const listed = async () =>
    (await call<{ items: Blocked[] }>("/api/glow/email/blocked", { as: owner })).data.items;
  const unblock = (id: string, as: SignedIn | null = owner, slug = "glow") =>
    call<{ isSent: boolean }>(`/api/${slug}/email/blocked/${id}/unblock`, { method: "POST", as });

  it("are listed with the reason for those who may see the log of mails", async () => {
    const mail = await bounce("bounced");
    expect((await listed())[0]).toMatchObject({ address: mail.address, reason: "bounced", subject: "Hello" });
    expect((await call("/api/glow/email/blocked", { as: manager })).status).toBe(403);
    expect((await call("/api/glow/email/blocked", { as: stranger })).status).toBe(404);
    expect((await call("/api/glow/email/blocked")).status).toBe(401);
    expect((await call("/api/glow/email/blocked?cursor=nonsense", { as: owner })).error?.code).toBe(
      "INVALID_CURSOR",
    );
    expect(
      (await call<{ items: Blocked[] }>("/api/hearth/email/blocked", { as: stranger })).data.items,
    ).toEqual([]);
  });

  it("are written to again with the mail that was held back last, and the log says who allowed it", async () => {
    const mail = await bounce("bounced");
    const held = await written("failed");
    await stackSql("alter table public.core_emails disable trigger t20_immutable");
    await stackSql(
      "update public.core_emails set to_address = upper($2), error_code = 'suppressed' where id = $1",
      [held.id, mail.address],
    );
    await stackSql("alter table public.core_emails enable trigger t20_immutable");
    const { id } = (await listed()).find(({ address }) => address === mail.address)!;
    expect((await unblock(id, manager)).status).toBe(403);
    expect((await unblock(id, stranger, "hearth")).status).toBe(404);
    const done = await unblock(id);
    expect([done.status, done.data]).toEqual([200, { isSent: true }]);
    expect(await stackSql("select sends from public.core_emails where id = $1", [held.id])).toEqual([
      { sends: 2 },
    ]);
    expect(
      await stackSql(
        "select action, actor_user_id is not null as \"hasActor\" from public.core_audit_log where table_name = 'core_email_suppressions' and row_key like '%' || $1 || '%' and action = 'delete'",
        [id],
      ),
    ).toEqual([{ action: "delete", hasActor: true }]);
    expect((await unblock(id)).status).toBe(404);
  });

  it("stay blocked for staff when their owner reported a mail as spam", async () => {
    const mail = await bounce("complained");
    const { id } = (await listed()).find(({ address }) => address === mail.address)!;
    expect((await unblock(id)).status).toBe(404);
    expect((await listed()).map((one) => one.id)).toContain(id);
  });

  it("are allowed again by their owner, for the own address and this business alone", async () => {
    await stackSql(
      `insert into public.core_email_suppressions (client_id, address, reason)
       select c.id, a.address, 'complained' from public.clients c, (values ('support@glow.test'), ('manager@glow.test')) a (address)
       where c.slug in ('glow', 'hearth') on conflict do nothing`,
    );
    const support = await signIn("support@glow.test");
    const confirm = (slug: string, as: SignedIn | null) =>
      call(`/api/${slug}/email/confirm-mine`, { method: "POST", as });
    try {
      expect((await confirm("glow", null)).status).toBe(401);
      expect((await confirm("hearth", support)).status).toBe(404);
      expect((await confirm("glow", support)).status).toBe(200);
      expect(
        await stackSql(
          `select c.slug, s.address from public.core_email_suppressions s join public.clients c on c.id = s.client_id
           where s.address in ('support@glow.test', 'manager@glow.test') order by 1, 2`,
        ),
      ).toEqual([
        { slug: "glow", address: "manager@glow.test" },
        { slug: "hearth", address: "manager@glow.test" },
        { slug: "hearth", address: "support@glow.test" },
      ]);
    } finally {
      await stackSql(
        "delete from public.core_email_suppressions where address in ('support@glow.test', 'manager@glow.test')",
      );
    }
  });
});
