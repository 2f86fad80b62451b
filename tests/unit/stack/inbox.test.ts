import { mkdtempSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { ResendApi } from "../../../scripts/stack/inbox/resend";
import { inboxPage, mailDocument } from "../../../scripts/stack/inbox/page";
import { MailStore } from "../../../scripts/stack/inbox/store";

const home = () => mkdtempSync(path.join(os.tmpdir(), "portico-inbox-"));
const mail = { from: "Portico <hello@portico.test>", to: ["ada@x.test"], subject: "Hello", text: "Good day" };
const call = (body: unknown, idempotencyKey?: string, authorization = "Bearer re_key") => ({
  method: "POST",
  path: "/emails",
  authorization,
  idempotencyKey,
  body: JSON.stringify(body),
});

it("keeps a mail once for one key, and refuses the key for another mail", async () => {
  const store = new MailStore(home());
  const api = new ResendApi(store, "re_key");
  const first = await api.handle(call(mail, "k1"));
  expect((await api.handle(call(mail, "k1"))).body).toEqual(first.body);
  expect(store.count()).toBe(1);
  const other = await api.handle(call({ ...mail, subject: "Other" }, "k1"));
  expect(other).toMatchObject({ status: 409, body: { name: "invalid_idempotent_request" } });
});

it("answers a wrong key, a missing field and a bad address as the service does", async () => {
  const api = new ResendApi(new MailStore(home()), "re_key");
  expect(await api.handle(call(mail, undefined, "Bearer re_other"))).toMatchObject({ status: 401 });
  expect(await api.handle(call({ ...mail, to: [] }))).toMatchObject({ status: 422 });
  expect(await api.handle(call({ ...mail, subject: "" }))).toMatchObject({
    status: 422,
    body: { name: "missing_required_field" },
  });
  expect(await api.handle(call({ ...mail, to: "nobody" }))).toMatchObject({ status: 422 });
});

it("fails as often as it is asked to, and then sends", async () => {
  const store = new MailStore(home());
  const api = new ResendApi(store, "re_key");
  api.failNext(500, 2);
  expect((await api.handle(call(mail, "k"))).status).toBe(500);
  expect((await api.handle(call(mail, "k"))).status).toBe(500);
  expect((await api.handle(call(mail, "k"))).status).toBe(200);
  expect(store.count()).toBe(1);
});

it("shows after a restart what it showed before", async () => {
  const at = home();
  const before = new MailStore(at);
  await new ResendApi(before, "re_key").handle(call(mail, "k1"));
  const after = new MailStore(at);
  expect(after.list({ to: "ADA@x.test" })).toEqual(before.list());
  await new ResendApi(after, "re_key").handle(call(mail, "k1"));
  expect(after.count()).toBe(1);
});

it("shows what a mail says as text and never runs it", async () => {
  const store = new MailStore(home());
  const api = new ResendApi(store, "re_key");
  await api.handle(call({ ...mail, subject: "<script>alert(1)</script>", html: "<p>Hi</p>" }));
  const [only] = store.list();
  if (!only) throw new Error("no mail was kept");
  const page = inboxPage([only], only, { search: "", view: "html", lost: false });
  expect(page).not.toContain("<script>alert");
  expect(page).toContain('sandbox="allow-popups');
  expect(mailDocument(only)).toContain('<base target="_blank">');
});
