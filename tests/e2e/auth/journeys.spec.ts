import AxeBuilder from "@axe-core/playwright";
import { randomUUID } from "node:crypto";
import { expect, test, type Page } from "@playwright/test";
import { call, codeIn, mailsTo, stackSql, waitForMail } from "../../support/stack";

const strong = "Quiet-harbour-7";
const address = () => `door-${randomUUID().slice(0, 8)}@example.test`;

async function signIn(page: Page, identifier: string, password: string, query = "") {
  await page.goto(`/sign-in${query}`);
  await page.getByLabel("E-mail or handle").fill(identifier);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** An account by API, for journeys that begin later. */
async function account(): Promise<string> {
  const email = address();
  const started = await call<{ challenge: string }>("/api/auth/sign-up", {
    body: { email, name: "Ada Test", password: strong, acceptsTerms: true },
  });
  const code = codeIn(await waitForMail(email));
  const done = await call("/api/auth/verify", {
    body: { challenge: started.data.challenge, code, password: strong, session: "token" },
  });
  expect(done.status).toBe(200);
  return email;
}

/** A business that knows this address already, as an import or an owner's list would. */
async function knownTo(slug: string, email: string, role: string) {
  const [person] = await stackSql<{ id: string }>(
    "insert into public.people (client_id, display_name, email) select id, 'Ada Test', $2 from public.clients where slug = $1 returning id",
    [slug, email],
  );
  await stackSql(
    "insert into public.person_roles (client_id, person_id, role_id) select client_id, id, $2 from public.people where id = $1",
    [person!.id, role],
  );
}

async function isAccessible(page: Page) {
  // The title is streamed after the frame of the page.
  await expect(page).toHaveTitle(/\S/);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((found) => `${found.id}: ${found.nodes[0]?.html}`)).toEqual([]);
}

test("a newcomer signs up, enters the mailed code, and chooses between the businesses that know her", async ({
  page,
}) => {
  const email = address();
  await knownTo("hearth", email, "family");
  await knownTo("lumen", email, "patient");
  await page.goto("/sign-up");
  await isAccessible(page);
  await page.getByLabel("Your name").fill("Ada Test");
  await page.getByLabel("E-mail", { exact: true }).fill(email);
  const password = page.getByLabel("Password", { exact: true });
  await password.fill("quiet");
  const rule = page.getByRole("listitem").filter({ hasText: "A capital letter" });
  await expect(rule).toContainText("not yet");
  await password.fill(strong);
  await expect(rule).not.toContainText("not yet");
  await page.getByRole("button", { name: "Show password" }).click();
  await expect(password).toHaveAttribute("type", "text");
  await page.getByLabel("I accept the terms").check();
  await page.getByRole("button", { name: "Send me a code" }).click();

  const field = page.getByLabel("Six-digit code");
  await expect(field).toHaveAttribute("autocomplete", "one-time-code");
  await expect(page.getByText(/We mailed six digits to do••••@example\.test/)).toBeVisible();
  await expect(page.getByRole("button", { name: /A new code can be sent in \d+ seconds/ })).toBeDisabled();
  await isAccessible(page);
  await field.fill("000000");
  await page.getByRole("button", { name: "Open my account" }).click();
  await expect(page.getByText("This code does not fit. 2 tries are left.").first()).toBeVisible();
  const code = codeIn(await waitForMail(email));
  await field.fill(`${code.slice(0, 3)} ${code.slice(3)}`);
  await page.getByRole("button", { name: "Open my account" }).click();

  await expect(page.getByRole("heading", { name: "Where to?" })).toBeVisible();
  await isAccessible(page);
  await page.getByRole("link", { name: /Hearth Home Care/ }).click();
  await expect(page).toHaveURL(/\/hearth\/home/);
});

test("a deep link survives signing in, and one that leaves the site does not", async ({ page }) => {
  const email = await account();
  await knownTo("hearth", email, "family");
  await page.goto("/hearth/settings?from=mail");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await expect(page.locator(".door-head")).toContainText("Hearth Home Care");
  await page.getByLabel("E-mail or handle").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(strong);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/hearth\/settings\?from=mail/);
  await page.context().clearCookies();
  await signIn(page, email, strong, "?next=//evil.example/x");
  await expect(page).toHaveURL(/\/hearth\/home/);
});

test("an account no business knows is told what to do", async ({ page }) => {
  const email = await account();
  await signIn(page, email, strong, "?business=glow");
  await expect(page.getByRole("heading", { name: "No business knows you yet" })).toBeVisible();
  await expect(page.getByText(email)).toBeVisible();
  await isAccessible(page);
  await page.getByRole("link", { name: /Ask for your handle/ }).click();
  await page.getByRole("textbox", { name: "Handle" }).fill(`ada.${randomUUID().slice(0, 6)}`);
  await page.getByLabel("Or in words").fill("I am the one in the videos; ask me for the agreed word.");
  await page.getByRole("button", { name: "Ask for this handle" }).click();
  await expect(page.getByText("Waiting for Glow Collective")).toBeVisible();
  await isAccessible(page);
});

