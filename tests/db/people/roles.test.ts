import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { ask, outcome, rows } from "../../support/ask";
import { freshDatabase, type TestDatabase } from "../../support/database";
import { makeBusiness, type Business } from "../../support/isolation/businesses";

let db: TestDatabase;
let glow: Business;
const open: TestDatabase[] = [];

beforeEach(async () => {
  db = await freshDatabase();
  open.push(db);
  glow = await makeBusiness(db, "glow");
});
afterAll(async () => {
  for (const each of open) await each.drop();
});

const grant = (by: keyof Business["members"], to: string, role: string, until: string | null = null) =>
  outcome(
    ask(db, glow.members[by].userId, "people_grant_role", {
      p_client: glow.id,
      p_person: to,
      p_role: role,
      p_valid_until: until,
    }),
  );
const revoke = (byUser: string, from: string, role: string) =>
  outcome(ask(db, byUser, "people_revoke_role", { p_client: glow.id, p_person: from, p_role: role }));
const owners = () =>
  rows<{ person_id: string }>(
    db,
    `select pr.person_id from public.person_roles pr join public.people p on p.id = pr.person_id
     where pr.client_id = $1 and pr.role_id = 'owner' and p.state = 'active' and pr.valid_until is null`,
    [glow.id],
  );
/** Another owner with a login. */
async function addOwner(name: string): Promise<{ userId: string; personId: string }> {
  const userId = await db.createUser(`${name}@glow.test`);
  const [row] = await rows<{ id: string }>(
    db,
    `with person as (insert into public.people (client_id, user_id, claimed_at, display_name) values ($1, $2, now(), $3) returning id)
     insert into public.person_roles (client_id, person_id, role_id) select $1, id, 'owner' from person returning person_id as id`,
    [glow.id, userId, name],
  );
  return { userId, personId: row?.id ?? "" };
}

describe("roles", () => {
  it("are given by an owner and hold on the very next request", async () => {
    const { personId, userId } = glow.members.creator;
    const sees = () =>
      db.asUser(userId, async (client) => (await client.query("select from public.people")).rowCount);
    expect(await sees()).toBe(1);
    expect(await grant("owner", personId, "manager")).toBe("ok");
    expect(await sees()).toBeGreaterThan(5);
    expect(await revoke(glow.members.owner.userId, personId, "manager")).toBe("ok");
    expect(await sees()).toBe(1);
  });

  it("cannot be given to oneself, whatever one may do", async () => {
    expect(await grant("owner", glow.members.owner.personId, "manager")).toBe("PM001 self");
    expect(await grant("admin", glow.members.admin.personId, "owner")).toBe("PM001 self");
    expect(await revoke(glow.members.owner.userId, glow.members.owner.personId, "owner")).toBe("PM001 self");
  });

  it("that can do more than the giver are out of her reach, to give and to take", async () => {
    expect(await grant("admin", glow.members.creator.personId, "owner")).toBe("PM001 role");
    expect(await revoke(glow.members.admin.userId, glow.members.owner.personId, "owner")).toBe("PM001 role");
    expect(await grant("admin", glow.members.creator.personId, "manager")).toBe("ok");
  });

  it("are not given by those without the permission, nor from outside", async () => {
    expect(await grant("manager", glow.members.creator.personId, "support")).toMatch(/^PM001/);
    expect(await grant("creator", glow.members.creator.personId, "owner")).toMatch(/^PM001/);
    expect(await grant("lapsed", glow.members.creator.personId, "support")).toMatch(/^PM001/);
    const stranger = await db.createUser("stranger@elsewhere.test");
    expect(
      await outcome(
        ask(db, stranger, "people_grant_role", {
          p_client: glow.id,
          p_person: glow.members.creator.personId,
          p_role: "owner",
        }),
      ),
    ).toMatch(/^TN001/);
  });

  it("given until a moment end by themselves", async () => {
    const { personId, userId } = glow.members.creator;
    expect(await grant("owner", personId, "support", "2020-01-01T00:00:00Z")).toBe("VA001 validUntil");
    expect(await grant("owner", personId, "support", "2199-01-01T00:00:00Z")).toBe("ok");
    const may = () =>
      db.asUser(
        userId,
        async (client) =>
          (await client.query("select private.has_permission($1, 'people.people.read') as may", [glow.id]))
            .rows[0]?.may,
      );
    expect(await may()).toBe(true);
    await db.pool.query(
      "update public.person_roles set valid_until = now() - interval '1 second' where person_id = $1 and role_id = 'support'",
      [personId],
    );
    expect(await may()).toBe(false);
  });

  it("of another business cannot be touched through one's own", async () => {
    const tide = await makeBusiness(db, "tide");
    const { userId } = tide.members.owner;
    expect(
      await outcome(
        ask(db, userId, "people_grant_role", {
          p_client: tide.id,
          p_person: glow.members.creator.personId,
          p_role: "owner",
        }),
      ),
    ).toMatch(/^TN001/);
    expect(
      await outcome(
        ask(db, userId, "people_grant_role", {
          p_client: glow.id,
          p_person: tide.members.creator.personId,
          p_role: "owner",
        }),
      ),
    ).toMatch(/^TN001/);
  });
});

