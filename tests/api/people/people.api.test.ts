import { beforeAll, describe, expect, it } from "vitest";
import { ownBusiness, ownerOf, type OwnBusiness } from "../../support/browser-business";
import { asker, fieldsOf, knock, replays, type Asker, type Door } from "../../support/doors";
import { call, signIn, stackSql, type SignedIn } from "../../support/stack";

let business: OwnBusiness;
let owner: SignedIn;
const ids: Record<string, string> = {};
const askers: Asker[] = ["creator", "support", "stranger", "signed out"];
const as = (door: Door, who: SignedIn | null = owner) =>
  knock<Record<string, unknown>>(business.slug, door, who);
const invite = { path: "/people/invitations", body: { email: "new@example.test", role: "support" } };

beforeAll(async () => {
  business = await ownBusiness({
    owner: "Olga Own",
    manager: "Max Man",
    support: "Sue Port",
    creator: "Cleo",
  });
  owner = await ownerOf(business);
  for (const role of ["owner", "manager", "support", "creator"]) {
    const [row] = await stackSql<{ id: string }>(
      "select id from public.people where client_id = $1 and email = $2",
      [business.id, business.email(role)],
    );
    ids[role] = row?.id ?? "";
  }
}, 120_000);

/** In this order: creator, support, another business's owner, signed out. */
const table: [string, () => Door, number[]][] = [
  ["the list", () => ({ path: "/people" }), [403, 200, 404, 401]],
  ["a person", () => ({ path: `/people/${ids.creator}` }), [403, 200, 404, 401]],
  ["inviting", () => invite, [403, 403, 404, 401]],
  [
    "giving a role",
    () => ({ path: `/people/${ids.creator}/roles`, body: { role: "support" } }),
    [403, 403, 404, 401],
  ],
  [
    "deactivating",
    () => ({ path: `/people/${ids.creator}/state`, body: { state: "deactivated" } }),
    [403, 403, 404, 401],
  ],
  ["the business settings", () => ({ path: "/tenancy/settings" }), [403, 403, 404, 401]],
  [
    "a program",
    () => ({ method: "PATCH", path: "/tenancy/programs/launch", body: { isEnabled: true } }),
    [403, 403, 404, 401],
  ],
  ["the audit log", () => ({ path: "/audit" }), [403, 403, 404, 401]],
];

describe("who is answered what about people, settings and the log", () => {
  it.each(table)("%s", async (_name, door, statuses) => {
    const answers = await Promise.all(
      askers.map(async (who) => (await as(door(), await asker(who, business))).status),
    );
    expect(answers).toEqual(statuses);
  });

  it("names the field that does not fit", async () => {
    expect(fieldsOf(await as({ ...invite, body: { role: "support" } }))).toEqual(["email"]);
    expect(fieldsOf(await as({ ...invite, body: { email: "x", role: "king" } })).sort()).toEqual([
      "email",
      "role",
    ]);
    expect((await as({ path: "/audit?table=secrets" })).status).toBe(422);
  });
});

describe("an invitation", () => {
  it("is not sent again at once, and lets nobody in after it was taken back", async () => {
    const made = await as(invite);
    expect(made.status, made.text).toBe(201);
    const one = `/people/invitations/${String(made.data.id)}`;
    expect((await as({ method: "POST", path: `${one}/resend` })).status).toBe(429);
    expect((await as({ method: "POST", path: `${one}/revoke` })).data.state).toBe("revoked");
    const token = String(made.data.link).split(/[/#=]/).at(-1) ?? "";
    const stranger = await signIn("owner@hearth.test");
    const accept = () => call("/api/invitations/accept", { as: stranger, body: { token } });
    expect((await accept()).status).toBeGreaterThanOrEqual(400);
    expect((await as({ path: "/people" }, stranger)).status).toBe(404);
  });
});

describe("roles and states", () => {
  it("are given once a key and gone with the next request", async () => {
    const creator = await signIn(business.email("creator"));
    await replays(business.slug, { path: `/people/${ids.creator}/roles`, body: { role: "support" } }, owner);
    expect((await as({ path: "/people" }, creator)).status).toBe(200);
    expect((await as({ method: "DELETE", path: `/people/${ids.creator}/roles/support` })).status).toBe(200);
    expect((await as({ path: "/people" }, creator)).status).toBe(403);
  });

  it("leave a business its owner", async () => {
    const answer = await as({ method: "DELETE", path: `/people/${ids.owner}/roles/owner` });
    expect([403, 409]).toContain(answer.status);
  });

  it("put a deactivated person out with the next request", async () => {
    const manager = await signIn(business.email("manager"));
    expect((await as({ path: "/people" }, manager)).status).toBe(200);
    expect((await as({ path: `/people/${ids.manager}/state`, body: { state: "deactivated" } })).status).toBe(
      200,
    );
    expect([401, 404]).toContain((await as({ path: "/people" }, manager)).status);
  });
});

describe("the business settings", () => {
  it("are not overwritten by somebody who read them earlier, and each change is in the log", async () => {
    const read = (await as({ path: "/tenancy/settings" })).data;
    const { timeZone, locale, brandColor, updatedAt } = read;
    const save = (name: string) =>
      as({
        method: "PATCH",
        path: "/tenancy/settings",
        body: { name, timeZone, locale, brandColor, updatedAt },
      });
    expect((await save("Tide First")).status).toBe(200);
    expect(await save("Tide Second")).toMatchObject({ status: 409, error: { code: "STALE" } });
    const log = await as({ path: "/audit?table=clients" });
    expect(JSON.stringify(log.data)).toContain("Tide First");
  });

  it("turn a program off and on", async () => {
    const turn = (isEnabled: boolean) =>
      as({ method: "PATCH", path: "/tenancy/programs/loyalty", body: { isEnabled } });
    expect((await turn(false)).data).toEqual({ program: "loyalty", isEnabled: false });
    expect((await as({ path: "/loyalty/home/admin" })).status).toBe(404);
    expect((await turn(true)).data).toEqual({ program: "loyalty", isEnabled: true });
    expect((await as({ path: "/loyalty/home/admin" })).status).toBe(200);
  });
});
