import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import type { StoredFile, UploadTicket } from "@/lib/core/files/contract";
import { apiUrl, call, signIn, stackSql, type SignedIn } from "../../support/stack";

let owner: SignedIn;
let manager: SignedIn;
let creator: SignedIn;
let stranger: SignedIn;
const csv = Buffer.from("handle,video_url,gmv\n@maya,https://example.test/v/1,12.50\n");

const begin = (as: SignedIn | null, bytes = csv.byteLength, more: object = {}, slug = "glow") =>
  call<UploadTicket>(`/api/${slug}/files`, {
    as,
    body: { name: "export.csv", bytes, contentType: "text/csv", purpose: "loyalty-import", ...more },
  });
const put = (ticket: UploadTicket, body: Buffer) =>
  fetch(ticket.uploadUrl, { method: "PUT", headers: ticket.headers, body: new Uint8Array(body) });
const complete = (as: SignedIn | null, id: string, slug = "glow") =>
  call<StoredFile>(`/api/${slug}/files/${id}/complete`, { method: "POST", as });
const read = (as: SignedIn | null, id: string, slug = "glow") =>
  call<StoredFile>(`/api/${slug}/files/${id}`, { as });
const link = (as: SignedIn | null, id: string, slug = "glow") =>
  call<{ url: string }>(`/api/${slug}/files/${id}/link`, { method: "POST", as });

async function upload(body: Buffer): Promise<string> {
  const ticket = (await begin(owner, body.byteLength)).data;
  expect((await put(ticket, body)).status).toBe(200);
  expect((await complete(owner, ticket.fileId)).status).toBe(200);
  return ticket.fileId;
}
async function settled(id: string): Promise<StoredFile> {
  for (let tries = 0; tries < 100; tries += 1) {
    const { data } = await read(owner, id);
    if (data.state === "clean" || data.state === "rejected") return data;
    await sleep(200);
  }
  throw new Error(`file ${id} was not checked in time`);
}

beforeAll(async () => {
  [owner, manager, creator, stranger] = (await Promise.all(
    ["owner@glow.test", "manager@glow.test", "creator@glow.test", "owner@hearth.test"].map((email) =>
      signIn(email),
    ),
  )) as [SignedIn, SignedIn, SignedIn, SignedIn];
});

describe("a file's way in", () => {
  it("goes from the browser to storage, is checked, and comes back byte for byte as a download", async () => {
    const id = await upload(csv);
    expect(await settled(id)).toMatchObject({
      state: "clean",
      scan: "not_scanned",
      bytes: csv.byteLength,
      name: "export.csv",
    });
    const { data } = await link(owner, id);
    const download = await fetch(data.url);
    expect(Buffer.from(await download.arrayBuffer())).toEqual(csv);
    expect((await link(manager, id)).status).toBe(200);
  });

  it("ends as rejected when it is not what the purpose takes, and is then never opened", async () => {
    const id = await upload(Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0]));
    expect(await settled(id)).toMatchObject({ state: "rejected", rejectedReason: "type" });
    expect((await link(owner, id)).error?.code).toBe("FILE_NOT_READY");
  });

  it("is not complete before its bytes are there, nor when some are missing", async () => {
    const { data: ticket } = await begin(owner);
    expect((await complete(owner, ticket.fileId)).error?.code).toBe("FILE_NOT_SENT");
    await put(ticket, csv.subarray(0, 20));
    expect((await complete(owner, ticket.fileId)).error?.code).toBe("FILE_INCOMPLETE");
    expect((await read(owner, ticket.fileId)).data.state).toBe("pending");
  });

  it("is checked again for who completes it past our API", async () => {
    const { data: ticket } = await begin(owner);
    const told = await fetch(`${apiUrl}/rest/v1/rpc/files_complete_upload`, {
      method: "POST",
      headers: {
        apikey: process.env["SUPABASE_PUBLISHABLE_KEY"] ?? "sb_publishable_portico-local-only",
        authorization: `Bearer ${owner.accessToken}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({
        p_client: (await stackSql<{ id: string }>("select id from public.clients where slug = 'glow'"))[0]!
          .id,
        p_id: ticket.fileId,
      }),
    });
    expect(told.status).toBe(200);
    expect(await settled(ticket.fileId)).toMatchObject({ state: "rejected", rejectedReason: "missing" });
  });

  it("says what is wrong before anything is sent", async () => {
    expect((await begin(owner, 100_000_001)).status).toBe(422);
    expect((await begin(owner, 10, { name: "a/b.csv" })).error).toMatchObject({
      code: "INVALID",
      details: { fields: { name: expect.any(String) as unknown } },
    });
    expect((await begin(owner, 10, { purpose: "anything" })).status).toBe(422);
  });
});

describe("somebody else", () => {
  it("can neither begin, complete, read nor open a file of this business", async () => {
    const id = await upload(csv);
    await settled(id);
    for (const as of [creator, stranger, null]) {
      expect([401, 403, 404]).toContain((await begin(as)).status);
      for (const answer of [await complete(as, id), await read(as, id), await link(as, id)])
        expect([401, 404]).toContain(answer.status);
    }
    // Through their own business the id means nothing either.
    for (const answer of [
      await complete(stranger, id, "hearth"),
      await read(stranger, id, "hearth"),
      await link(stranger, id, "hearth"),
    ]) {
      expect(answer.status).toBe(404);
    }
  });

  it("cannot complete what a colleague began", async () => {
    const { data: ticket } = await begin(owner);
    await put(ticket, csv);
    expect((await complete(manager, ticket.fileId)).status).toBe(404);
  });

  it("opens nothing in the bucket with their own token", async () => {
    const id = await upload(csv);
    const [row] = await stackSql<{ client_id: string }>(
      "select client_id from public.core_files where id = $1",
      [id],
    );
    const path = `files/${row!.client_id}/loyalty-import/${id}`;
    for (const token of [creator.accessToken, stranger.accessToken, owner.accessToken]) {
      const answer = await fetch(`${apiUrl}/storage/v1/object/authenticated/${path}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      expect(answer.status).toBeGreaterThanOrEqual(400);
    }
    expect((await fetch(`${apiUrl}/storage/v1/object/public/${path}`)).status).toBeGreaterThanOrEqual(400);
  });
});
