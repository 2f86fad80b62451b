import { Readable } from "node:stream";
import { beforeEach, describe, expect, it, vi } from "vitest";

const { query, measureObject, openObject, scan } = vi.hoisted(() => ({
  query: vi.fn(),
  measureObject: vi.fn(),
  openObject: vi.fn(),
  scan: vi.fn(),
}));
vi.mock("@/lib/db/direct", () => ({
  sql: () => ({ query }),
  withClientSql: (_client: string, run: (db: { query: typeof query }) => unknown) => run({ query }),
}));
vi.mock("@/lib/core/files/storage.system", () => ({
  measureObject,
  openObject,
  objectPath: ({ clientId, purpose, id }: Record<string, string>) => `${clientId}/${purpose}/${id}`,
}));
vi.mock("@/lib/core/files/scan", () => ({ scan }));

import { checkFile } from "@/lib/core/files/check-file.system";

const csv = "handle,sales\nnoor,10\n";

interface Lying {
  purpose?: string;
  announced?: number;
  bytes?: number | null;
  content?: string | Buffer;
  found?: "clean" | "infected" | "not_scanned";
}

/** What is settled of a file that lies in quarantine: state, reason, kind, scan and bytes. */
async function settled(file: Lying): Promise<unknown[] | null> {
  const { content = csv, purpose = "loyalty-import", found = "clean" } = file;
  const { length } = Buffer.from(content);
  query.mockResolvedValueOnce({ rows: [{ purpose, bytes: String(file.announced ?? length) }] });
  measureObject.mockResolvedValue(file.bytes === undefined ? length : file.bytes);
  openObject.mockImplementation(() => Promise.resolve(Readable.from([Buffer.from(content)])));
  scan.mockResolvedValue(found);
  await checkFile("client", "file");
  const settling = query.mock.calls.find(([text]) => String(text).includes("settle_file"));
  return settling ? (settling[1] as unknown[]).slice(2) : null;
}

beforeEach(() => vi.resetAllMocks());

describe("a file in quarantine", () => {
  it("is clean when it is what was announced, of its kind, and nothing was found in it", async () => {
    expect(await settled({})).toEqual(["clean", null, "text/plain", "clean", csv.length]);
  });

  it("keeps that nobody looked into it where there is no scanner", async () => {
    expect(await settled({ found: "not_scanned" })).toMatchObject([
      "clean",
      null,
      "text/plain",
      "not_scanned",
      csv.length,
    ]);
  });

  it.each<[string, Lying, string]>([
    ["never came", { bytes: null }, "missing"],
    ["came empty", { bytes: 0 }, "missing"],
    ["is longer than announced", { announced: csv.length - 1 }, "size"],
    [
      "is larger than its purpose takes",
      { purpose: "brand-logo", bytes: 500_001, announced: 500_001 },
      "size",
    ],
    ["is for a purpose nobody knows any more", { purpose: "gone" }, "size"],
    ["is a program called a table", { content: Buffer.from([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0]) }, "type"],
    ["carries what the scanner knows", { found: "infected" }, "infected"],
  ])("is rejected when it %s", async (_what, file, reason) => {
    expect((await settled(file))?.slice(0, 2)).toEqual(["rejected", reason]);
  });

  it("is not given to the scanner when it is of the wrong kind, nor opened when its size is wrong", async () => {
    await settled({ content: Buffer.from([0x4d, 0x5a, 0x90, 0]) });
    expect(scan).not.toHaveBeenCalled();
    openObject.mockClear();
    await settled({ announced: 1 });
    expect(openObject).not.toHaveBeenCalled();
  });

  it("is settled once: who comes second finds nothing to do", async () => {
    query.mockResolvedValueOnce({ rows: [] });
    await checkFile("client", "file");
    expect(query).toHaveBeenCalledTimes(1);
    expect(measureObject).not.toHaveBeenCalled();
  });
});
