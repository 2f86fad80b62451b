import { readFile } from "node:fs/promises";
import { expect, phone, test } from "../../support/browser";
import { creatorFor, ownBusiness, type OwnBusiness } from "../../support/browser-business";
import { owedBoost } from "../../support/owed-boost";
import { call, signIn } from "../../support/stack";
import { violations } from "../../support/axe";

let business: OwnBusiness;

test.beforeAll(async () => {
  business = await ownBusiness({ owner: "Wendy Tidewell", creator: "Maya Lund", support: "Sid Claimer" });
  const creatorId = await creatorFor(business, "maya.films");
  await owedBoost(business, creatorId, 5_120, "Ten more");
});

test("a creator of another business gives a bank account; the owner sees its last four, and all of it for a reason", async ({
  open,
}) => {
  const other = await ownBusiness({ owner: "Olga Own", creator: "Zoë Łukasiewicz" });
  await owedBoost(other, await creatorFor(other, "zoe.luk"), 7_300, "Ten more");
  const { slug } = other;
  const creator = await open(other.email("creator"));
  await creator.goto(`/${slug}/loyalty/payouts`);
  await creator.getByRole("radio", { name: "Bank account" }).check();
  await creator.getByLabel("Country of the bank").selectOption("US");
  await expect(creator.getByLabel("Routing number")).toBeVisible();
  await creator.getByLabel("Country of the bank").selectOption("PL");
  await creator.getByLabel("Account holder").fill("Zoë Łukasiewicz");
  const [first, again] = [
    creator.getByRole("textbox", { name: "IBAN", exact: true }),
    creator.getByRole("textbox", { name: "IBAN, once more" }),
  ];
  await first.fill("PL61 1090 1014 0000 0712 1981 2875");
  await again.fill("PL61109010140000071219812875");
  await creator.getByRole("button", { name: "Save payout details" }).click();
  await expect(creator.getByText("This is no IBAN. Check it letter by letter.").first()).toBeVisible();
  await first.fill("PL61 1090 1014 0000 0712 1981 2874");
  await again.fill("PL61109010140000071219812874");
  expect(await violations(creator)).toEqual([]);
  await creator.getByRole("button", { name: "Save payout details" }).click();
  await expect(creator.getByText("Bank account, PL •••• 2874")).toBeVisible();

  const owner = await open(other.email("owner"));
  await owner.goto(`/${slug}/admin/loyalty/payouts`);
  const row = owner.getByRole("row", { name: /Łukasiewicz/ });
  await expect(row).toContainText("PL •••• 2874");
  await row.getByRole("button", { name: /^Show the account of/ }).click();
  const dialog = owner.getByRole("dialog");
  await dialog.getByLabel("Why you need to see it").fill("The bank asked.");
  await dialog.getByRole("button", { name: "Show account" }).click();
  await expect(dialog.getByLabel(/^Bank account of/)).toHaveValue("PL61 1090 1014 0000 0712 1981 2874");
  await expect(dialog).toContainText("Zoë Łukasiewicz");
  expect(await violations(owner)).toEqual([]);
  await dialog.getByRole("button", { name: "Close" }).first().click();
  await owner.getByRole("button", { name: "Batch all bank accounts" }).click();
  await expect(owner.getByRole("heading", { level: 1, name: /^Bank account batch of/ })).toBeVisible();
  await owner.getByRole("button", { name: "Approve batch" }).click();
  const [download] = await Promise.all([
    owner.waitForEvent("download"),
    owner.getByRole("link", { name: "Download list" }).click(),
  ]);
  expect(await readFile(await download.path(), "utf8")).toContain(
    "Zoë Łukasiewicz,PL,PL61109010140000071219812874,,,,,73.00,USD,",
  );
});

