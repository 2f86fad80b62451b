import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import type { NotificationPage, Preference } from "@/lib/core/notifications/contract";
import { call, signIn, stackSql, waitForMail, type SignedIn } from "../../support/stack";

let owner: SignedIn;
let creator: SignedIn;
let stranger: SignedIn;
const type = "loyalty.tier-changed";

const list = (as: SignedIn | null, query = "", slug = "glow") =>
  call<NotificationPage>(`/api/${slug}/notifications${query}`, { as });
async function tell(email: string, toTier: string): Promise<void> {
  const data = { decisionId: randomUUID(), fromTier: "Bronze", toTier, isRise: true };
  await stackSql(
    `select private.notify(p.client_id, $2, array[p.id], $3, $4) from public.people p join public.clients c on c.id = p.client_id
     where c.slug = 'glow' and p.email = $1`,
    [email, type, JSON.stringify(data), data.decisionId],
  );
  for (let tries = 0; tries < 100; tries += 1) {
    const found = await stackSql(
      "select from public.core_notifications where type = $1 and data ->> 'decisionId' = $2",
      [type, data.decisionId],
    );
    if (found.length > 0) return;
    await sleep(150);
  }
  throw new Error("the notification was not delivered in time");
}

beforeAll(async () => {
  [owner, creator, stranger] = (await Promise.all(
    ["owner@glow.test", "creator@glow.test", "owner@hearth.test"].map((email) => signIn(email)),
  )) as [SignedIn, SignedIn, SignedIn];
});

describe("my notifications", () => {
  it("are worded, newest first, with pages both ways", async () => {
    for (const tier of ["Silver", "Gold", "Platinum"]) await tell("creator@glow.test", tier);
    const first = (await list(creator, "?limit=2")).data;
    expect(first.items.map(({ title }) => title)).toEqual(["You are now Platinum", "You are now Gold"]);
    expect(first.items[0]).toMatchObject({ href: "/glow/loyalty/history", isRead: false });
    const second = (await list(creator, `?limit=2&cursor=${first.next}`)).data;
    expect(second.items[0]!.title).toBe("You are now Silver");
    const back = (await list(creator, `?limit=2&direction=previous&cursor=${second.previous}`)).data;
    expect(back.items.map(({ id }) => id)).toEqual(first.items.map(({ id }) => id));
  });

  it("are marked read one by one and all at once, up to the moment the list was drawn", async () => {
    await tell("creator@glow.test", "Silver");
    const [top, below] = (await list(creator)).data.items;
    expect(
      (await call(`/api/glow/notifications/${top!.id}/read`, { method: "POST", as: creator })).status,
    ).toBe(200);
    await tell("creator@glow.test", "Gold");
    const all = await call<{ marked: number }>("/api/glow/notifications/read-all", {
      as: creator,
      body: { until: below!.createdAt },
    });
    expect(all.status).toBe(200);
    expect(all.data.marked).toBeGreaterThan(0);
    const [newest, ...rest] = (await list(creator)).data.items;
    expect(newest!.isRead).toBe(false);
    expect(rest.every(({ isRead }) => isRead)).toBe(true);
    await call("/api/glow/notifications/read-all", { as: creator, body: {} });
    expect((await list(creator)).data.items.every(({ isRead }) => isRead)).toBe(true);
  });

  it("are counted, and listed without those that were read, for the bell", async () => {
    const unread = async (as: SignedIn | null, slug = "glow") =>
      call<{ unread: number }>(`/api/${slug}/notifications/unread`, { as });
    await call("/api/glow/notifications/read-all", { as: creator, body: {} });
    expect((await unread(creator)).data).toEqual({ unread: 0 });
    await tell("creator@glow.test", "Silver");
    await tell("creator@glow.test", "Gold");
    expect((await unread(creator)).data).toEqual({ unread: 2 });
    const [top] = (await list(creator, "?only=unread&limit=6")).data.items;
    expect(top!.title).toBe("You are now Gold");
    await call(`/api/glow/notifications/${top!.id}/read`, { method: "POST", as: creator });
    expect((await list(creator, "?only=unread")).data.items.map(({ title }) => title)).toEqual([
      "You are now Silver",
    ]);
    expect((await unread(creator)).data).toEqual({ unread: 1 });
    expect((await list(creator, "?only=read")).status).toBe(422);
    expect((await unread(stranger)).status).toBe(404);
    expect((await unread(null)).status).toBe(401);
  });

  it("are nobody else's", async () => {
    await tell("creator@glow.test", "Silver");
    const id = (await list(creator)).data.items[0]!.id;
    expect((await list(owner)).data.items.map((item) => item.id)).not.toContain(id);
    for (const as of [owner, stranger])
      expect((await call(`/api/glow/notifications/${id}/read`, { method: "POST", as })).status).toBe(404);
    expect(
      (await call(`/api/hearth/notifications/${id}/read`, { method: "POST", as: stranger })).status,
    ).toBe(404);
    expect((await list(stranger)).status).toBe(404);
    expect((await list(null)).status).toBe(401);
    expect((await list(creator)).data.items[0]!.isRead).toBe(false);
  });

  it("refuse a cursor that was made up", async () => {
    expect((await list(creator, "?cursor=nonsense")).error?.code).toBe("INVALID_CURSOR");
    const injected = Buffer.from(JSON.stringify({ at: '2026-01-01"),id.neq.(1', id: randomUUID() })).toString(
      "base64url",
    );
    expect((await list(creator, `?cursor=${injected}`)).status).toBeGreaterThanOrEqual(400);
  });
});

