import { expect, phone, test } from "../../support/browser";
import { stackSql } from "../../support/stack";

const block = (address: string, reason = "bounced") =>
  stackSql(
    `insert into public.core_email_suppressions (client_id, address, reason)
     select id, $1, $2 from public.clients where slug = 'glow' on conflict do nothing`,
    [address, reason],
  );

test("an owner sees which addresses are blocked and why, and has one written to again", async ({ open }) => {
  await block("gone@example.test");
  await block("annoyed@example.test", "complained");
  const page = await open("owner@glow.test");
  await page.goto("/glow/admin/emails");
  await page.getByRole("link", { name: "Blocked addresses" }).click();
  await page.waitForURL("**/admin/emails/blocked");
  const gone = page.getByRole("row").filter({ hasText: "gone@example.test" });
  await expect(gone).toContainText("An e-mail came back");
  const annoyed = page.getByRole("row").filter({ hasText: "annoyed@example.test" });
  await expect(annoyed).toContainText("Reported as spam");
  await expect(annoyed.getByRole("button")).toHaveCount(0);
  await gone.getByRole("button", { name: "Send again to gone@example.test" }).click();
  await expect(page.getByText("Unblocked. The next e-mail goes there again.")).toBeVisible();
  await expect(gone).toHaveCount(0);
  await page.goto("/glow/admin/audit");
  await expect(page.getByRole("row").filter({ hasText: "gone@example.test" }).first()).toContainText(
    "Blocked address",
  );
});

test("a member whose mail comes back is told so on every page and says that the address is right", async ({
  open,
}) => {
  await block("creator@glow.test");
  const page = await open("creator@glow.test", { viewport: phone });
  await page.goto("/glow/home");
  await expect(page.getByText("Our e-mails do not reach you")).toBeVisible();
  await page.getByRole("link", { name: "Change the address" }).click();
  await page.waitForURL("**/glow/settings#email");
  await page.getByRole("button", { name: "The address is right: write again" }).click();
  await expect(page.getByText("Our e-mails do not reach you")).toHaveCount(0);
  await page.goto("/glow/home");
  await expect(page.getByText("Our e-mails do not reach you")).toHaveCount(0);
  expect(
    await stackSql("select from public.core_email_suppressions where address = 'creator@glow.test'"),
  ).toEqual([]);
});
