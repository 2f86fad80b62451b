import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ask } from "../../../support/ask";
import { loyaltyWorld } from "../world";

let world: Awaited<ReturnType<typeof loyaltyWorld>>;
let owner: string;

beforeAll(async () => {
  world = await loyaltyWorld();
  owner = await world.db.createUser("owner@tide.test");
  await world.db.pool.query(
    `with person as (
       insert into public.people (client_id, user_id, display_name, email, claimed_at) values ($1, $2, 'Olga Owner', 'owner@tide.test', now()) returning id
     )
     insert into public.person_roles (client_id, person_id, role_id) select $1, id, 'owner' from person`,
    [world.clientId, owner],
  );
});
afterAll(() => world.db.drop());
beforeEach(() => world.db.pool.query("delete from public.loyalty_sync_source_secrets"));

const pages = (more: object = {}) => ({
  signInUrl: "https://portal.test/in",
  exportUrl: "https://portal.test/export",
  hosts: ["cdn.portal.test"],
  username: "#user",
  ...more,
});

const save = (kind: string, given: { url?: string; recipe?: object; secrets?: object }) =>
  ask(world.db, owner, "loyalty_save_source", {
    p_client: world.clientId,
    p_kind: kind,
    p_url: given.url ?? null,
    p_header_name: "X-Key",
    p_recipe: given.recipe ? JSON.stringify(given.recipe) : null,
    p_creates_creators: true,
    p_secrets: JSON.stringify(given.secrets ?? {}),
  });

const stored = () =>
  world.one<{ header_value: string | null; username: string | null; password: string | null; told: boolean }>(
    `select s.header_value, s.username, s.password, x.has_secret as told
       from public.loyalty_sync_source_secrets s join public.loyalty_sync_sources x on x.id = s.source_id`,
  );

describe("a stored secret belongs to the site it was given for", () => {
  it("and stays while the path there changes", async () => {
    await save("https", { url: "https://vendor.test/a.csv", secrets: { headerValue: "v1:sealed" } });
    await save("https", { url: "https://vendor.test/b.csv?day=1" });
    expect(await stored()).toMatchObject({ header_value: "v1:sealed", told: true });
  });

  it.each([
    "https://elsewhere.test/a.csv",
    "https://vendor.test.elsewhere.test/a.csv",
    "https://vendor.test:8443/a.csv",
    "https://vendor.test@elsewhere.test/a.csv",
    "http://vendor.test/a.csv",
  ])("and is forgotten when the address becomes %s", async (url) => {
    await save("https", { url: "https://vendor.test/a.csv", secrets: { headerValue: "v1:sealed" } });
    await save("https", { url });
    expect(await stored()).toMatchObject({ header_value: null, told: false });
  });

  it("and is not carried over by way of another kind of source", async () => {
    await save("https", { url: "https://vendor.test/a.csv", secrets: { headerValue: "v1:sealed" } });
    await save("upload", {});
    await save("https", { url: "https://elsewhere.test/a.csv" });
    expect(await stored()).toMatchObject({ header_value: null, told: false });
  });

  it("and a new one given with a new address is kept", async () => {
    await save("https", { url: "https://vendor.test/a.csv", secrets: { headerValue: "v1:sealed" } });
    await save("https", { url: "https://elsewhere.test/a.csv", secrets: { headerValue: "v1:other" } });
    expect(await stored()).toMatchObject({ header_value: "v1:other", told: true });
  });

  const login = { username: "v1:name", password: "v1:word" };

  it("and a sign-in stays when only selectors change", async () => {
    await save("browser", { recipe: pages(), secrets: login });
    await save("browser", { recipe: pages({ username: "#email" }) });
    expect(await stored()).toMatchObject({ ...login, told: true });
  });

  it.each([
    { signInUrl: "https://elsewhere.test/in" },
    { exportUrl: "https://elsewhere.test/export" },
    { hosts: ["cdn.portal.test", "elsewhere.test"] },
  ])("and a sign-in is forgotten when the pages become %o", async (change) => {
    await save("browser", { recipe: pages(), secrets: login });
    await save("browser", { recipe: pages(change) });
    expect(await stored()).toMatchObject({ username: null, password: null, told: false });
  });
});
