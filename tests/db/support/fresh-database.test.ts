import { afterAll, beforeAll, expect, it } from "vitest";
import { freshDatabase, type TestDatabase } from "../../support/database";

let db: TestDatabase;
beforeAll(async () => {
  db = await freshDatabase();
});
afterAll(() => db.drop());

it("acts as a person, as anyone and as the service, each under its own role", async () => {
  const ada = await db.createUser("ada@portico.test");
  const asked = "select current_user as role, auth.uid() as uid, auth.jwt() ->> 'session_id' as session";
  const mine = await db.asUser(ada, async (client) => (await client.query(asked)).rows[0], {
    sessionId: "s1",
  });
  expect(mine).toEqual({ role: "authenticated", uid: ada, session: "s1" });
  expect(await db.asAnon(async (client) => (await client.query(asked)).rows[0])).toMatchObject({
    role: "anon",
    uid: null,
  });
  expect(await db.asSystem(async (client) => (await client.query(asked)).rows[0])).toMatchObject({
    role: "service_role",
  });
});

it("leaves nothing of a person on a connection once the work is over", async () => {
  const ada = await db.createUser("leftover@portico.test");
  await expect(db.asUser(ada, (client) => client.query("select 1 / 0"))).rejects.toThrow("division by zero");
  const { rows } = await db.pool.query("select current_user as role, auth.uid() as uid");
  expect(rows[0]).toEqual({ role: "postgres", uid: null });
});
