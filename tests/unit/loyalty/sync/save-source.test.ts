import { beforeAll, describe, expect, it } from "vitest";
import type { TenantScope } from "@/lib/db/tenant-scope";
import { saveSource } from "@/lib/programs/loyalty/sync/save-source";
import { sourceInputSchema } from "@/lib/programs/loyalty/sync/source.schema";
import { testEnv } from "../../../../scripts/stack/config";

beforeAll(() => {
  Object.assign(process.env, testEnv(), { SYNC_ALLOW_LOOPBACK: "" });
});

// Whatever is refused is refused before the database is asked anything.
const scope = {
  can: () => true,
  rpc: () => Promise.reject(new Error("saved")),
  client: { id: "" },
} as unknown as TenantScope;
const save = (input: object) => saveSource(scope, sourceInputSchema.parse(input));
const recipe = {
  signInUrl: "https://example.com/in",
  username: "#u",
  password: "#p",
  submit: "#s",
  signedIn: "#d",
  download: "#l",
};

describe("saving where files come from", () => {
  it.each(["https://10.0.0.8/x.csv", "https://169.254.169.254/latest", "https://[::1]/", "https://0x7f.1/"])(
    "refuses %s with a sentence at the field",
    async (url) => {
      await expect(save({ kind: "https", url })).rejects.toMatchObject({
        status: 422,
        details: {
          fields: { url: expect.stringContaining("is not an address on the public internet") as string },
        },
      });
    },
  );

  it.each([
    ["its sign-in page", { ...recipe, signInUrl: "https://192.168.1.1/in" }],
    ["its export page", { ...recipe, exportUrl: "https://10.1.1.1/out" }],
    ["another host", { ...recipe, hosts: ["cdn.example.com", "172.16.0.1"] }],
  ])("refuses a browser sign-in with a private address for %s", async (_, wrong) => {
    await expect(save({ kind: "browser", recipe: wrong })).rejects.toMatchObject({
      status: 422,
      details: { fields: { recipe: expect.stringContaining("public internet") as string } },
    });
  });

  it("goes on with a public address", async () => {
    await expect(save({ kind: "https", url: "https://example.com/x.csv" })).rejects.toThrow("saved");
  });
});