describe("the last owner", () => {
  it("stays: another owner can go, the last cannot", async () => {
    const second = await addOwner("second");
    expect(await revoke(glow.members.owner.userId, second.personId, "owner")).toBe("ok");
    // Now alone; nobody else may even try, and with herself she is refused.
    expect(await owners()).toHaveLength(1);
    await db.pool.query(
      "insert into public.role_permissions (role_id, permission_id) select 'admin', id from public.permissions on conflict do nothing",
    );
    expect(await revoke(glow.members.admin.userId, glow.members.owner.personId, "owner")).toBe(
      "ST001 lastOwner",
    );
    expect(await grant("admin", glow.members.owner.personId, "owner", "2199-01-01T00:00:00Z")).toBe(
      "ST001 lastOwner",
    );
    expect(
      await outcome(
        ask(db, glow.members.admin.userId, "people_set_state", {
          p_client: glow.id,
          p_person: glow.members.owner.personId,
          p_state: "deactivated",
        }),
      ),
    ).toBe("ST001 lastOwner");
  });

  it("is not counted as safe while the other owner has no login or only a passing role", async () => {
    const second = await addOwner("second");
    await db.pool.query(
      "update public.person_roles set valid_until = now() + interval '1 day' where person_id = $1",
      [second.personId],
    );
    expect(await revoke(second.userId, glow.members.owner.personId, "owner")).toBe("ST001 lastOwner");
    await db.pool.query("update public.person_roles set valid_until = null where person_id = $1", [
      second.personId,
    ]);
    await db.pool.query(
      "insert into public.person_roles (client_id, person_id, role_id) select $1, id, 'owner' from public.people where id = $2",
      [glow.id, glow.members.support.personId],
    );
    await db.pool.query("update public.people set user_id = null where id = $1", [
      glow.members.support.personId,
    ]);
    expect(await revoke(second.userId, glow.members.owner.personId, "owner")).toBe("ok");
    expect(await owners()).toHaveLength(2);
  });

  it("remains when a ring of owners remove one another at the same moment", async () => {
    const ring = [glow.members.owner];
    for (let at = 1; at < 8; at += 1) ring.push(await addOwner(`owner${at}`));
    const results = await Promise.all(
      ring.map((one, at) => revoke(one.userId, ring[(at + 1) % ring.length]?.personId ?? "", "owner")),
    );
    expect(results.filter((result) => result !== "ok" && !/^(ST001|PM001)/.test(result))).toEqual([]);
    expect((await owners()).length).toBeGreaterThanOrEqual(1);
    expect((await owners()).length).toBe(ring.length - results.filter((result) => result === "ok").length);
  });

  it("remains when two owners deactivate each other at the same moment, ten times over", async () => {
    for (let round = 0; round < 10; round += 1) {
      const second = await addOwner(`second${round}`);
      const pair = [glow.members.owner, second];
      const results = await Promise.all(
        pair.map((one, at) =>
          outcome(
            ask(db, one.userId, "people_set_state", {
              p_client: glow.id,
              p_person: pair[1 - at]?.personId,
              p_state: "deactivated",
            }),
          ),
        ),
      );
      expect(results.filter((result) => result === "ok")).toHaveLength(1);
      expect(await owners()).toHaveLength(1);
      await db.pool.query("update public.people set state = 'active', deactivated_at = null where id = $1", [
        glow.members.owner.personId,
      ]);
      await db.pool.query("delete from public.person_roles where person_id = $1", [second.personId]);
    }
  });
});
