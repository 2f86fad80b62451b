import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, outcome, rows } from "../../support/ask";
import { freshDatabase, type TestDatabase } from "../../support/database";
import { makeBusiness, type Business } from "../../support/isolation/businesses";
import { inviting, newEmail } from "./inviting";

let db: TestDatabase;
let glow: Business;
let steps: ReturnType<typeof inviting>;

beforeAll(async () => {
  db = await freshDatabase();
  glow = await makeBusiness(db, "glow");
  steps = inviting(db, glow);
});
afterAll(() => db.drop());

const manager = () => glow.members.manager.userId;
const rightsOf = async (userId: string): Promise<string[]> =>
  (await ask<{ person?: { permissions: string[] } }>(db, userId, "core_read_context", { p_slug: "glow" }))
    .person?.permissions ?? [];
const mayGiveRoles = async (userId: string) => (await rightsOf(userId)).includes("people.roles.write");

describe("a manager who wants to be more, with a second login in her pocket", () => {
  it("cannot invite herself into the unclaimed row of an admin", async () => {
    const admin = await steps.unclaimed("Admin to be", ["admin"]);
    expect(await outcome(steps.invite({ by: "manager", person: admin }))).toMatch(/^PM001/);
  });

  it("cannot renew an invitation that the owner made for an admin, to learn its link", async () => {
    const { id } = await steps.invite({ by: "owner", email: newEmail(), role: "admin" });
    await db.pool.query(
      "update public.invitations set last_sent_at = now() - interval '1 hour' where id = $1",
      [id],
    );
    const given = {
      p_client: glow.id,
      p_invitation: id,
      p_token_hash: "mine",
      p_token_envelope: "v1:k:i:t:c",
    };
    expect(await outcome(ask(db, manager(), "people_resend_invitation", given))).toMatch(/^PM001/);
    expect(await rows(db, "select from private.invitation_secrets where token_hash = 'mine'")).toEqual([]);
  });

  it("cannot make an admin's row a creator and approve her own claim to it", async () => {
    const address = newEmail();
    const admin = await steps.unclaimed("Admin of old", ["admin"]);
    await db.pool.query("update public.people set email = $1 where id = $2", [address, admin]);
    await ask(db, manager(), "loyalty_add_creator", {
      p_client: glow.id,
      p_handle: "climber",
      p_email: address,
    });
    const second = await db.createUser(newEmail());
    const claim = await ask<string>(db, second, "loyalty_claim_handle", {
      p_slug: "glow",
      p_handle: "climber",
      p_evidence_text: "It is really me.",
    });
    expect(
      await outcome(
        ask(db, manager(), "loyalty_decide_claim", { p_client: glow.id, p_claim: claim, p_approve: true }),
      ),
    ).toMatch(/^PM001/);
    expect(await mayGiveRoles(second)).toBe(false);
    expect(
      await outcome(
        ask(db, glow.members.owner.userId, "loyalty_decide_claim", {
          p_client: glow.id,
          p_claim: claim,
          p_approve: true,
        }),
      ),
    ).toBe("ok");
  });

  it("gains nothing from the rows she may edit: no column of hers is a right", async () => {
    for (const sql of [
      "update public.people set user_id = null",
      "update public.people set email = 'owner@glow.test'",
      "update public.person_roles set role_id = 'owner'",
      "update public.person_roles set valid_until = null",
      "insert into public.person_roles (client_id, person_id, role_id) select client_id, person_id, 'owner' from public.person_roles limit 1",
      "insert into public.role_permissions values ('manager', 'people.roles.write')",
      "update public.invitations set role_id = 'owner'",
    ]) {
      expect(await outcome(db.asUser(manager(), (client) => client.query(sql))), sql).toMatch(/^42501/);
    }
    expect(await mayGiveRoles(manager())).toBe(false);
  });
});

describe("a creator", () => {
  it("cannot approve her own claim, nor anyone's", async () => {
    const { userId } = glow.members.creator;
    const claim = await ask<string>(db, userId, "loyalty_claim_handle", {
      p_slug: "glow",
      p_handle: "my.handle",
      p_evidence_text: "It is really me.",
    });
    expect(
      await outcome(
        ask(db, userId, "loyalty_decide_claim", { p_client: glow.id, p_claim: claim, p_approve: true }),
      ),
    ).toMatch(/^PM001/);
  });

  it("of a token that says she is more is still who the tables say", async () => {
    const client = await db.pool.connect();
    try {
      await client.query("begin");
      const claims = {
        sub: glow.members.creator.userId,
        role: "authenticated",
        app_metadata: { role: "owner" },
        roles: ["owner"],
        user_role: "service_role",
      };
      await client.query(
        "select set_config('request.jwt.claims', $1, true), set_config('request.jwt.claim.sub', $2, true), set_config('role', 'authenticated', true)",
        [JSON.stringify(claims), glow.members.creator.userId],
      );
      const { rows: people } = await client.query("select id from public.people");
      expect(people).toEqual([{ id: glow.members.creator.personId }]);
    } finally {
      await client.query("rollback");
      client.release();
    }
  });
});