describe("how I am told", () => {
  const preferences = async (as: SignedIn) =>
    (await call<Preference[]>("/api/glow/notifications/preferences", { as })).data;
  const choose = (as: SignedIn, of: string, inApp: boolean, email: boolean) =>
    call(`/api/glow/notifications/preferences/${of}`, { method: "PUT", as, body: { inApp, email } });

  it("offers each person what they can receive", async () => {
    const mine = (await preferences(creator)).map((one) => one.type);
    expect(mine).toContain(type);
    expect(mine).not.toContain("jobs.job-failed");
    expect((await preferences(owner)).map((one) => one.type)).toContain("jobs.job-failed");
  });

  it("keeps a choice, and does not let the essential be turned off", async () => {
    expect((await choose(creator, type, true, false)).status).toBe(200);
    expect((await preferences(creator)).find((one) => one.type === type)).toMatchObject({
      inApp: true,
      email: false,
    });
    expect((await preferences(owner)).find((one) => one.type === type)?.email ?? true).toBe(true);
    await choose(creator, type, true, true);
    expect((await choose(creator, "auth.password-changed", false, false)).error?.code).toBe("ESSENTIAL");
    expect((await choose(creator, "jobs.job-failed", false, false)).status).toBe(404);
  });

  it("is changed by the link in a mail, by a press and never by a visit", async () => {
    await choose(creator, type, true, true);
    const before = Date.now();
    await tell("creator@glow.test", "Gold");
    const mail = await waitForMail(
      "creator@glow.test",
      (one) => Date.parse(one.at) >= before && one.subject.includes("Gold"),
    );
    const url = /https?:\/\/\S+unsubscribe\?token=[\w-]+/.exec(mail.text ?? "")![0];
    const path = url.slice(new URL(url).origin.length);
    const visit = await call(path);
    expect(visit.status).toBe(303);
    expect(visit.headers.get("location")).toContain("/glow/unsubscribe?token=");
    expect((await preferences(creator)).find((one) => one.type === type)?.email).toBe(true);
    // As a mail program does it: no origin, no session, a form.
    const oneClick = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "List-Unsubscribe=One-Click",
    });
    expect(oneClick.status).toBe(200);
    expect((await preferences(creator)).find((one) => one.type === type)).toMatchObject({
      inApp: true,
      email: false,
    });
    expect((await call(path.replace("/api/glow/", "/api/hearth/"), { method: "POST" })).status).toBe(404);
    expect(
      (await call("/api/glow/notifications/unsubscribe?token=aaaaaaaaaaaaaaaaaaaaaaaa", { method: "POST" }))
        .status,
    ).toBe(404);
    await choose(creator, type, true, true);
  });
});
