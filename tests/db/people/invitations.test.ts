import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, outcome, rows } from "../../support/ask";
import { freshDatabase, type TestDatabase } from "../../support/database";
import { makeBusiness, type Business } from "../../support/isolation/businesses";
import { inviting, newEmail as email } from "./inviting";

type Steps = ReturnType<typeof inviting>;

let db: TestDatabase;
let glow: Business;
let tide: Business;

let invite: Steps["invite"];
let accept: Steps["accept"];
let unclaimed: Steps["unclaimed"];
let stateOf: Steps["stateOf"];

beforeAll(async () => {
  db = await freshDatabase();
  glow = await makeBusiness(db, "glow");
  tide = await makeBusiness(db, "tide");
  ({ invite, accept, unclaimed, stateOf } = inviting(db, glow));
});
afterAll(() => db.drop());

describe("an invitation by mail", () => {
  it("makes the person, queues the mail, and gives the role when its address accepts", async () => {
    const address = email();
    const { id, token } = await invite({ email: address, role: "support" });
    const jobs = await rows<{ payload: unknown }>(
      db,
      "select j.payload from graphile_worker._private_jobs j where j.key = $1",
      [`invitation:${id}:1`],
    );
    expect(jobs).toEqual([{ payload: { clientId: glow.id, invitationId: id } }]);
    const userId = await db.createUser(address);
    expect(await accept(userId, token)).toEqual({ slug: "glow", repeated: false });
    expect(await stateOf(id)).toBe("accepted");
    const context = await ask<{ person: { roles: string[] } }>(db, userId, "core_read_context", {
      p_slug: "glow",
    });
    expect(context.person.roles).toEqual(["support"]);
    expect(
      await rows(
        db,
        "select count(*)::int as n from public.core_events where name = 'people.joined' and client_id = $1",
        [glow.id],
      ),
    ).toEqual([{ n: 1 }]);
  });

  it("works once, and repeats itself only to the one who accepted", async () => {
    const address = email();
    const { token } = await invite({ email: address });
    const userId = await db.createUser(address);
    await accept(userId, token);
    expect(await accept(userId, token)).toEqual({ slug: "glow", repeated: true });
    expect(await outcome(accept(await db.createUser(email()), token))).toMatch(/^ST001/);
  });

  it("is refused to another address, to an unconfirmed one and to nobody", async () => {
    const address = email();
    const { token } = await invite({ email: address });
    expect(await outcome(accept(await db.createUser(email()), token))).toBe("PM001 email");
    const unconfirmed = await db.createUser(address);
    await db.pool.query("update auth.users set email_confirmed_at = null where id = $1", [unconfirmed]);
    expect(await outcome(accept(unconfirmed, token))).toBe("PM001 email");
    expect(
      await outcome(
        db.asAnon((client) => client.query("select public.people_accept_invitation($1)", [token])),
      ),
    ).toMatch(/^42501/);
  });

  it("is over after seven days, and after it was revoked", async () => {
    const address = email();
    const first = await invite({ email: address });
    const userId = await db.createUser(address);
    await db.pool.query(
      "update public.invitations set expires_at = now() - interval '1 second' where id = $1",
      [first.id],
    );
    expect(await outcome(accept(userId, first.token))).toMatch(/^ST001/);
    const second = await invite({ email: address });
    expect(await stateOf(first.id)).toBe("revoked");
    await ask(db, glow.members.owner.userId, "people_revoke_invitation", {
      p_client: glow.id,
      p_invitation: second.id,
    });
    expect(await outcome(accept(userId, second.token))).toMatch(/^ST001/);
    expect(
      await outcome(
        ask(db, glow.members.owner.userId, "people_revoke_invitation", {
          p_client: glow.id,
          p_invitation: second.id,
        }),
      ),
    ).toMatch(/^ST003/);
  });

  it("can be sent again after a minute, with a new link that kills the old one", async () => {
    const address = email();
    const { id, token } = await invite({ email: address });
    const resend = (hash: string) =>
      outcome(
        ask(db, glow.members.owner.userId, "people_resend_invitation", {
          p_client: glow.id,
          p_invitation: id,
          p_token_hash: hash,
          p_token_envelope: "v1:k:i:t:c",
        }),
      );
    expect(await resend(randomUUID())).toMatch(/^QT001/);
    await db.pool.query(
      "update public.invitations set last_sent_at = now() - interval '61 seconds' where id = $1",
      [id],
    );
    const fresh = randomUUID();
    expect(await resend(fresh)).toBe("ok");
    const userId = await db.createUser(address);
    expect(await outcome(accept(userId, token))).toMatch(/^TN001/);
    expect(await outcome(accept(userId, fresh))).toBe("ok");
    expect(await resend(randomUUID())).toMatch(/^ST001/);
  });
});