test("a forgotten password is replaced with a mailed code", async ({ page }) => {
  const email = await account();
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Forgot it?" }).click();
  await expect(page).toHaveURL(/\/forgot/);
  await page.getByLabel("E-mail", { exact: true }).fill(email);
  await page.getByRole("button", { name: "Mail me a code" }).click();
  await expect(page.getByLabel("Six-digit code")).toBeVisible();
  await isAccessible(page);
  await expect.poll(async () => (await mailsTo(email)).length).toBeGreaterThanOrEqual(2);
  await page.getByLabel("Six-digit code").fill(codeIn((await mailsTo(email))[0]!));
  await page.getByRole("textbox", { name: "New password" }).fill("Brighter-morning-8");
  await page.getByRole("button", { name: "Save the new password" }).click();
  await expect(page.getByRole("heading", { name: "No business knows you yet" })).toBeVisible();
  await page.context().clearCookies();
  await signIn(page, email, strong);
  await expect(page.getByText("The e-mail or handle and the password do not fit together.")).toBeVisible();
  await signIn(page, email, "Brighter-morning-8");
  await expect(page).toHaveURL(/\/businesses/);
});

test("a locked-out owner comes in through the mailed link, once", async ({ page }) => {
  const email = await account();
  await knownTo("hearth", email, "family");
  // The first sign-in takes up the person that waits for this address, so mails have a business to come from.
  await signIn(page, email, strong);
  await expect(page).toHaveURL(/\/hearth\/home/);
  await page.context().clearCookies();
  // From within the page: the lock is for this browser's address.
  await page.goto("/sign-in");
  const statuses = await page.evaluate(async (identifier) => {
    const seen: number[] = [];
    for (let index = 0; index < 5; index += 1) {
      const body = JSON.stringify({ identifier, password: "Not-the-one-1" });
      const headers = { "content-type": "application/json" };
      seen.push((await fetch("/api/auth/sign-in", { method: "POST", headers, body })).status);
    }
    return seen;
  }, email);
  expect(statuses).toEqual([401, 401, 401, 401, 401]);
  await signIn(page, email, strong);
  await expect(page.getByText(/Too many wrong passwords/)).toBeVisible();
  await page.getByRole("link", { name: /Locked out/ }).click();
  await expect(page).toHaveURL(/\/unlock/);
  await isAccessible(page);
  await page.getByLabel("E-mail or handle").fill(email);
  await page.getByRole("button", { name: "Mail me a link" }).click();
  await expect(page.getByText("Look in your mail")).toBeVisible();
  const mail = await waitForMail(email, (found) => found.subject === "Your way back in", 30_000);
  const link = /https?:\/\/[^\s"<]+\/unlock#[\w-]+/.exec(mail.text ?? mail.html ?? "")![0];
  await page.goto(link);
  await page.getByRole("button", { name: "Let me sign in" }).click();
  await page.getByLabel("E-mail or handle").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(strong);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/hearth\/home/);
  const again = await call("/api/auth/unlock", { body: { token: link.split("#")[1] } });
  expect(again.status).toBe(410);
});

test("signing out everywhere ends the other browser as well", async ({ browser, page }) => {
  const email = await account();
  await knownTo("hearth", email, "family");
  await signIn(page, email, strong);
  await expect(page).toHaveURL(/\/hearth\/home/);
  const other = await browser.newPage();
  await signIn(other, email, strong);
  await expect(other).toHaveURL(/\/hearth\/home/);
  await page.goto("/hearth/settings");
  await expect(page.getByRole("heading", { name: "Your account" })).toBeVisible();
  await isAccessible(page);
  await page.getByRole("button", { name: "Sign out everywhere", exact: true }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await other.reload();
  await expect(other).toHaveURL(/\/sign-in\?next=/);
  await other.close();
});

test("one's own account is changed in the settings", async ({ page }) => {
  const email = await account();
  await knownTo("hearth", email, "family");
  await signIn(page, email, strong);
  await expect(page).toHaveURL(/\/hearth\/home/);
  await page.goto("/hearth/settings");
  await page.getByLabel("Name").fill("Ada Renamed");
  await page.getByLabel("Time zone").selectOption("Europe/London");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  const form = page.getByRole("form", { name: "Password" });
  await form.getByLabel("Current password").fill(strong);
  await form.getByLabel("New password").fill("Deeper-water-3");
  await form.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("Your password is changed.")).toBeVisible();
  const next = address();
  const mailForm = page.getByRole("form", { name: "E-mail" });
  await mailForm.getByLabel("New e-mail").fill(next);
  await mailForm.getByLabel("Current password").fill("Deeper-water-3");
  await mailForm.getByRole("button", { name: "Mail a code to the new address" }).click();
  await page.getByLabel("Six-digit code").fill(codeIn(await waitForMail(next, undefined, 30_000)));
  await page.getByRole("button", { name: "Use this address" }).click();
  await expect(page.getByText("Your e-mail is changed.")).toBeVisible();
  await waitForMail(email, (mail) => mail.subject === "Your e-mail address was changed", 30_000);
  await waitForMail(email, (mail) => /password/i.test(mail.subject) && mail.source === "app", 30_000);
});

test("a form sent before the page is alive is sent once it is, and keeps what was typed", async ({ page }) => {
  let release = () => {};
  const held = new Promise<void>((done) => (release = done));
  await page.route("**/_next/static/**/*.js*", async (request) => {
    await held;
    await request.continue();
  });
  await page.goto("/sign-in", { waitUntil: "commit" });
  await page.getByLabel("E-mail or handle").fill("nobody@example.test");
  await page.getByLabel("Password", { exact: true }).fill("Not-her-pass-1");
  await page.getByRole("button", { name: "Sign in" }).click();
  expect(page.url()).not.toContain("?");
  release();
  await expect(page.getByText("The e-mail or handle and the password do not fit together.")).toBeVisible();
  await expect(page.getByLabel("E-mail or handle")).toHaveValue("nobody@example.test");
});
