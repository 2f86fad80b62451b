import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { StoredFile, UploadTicket } from "@/lib/core/files/contract";
import { apiUrl, appUrl, call, signIn, stackSql, type SignedIn } from "../../support/stack";

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);
let owner: SignedIn;
let manager: SignedIn;
let stranger: SignedIn;

beforeAll(async () => {
  [owner, manager, stranger] = (await Promise.all(
    ["owner@lumen.test", "manager@glow.test", "owner@hearth.test"].map((email) => signIn(email)),
  )) as [SignedIn, SignedIn, SignedIn];
});
afterAll(() => stackSql("update public.clients set logo_path = null where slug in ('lumen', 'hearth')"));

async function upload(as: SignedIn, slug: string, bytes: Buffer): Promise<StoredFile> {
  const { data: ticket } = await call<UploadTicket>(`/api/${slug}/files`, {
    as,
    body: { name: "logo.png", bytes: bytes.byteLength, contentType: "image/png", purpose: "brand-logo" },
  });
  await fetch(ticket.uploadUrl, { method: "PUT", headers: ticket.headers, body: new Uint8Array(bytes) });
  await call(`/api/${slug}/files/${ticket.fileId}/complete`, { method: "POST", as });
  for (let tries = 0; tries < 100; tries += 1) {
    const { data } = await call<StoredFile>(`/api/${slug}/files/${ticket.fileId}`, { as });
    if (data.state === "clean" || data.state === "rejected") return data;
    await sleep(200);
  }
  throw new Error("the picture was not checked in time");
}
const choose = (as: SignedIn | null, fileId: string | null, slug = "lumen") =>
  call(`/api/${slug}/tenancy/logo`, { method: "PUT", as, body: { fileId } });
const shown = (id: string, slug = "lumen") => fetch(`${appUrl}/api/${slug}/tenancy/logo/${id}`);

describe("a logo", () => {
  it("is shown to everybody, byte for byte, until another one or none takes its place", async () => {
    const { id } = await upload(owner, "lumen", png);
    expect((await shown(id)).status).toBe(404);
    expect((await choose(owner, id)).status).toBe(200);
    const answer = await shown(id);
    expect(answer.status).toBe(200);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(png);
    expect(answer.headers.get("content-type")).toBe("image/png");
    expect(answer.headers.get("cache-control")).toContain("immutable");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    const door = await (await fetch(`${appUrl}/sign-in?business=lumen`)).text();
    expect(door).toContain(`/api/lumen/tenancy/logo/${id}`);
    expect((await shown(id, "hearth")).status).toBe(404);
    expect((await choose(owner, null)).status).toBe(200);
    expect((await shown(id)).status).toBe(404);
  });

  it("is a picture: a page or a moving one is refused with a sentence", async () => {
    for (const bytes of ["<svg xmlns='http://www.w3.org/2000/svg'/>", "GIF89a\u0001\u0000\u0001\u0000"]) {
      const file = await upload(owner, "lumen", Buffer.from(bytes, "latin1"));
      expect(file).toMatchObject({ state: "rejected", rejectedReason: "type" });
      const refused = await choose(owner, file.id);
      expect(refused.status).toBe(422);
      expect(refused.error?.message).toContain("Choose a PNG, JPEG or WebP file.");
    }
  });

  it("is chosen by whoever may change the settings, from the business's own pictures", async () => {
    const { id } = await upload(owner, "lumen", png);
    expect((await choose(null, id)).status).toBe(401);
    expect((await choose(stranger, id)).status).toBe(404);
    expect((await choose(manager, null, "glow")).status).toBe(403);
    expect((await choose(stranger, id, "hearth")).status).toBe(404);
    expect((await choose(owner, crypto.randomUUID())).status).toBe(404);
    expect((await choose(owner, "x")).status).toBe(422);
  });

  it("cannot be set past the function", async () => {
    const answer = await fetch(`${apiUrl}/rest/v1/clients?slug=eq.lumen`, {
      method: "PATCH",
      headers: {
        apikey: process.env.SUPABASE_PUBLISHABLE_KEY ?? owner.accessToken,
        authorization: `Bearer ${owner.accessToken}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({ logo_path: "anything" }),
    });
    expect([401, 403]).toContain(answer.status);
  });
});