describe("an invitation by link", () => {
  it("gives a person without a login, her history and all, to who holds the link", async () => {
    const person = await unclaimed("From a file");
    const { token } = await invite({ person });
    const userId = await db.createUser(email());
    expect(await accept(userId, token)).toMatchObject({ repeated: false });
    expect(await rows(db, "select id from public.people where user_id = $1", [userId])).toEqual([
      { id: person },
    ]);
  });

  it("is not made for a person with a login, a deactivated one, or one of another business", async () => {
    expect(await outcome(invite({ person: glow.members.creator.personId }))).toMatch(/^ST003/);
    const person = await unclaimed("Gone before");
    await db.pool.query(
      "update public.people set state = 'deactivated', deactivated_at = now() where id = $1",
      [person],
    );
    expect(await outcome(invite({ person }))).toMatch(/^ST001/);
    expect(await outcome(invite({ person: tide.members.creator.personId }))).toMatch(/^TN001/);
  });

  it("does not let one login become two people of a business", async () => {
    const { token } = await invite({ person: await unclaimed("Second self") });
    expect(await outcome(accept(glow.members.creator.userId, token))).toBe("ST001 twoPeople");
  });

  it("is won by exactly one of twenty who open it at the same moment", async () => {
    const person = await unclaimed("Contested");
    const { id, token } = await invite({ person });
    const users = await Promise.all(Array.from({ length: 20 }, () => db.createUser(email())));
    const results = await Promise.all(users.map((userId) => outcome(accept(userId, token))));
    expect(results.filter((result) => result === "ok")).toHaveLength(1);
    expect(results.filter((result) => result !== "ok").every((result) => /^ST00[13]/.test(result))).toBe(
      true,
    );
    expect(await stateOf(id)).toBe("accepted");
    const winners = await rows<{ user_id: string }>(db, "select user_id from public.people where id = $1", [
      person,
    ]);
    expect(winners[0]?.user_id).toBe(users[results.indexOf("ok")]);
  });

  it("survives a double click: the same person accepting ten times at once joins once", async () => {
    const { token } = await invite({ person: await unclaimed("Double click") });
    const userId = await db.createUser(email());
    const results = await Promise.all(Array.from({ length: 10 }, () => accept(userId, token)));
    expect(results.filter(({ repeated }) => !repeated)).toHaveLength(1);
  });
});

describe("an invitation accepted while the person is deactivated and invited anew", () => {
  it("comes to one end or another, and never to a deadlock", async () => {
    const { userId } = glow.members.owner;
    for (let round = 0; round < 25; round += 1) {
      const person = await unclaimed(`Torn ${round}`);
      const { token } = await invite({ person });
      const guest = await db.createUser(email());
      const given = { p_client: glow.id, p_person: person, p_state: "deactivated" };
      const results = await Promise.all([
        outcome(accept(guest, token)),
        outcome(ask(db, userId, "people_set_state", given)),
        outcome(invite({ person })),
      ]);
      expect(results.filter((result) => !/^(ok|ST00[13])/.test(result))).toEqual([]);
    }
  });
});

describe("who may invite", () => {
  it("needs the permission, and no more than one's own rights can be given", async () => {
    expect(await outcome(invite({ by: "support", email: email() }))).toMatch(/^PM001/);
    expect(await outcome(invite({ by: "creator", email: email() }))).toMatch(/^PM001/);
    expect(await outcome(invite({ by: "manager", email: email(), role: "admin" }))).toBe("PM001 role");
    expect(await outcome(invite({ by: "admin", email: email(), role: "owner" }))).toBe("PM001 role");
    expect(await outcome(invite({ by: "manager", email: email(), role: "creator" }))).toBe("ok");
    expect(await outcome(invite({ email: email(), role: "emperor" }))).toBe("VA001 role");
  });

  it("does not open a person who can already do more than the one who invites", async () => {
    const person = await unclaimed("Admin to be", ["admin"]);
    expect(await outcome(invite({ by: "manager", person }))).toMatch(/^PM001/);
    expect(await outcome(invite({ by: "owner", person }))).toBe("ok");
  });

  it("leaves one open invitation a person, also when two are made at once", async () => {
    const person = await unclaimed("Wanted twice");
    await Promise.all(Array.from({ length: 8 }, () => outcome(invite({ person }))));
    expect(
      await rows(
        db,
        "select count(*)::int as n from public.invitations where person_id = $1 and state = 'pending'",
        [person],
      ),
    ).toEqual([{ n: 1 }]);
  });
});

describe("the page behind a link", () => {
  it("shows the offer to who holds the token, and nothing to a guess", async () => {
    const { token, id } = await invite({ email: email() });
    const read = (hash: string) =>
      db.asAnon(
        async (client) =>
          (await client.query("select public.people_read_invitation($1) as value", [hash])).rows[0]
            ?.value as unknown,
      );
    expect(await read(token)).toMatchObject({
      client: { slug: "glow" },
      role: "creator",
      state: "pending",
      needsEmail: true,
    });
    expect(await read("guess")).toBeNull();
    await db.pool.query(
      "update public.invitations set expires_at = now() - interval '1 second' where id = $1",
      [id],
    );
    expect(await read(token)).toMatchObject({ state: "expired" });
  });
});