test("a creator says where her money goes; the owner batches, downloads, pays and takes back", async ({
  open,
}) => {
  const { slug } = business;
  const creator = await open(business.email("creator"));
  await creator.goto(`/${slug}/loyalty/payouts`);
  await expect(creator.getByRole("heading", { name: "Where should your money go?" })).toBeVisible();
  await expect(creator.getByText("$51.20 waits for this")).toBeVisible();
  await creator.getByRole("radio", { name: "Venmo" }).check();
  await creator.getByRole("radio", { name: "PayPal" }).check();
  const first = creator.getByRole("textbox", { name: "PayPal e-mail address", exact: true });
  const again = creator.getByRole("textbox", { name: "PayPal e-mail address, once more" });
  await first.fill("maya@mail.test");
  await again.fill("maja@mail.test");
  await creator.getByRole("button", { name: "Save payout details" }).click();
  await expect(creator.getByText("The two are not the same. Check both.").first()).toBeVisible();
  // Pasting must work: who copies both from her own notes makes no mistake.
  await again.evaluate((field: HTMLInputElement) => {
    field.focus();
    field.select();
    document.execCommand("insertText", false, "maya@mail.test");
  });
  await creator.getByRole("button", { name: "Save payout details" }).click();
  await expect(creator.getByText("PayPal, m•••@mail.test")).toBeVisible();
  await expect(creator.getByText("Cleared. It is sent with the next payouts.")).toBeVisible();
  expect(await violations(creator)).toEqual([]);

  const owner = await open(business.email("owner"));
  await owner.goto(`/${slug}/admin/loyalty/payouts`);
  const row = owner.getByRole("row", { name: /Maya Lund/ });
  await expect(row).toContainText("$51.20");
  await row.getByRole("button", { name: "Show the account of Maya Lund" }).click();
  const dialog = owner.getByRole("dialog");
  await dialog.getByLabel("Why you need to see it").fill("She asked which account it is.");
  await dialog.getByRole("button", { name: "Show account" }).click();
  await expect(dialog.getByLabel("PayPal account of Maya Lund")).toHaveValue("maya@mail.test");
  await dialog.getByRole("button", { name: "Close" }).first().click();
  await expect(owner.getByText("maya@mail.test")).toHaveCount(0);

  await row.getByRole("checkbox").check();
  await owner.getByRole("button", { name: "Batch the selected with PayPal" }).click();
  await expect(owner.getByRole("heading", { level: 1, name: /^PayPal batch of/ })).toBeVisible();
  expect(await violations(owner)).toEqual([]);
  await owner.getByRole("button", { name: "Approve batch" }).click();
  const [download] = await Promise.all([
    owner.waitForEvent("download"),
    owner.getByRole("link", { name: "Download list" }).click(),
  ]);
  expect(await readFile(await download.path(), "utf8")).toContain("maya@mail.test,51.20,USD,");
  await owner.getByRole("button", { name: "Mark as sent" }).click();
  await expect(owner.getByText("Marked as sent")).toBeVisible();
  await creator.reload();
  await expect(creator.getByText("On its way to you.")).toBeVisible();
  await owner.getByRole("button", { name: "Mark all as paid" }).click();
  await owner.getByRole("dialog").getByLabel("Reference").fill("PP-1");
  await owner.getByRole("dialog").getByRole("button", { name: "Mark all as paid" }).click();
  await expect(owner.getByText("1 payment marked as paid")).toBeVisible();
  await expect(owner.getByText("Every payment is paid or failed.")).toBeVisible();
  await creator.reload();
  await expect(creator.getByText(/^Paid on .* to PayPal, m•••@mail\.test$/)).toBeVisible();

  await owner.goto(`/${slug}/admin/loyalty/payouts?view=paid`);
  await owner.getByRole("button", { name: "Take back from Maya Lund" }).click();
  await owner.getByRole("dialog").getByLabel("Amount in USD").fill("12.50");
  await owner.getByRole("dialog").getByLabel(/^Why/).fill("One order came back.");
  await owner.getByRole("dialog").getByRole("button", { name: "Take back" }).click();
  await expect(owner.getByText("Taken back", { exact: true })).toBeVisible();
  await creator.reload();
  await expect(creator.getByText("$12.50 is taken off what you earn next.")).toBeVisible();
  await expect(creator.getByText("Why: One order came back.")).toBeVisible();
});

test("a payment that comes back tells the creator why, and the next batch takes it along", async ({
  open,
}) => {
  const other = await ownBusiness({ owner: "Wendy Tidewell", creator: "Maya Lund" });
  await owedBoost(other, await creatorFor(other, "maya.returns"), 3_000, "Slow week");
  const api = `/api/${other.slug}/loyalty`;
  const ask = async <T>(path: string, role: string, body: object, method = "POST"): Promise<T> => {
    const answer = await call<T>(`${api}${path}`, { method, as: await signIn(other.email(role)), body });
    expect(answer.status, answer.text).toBeLessThan(300);
    return answer.data;
  };
  const account = { method: "venmo", account: "@maya-lund", accountAgain: "@maya-lund" };
  await ask("/payout-accounts", "creator", account, "PUT");
  const { id } = await ask<{ id: string }>("/payout-batches", "owner", { method: "venmo" });
  await ask(`/payout-batches/${id}/steps`, "owner", { step: "approve" });
  await ask(`/payout-batches/${id}/steps`, "owner", { step: "send" });

  const owner = await open(other.email("owner"));
  await owner.goto(`/${other.slug}/admin/loyalty/payouts/${id}`);
  const row = owner.getByRole("row", { name: /Maya Lund/ });
  await row.getByRole("checkbox").check();
  await owner.getByRole("button", { name: "Mark as failed" }).click();
  const dialog = owner.getByRole("dialog", { name: "1 payment came back?" });
  await dialog.getByLabel("What went wrong").fill("Venmo does not know this name.");
  await dialog.getByRole("button", { name: "Mark as failed" }).click();
  await expect(row).toContainText("Venmo does not know this name.");
  await expect(row).toContainText("Failed");
  const creator = await open(other.email("creator"), { viewport: phone });
  await creator.goto(`/${other.slug}/loyalty/payouts`);
  await expect(creator.getByText("Came back: Venmo does not know this name.")).toBeVisible();
  await expect(creator.getByText("It came back. Check your payout details", { exact: false })).toBeVisible();

  await row.getByRole("checkbox").check();
  await owner.getByRole("button", { name: "Try again" }).click();
  await expect(owner.getByText("Waits for the next batch")).toBeVisible();
  await owner.goto(`/${other.slug}/admin/loyalty/payouts`);
  await expect(owner.getByRole("row", { name: /Maya Lund/ })).toContainText("$30.00");
  await creator.reload();
  await expect(creator.getByText("Cleared. It is sent with the next payouts.")).toBeVisible();
  await expect(creator.getByText("Waits for the next payouts")).toBeVisible();
});

test("support sees no payouts, and a creator no page of the owner's", async ({ open }) => {
  for (const role of ["support", "creator"]) {
    const page = await open(business.email(role));
    await page.goto(`/${business.slug}/admin/loyalty/payouts`);
    await expect(page.getByRole("heading", { name: "You cannot open this page" })).toBeVisible();
  }
});
