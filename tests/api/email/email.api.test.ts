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
