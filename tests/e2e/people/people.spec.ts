import { expect, test } from "../../support/browser";
import { ownBusiness, type OwnBusiness } from "../../support/browser-business";
import { codeIn, stackSql, waitForMail } from "../../support/stack";

let business: OwnBusiness;

test.beforeAll(async () => {
  business = await ownBusiness({ owner: "Wendy Tidewell", support: "Sid Helper", manager: "Mo Keeper" });
});

const personId = async (role: string) =>
  (
    await stackSql<{ id: string }>("select id from public.people where client_id = $1 and email = $2", [
      business.id,
      business.email(role),
    ])
  )[0]!.id;

test("someone invited by mail makes a login, joins, and holds the role; the log says who invited her", async ({
  open,
}) => {
  const { slug } = business;
  const email = `ida-${slug}@example.test`;
  const owner = await open(business.email("owner"));
  await owner.goto(`/${slug}/admin/people`);
  await owner.getByRole("button", { name: "Invite someone" }).click();
  const dialog = owner.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Ida Joining");
  await dialog.getByLabel("E-mail").fill(email);
  await dialog.getByLabel("Role").selectOption("manager");
  await dialog.getByRole("button", { name: "Send invitation" }).click();
  await expect(owner.getByText(`Invitation sent to ${email}`)).toBeVisible();
  await expect(owner.getByRole("row", { name: /Ida Joining/ })).toContainText("Invited as Manager");

  const mail = await waitForMail(email, (found) => found.subject === `${business.name} invites you`, 30_000);
  const link = /https?:\/\/[^\s"<]+\/invitation\/[\w-]+/.exec(mail.text ?? "")![0];
  const page = await open(null);
  await page.goto(link);
  await expect(page.getByText("You are invited as Manager.")).toBeVisible();
  await page.getByRole("link", { name: "Make a login" }).click();
  await page.getByLabel("Your name").fill("Ida Joining");
  await page.getByLabel("E-mail", { exact: true }).fill(email);
  await page.getByLabel("Password", { exact: true }).fill("Quiet-harbour-7");
  await page.getByLabel("I accept the terms").check();
  await page.getByRole("button", { name: "Send me a code" }).click();
  const code = await waitForMail(
    email,
    (found) => /\b\d{6}\b/.test(found.text ?? "") && found.source === "auth",
  );
  await page.getByLabel("Six-digit code").fill(codeIn(code));
  await page.getByRole("button", { name: "Open my account" }).click();
  // Her address has claimed the person by now; the role comes with her own press, never by following a link.
  await page.waitForURL(/\/invitation\//);
  const joined = page.waitForResponse((answer) => answer.url().endsWith("/api/invitations/accept"));
  await page.getByRole("button", { name: `Join ${business.name}` }).click();
  expect((await joined).status()).toBe(200);
  await expect(page).toHaveURL(new RegExp(`/${slug}/admin`));
  await page.goto(link);
  await expect(page.getByRole("button", { name: `Join ${business.name}` })).toBeHidden();
  await page.getByRole("link", { name: `Open ${business.name}` }).click();
  await expect(page).toHaveURL(new RegExp(`/${slug}/admin`));
  await page.goto(`/${slug}/admin/loyalty/imports`);
  await expect(page.getByRole("heading", { level: 1, name: "Imports" })).toBeVisible();
  await page.goto(`/${slug}/admin/audit`);
  await expect(page.getByRole("heading", { name: "You cannot open this page" })).toBeVisible();

  await owner.goto(`/${slug}/admin/audit`);
  await expect(
    owner.getByRole("row").filter({ hasText: "Wendy Tidewell" }).filter({ hasText: "Invitation" }).first(),
  ).toBeVisible();
});

test("a role given opens a door with the next click, and a role taken closes it", async ({ open }) => {
  const { slug } = business;
  const owner = await open(business.email("owner"));
  const support = await open(business.email("support"));
  await support.goto(`/${slug}/admin/loyalty/imports`);
  await expect(support.getByRole("heading", { name: "You cannot open this page" })).toBeVisible();
  await owner.goto(`/${slug}/admin/people/${await personId("support")}`);
  await owner.getByLabel("Role", { exact: true }).selectOption("admin");
  await owner.getByRole("button", { name: "Give role" }).click();
  await expect(owner.getByRole("button", { name: "Take Admin" })).toBeVisible();
  await support.reload();
  await expect(support.getByRole("heading", { level: 1, name: "Imports" })).toBeVisible();
  await owner.getByRole("button", { name: "Take Admin" }).click();
  await owner.getByRole("dialog").getByRole("button", { name: "Take Admin" }).click();
  await expect(owner.getByRole("button", { name: "Take Admin" })).toHaveCount(0);
  await support.reload();
  await expect(support.getByRole("heading", { name: "You cannot open this page" })).toBeVisible();
});

test("someone deactivated is out with the next click, and in again when reactivated", async ({ open }) => {
  const { slug } = business;
  const manager = await open(business.email("manager"));
  await manager.goto(`/${slug}/admin`);
  const rail = manager.getByRole("navigation", { name: "Rooms" });
  await expect(rail).toBeVisible();
  const owner = await open(business.email("owner"));
  await owner.goto(`/${slug}/admin/people/${await personId("manager")}`);
  await owner.getByRole("button", { name: "Deactivate" }).click();
  await owner.getByRole("dialog").getByRole("button", { name: "Deactivate" }).click();
  await expect(owner.getByText(/This person is deactivated/)).toBeVisible();
  await rail.getByRole("link", { name: "People" }).click();
  await expect(manager.getByRole("heading", { name: "There is nothing at this address" })).toBeVisible();
  await owner.getByRole("button", { name: "Reactivate" }).first().click();
  await expect(owner.getByText(/This person is deactivated/)).toBeHidden();
  await manager.goto(`/${slug}/admin`);
  await expect(rail).toBeVisible();
});

test("the last owner stays: her role cannot be taken, nor can she be deactivated", async ({ open }) => {
  const { slug } = business;
  const id = await personId("owner");
  const owner = await open(business.email("owner"));
  await owner.goto(`/${slug}/admin/people/${id}`);
  await expect(owner.getByText("This is you. Another owner changes your roles.")).toBeVisible();
  await expect(owner.getByRole("button", { name: "Deactivate" })).toBeHidden();
  const answers = await owner.evaluate(async (at) => {
    const send = (path: string, method: string, body?: object) =>
      fetch(path, {
        method,
        headers: { "content-type": "application/json", "idempotency-key": crypto.randomUUID() },
        ...(body ? { body: JSON.stringify(body) } : {}),
      }).then((answer) => answer.status);
    return [
      await send(`${at}/roles/owner`, "DELETE"),
      await send(`${at}/state`, "POST", { state: "deactivated" }),
    ];
  }, `/api/${slug}/people/${id}`);
  for (const status of answers) expect([403, 409]).toContain(status);
  await owner.reload();
  await expect(owner.getByText("Owner", { exact: true }).first()).toBeVisible();
});
