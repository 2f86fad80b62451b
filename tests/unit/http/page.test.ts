import { beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { accessToken, sessionCookie, setEnvironment } from "./environment";

const { readContext, given } = vi.hoisted(() => ({
  readContext: vi.fn(),
  given: { headers: new Headers(), cookies: new Map<string, string>() },
}));
vi.mock("@/lib/db/read-context", () => ({ readContext }));
vi.mock("next/headers", () => ({
  headers: () => Promise.resolve(given.headers),
  cookies: () =>
    Promise.resolve({
      get: (name: string) => (given.cookies.has(name) ? { name, value: given.cookies.get(name) } : undefined),
    }),
}));
vi.mock("next/navigation", () => {
  const left = (how: string) => (to?: string) => {
    throw Object.assign(new Error(to === undefined ? how : `${how} ${to}`), { isLeaving: true });
  };
  return { notFound: left("not found"), forbidden: left("forbidden"), redirect: left("redirect") };
});

import { AppError, conflict, notFound } from "@/lib/kernel/errors";
import { page } from "@/lib/http/page";
import { pathHeader } from "@/lib/http/forwarded";
import { slugSchema } from "@/lib/http/slug";

const permission = "loyalty.things.read";
const scope = (permissions: string[]) => ({
  client: { id: "c", slug: "glow", programs: ["loyalty"] },
  can: (name: string) => permissions.includes(name),
});
const context = (permissions: string[] | null) => ({
  user: permissions && { id: "u" },
  viewer: permissions && { personId: "p", permissions: new Set(permissions) },
  scope: permissions && scope(permissions),
  unread: 0,
  mailBlocked: null,
  businesses: [],
  view: null,
});

function open(
  render: (input: { query: { sort: string; after?: string | undefined } }) => string,
  query: Record<string, string> = {},
) {
  const Page = page(
    {
      access: { permission },
      params: z.object({ client: slugSchema }),
      query: z.object({
        sort: z.enum(["name", "sales"]).default("name"),
        after: z.string().max(5).optional(),
      }),
    },
    render,
  );
  return Page({ params: Promise.resolve({ client: "glow" }), searchParams: Promise.resolve(query) });
}
const shown = vi.fn(() => "shown");

beforeEach(() => {
  vi.resetAllMocks();
  setEnvironment();
  shown.mockReturnValue("shown");
  given.headers = new Headers({ [pathHeader]: "/glow/admin/things?sort=sales&after=abc" });
  const [name = "", value = ""] = sessionCookie(accessToken()).split(/=(.*)/s);
  given.cookies = new Map([[name, value]]);
  readContext.mockResolvedValue(context([permission]));
});

describe("a page", () => {
  it("is drawn for who may see it", async () => {
    expect(await open(shown)).toBe("shown");
    expect(readContext).toHaveBeenCalledWith(expect.objectContaining({ slug: "glow", sessionId: "s1" }));
  });

  it("sends who is not signed in to the door, and back here afterwards", async () => {
    given.cookies.clear();
    readContext.mockResolvedValue(context(null));
    await expect(open(shown)).rejects.toThrow(/^redirect \/sign-in\?next=%2Fglow%2Fadmin%2Fthings/);
    expect(shown).not.toHaveBeenCalled();
  });

  it("is refused to a member without the permission before anything is read for it", async () => {
    readContext.mockResolvedValue(context([]));
    await expect(open(shown)).rejects.toThrow("forbidden");
    expect(shown).not.toHaveBeenCalled();
  });

  it("takes the defaults for what an address says wrongly, and keeps what it says rightly", async () => {
    const query = vi.fn(({ query: read }: { query: unknown }) => JSON.stringify(read));
    expect(await open(query, { sort: "shoe size", after: "abc" })).toBe('{"sort":"name","after":"abc"}');
    expect(await open(query, { sort: "sales", after: "much too long" })).toBe('{"sort":"sales"}');
  });

  it.each([
    ["is not there", notFound("this thing"), "not found"],
    ["may not be seen", new AppError("FORBIDDEN", 403, "No."), "forbidden"],
    ["wants a sign-in", new AppError("UNAUTHENTICATED", 401, "Sign in."), "redirect /sign-in"],
  ])("says of a row that %s what the wrapper would say", async (_what, error, way) => {
    shown.mockImplementation(() => {
      throw error;
    });
    await expect(open(shown)).rejects.toThrow(way);
  });

  it("begins the list again when its place in it is of another list", async () => {
    shown.mockImplementation(() => {
      throw new AppError("INVALID_CURSOR", 422, "This place in the list is not one of ours.");
    });
    await expect(open(shown)).rejects.toThrow("redirect /glow/admin/things?sort=sales");
  });

  it("leaves what is our own fault to the error page", async () => {
    shown.mockImplementation(() => {
      throw conflict("TAKEN", "That is taken.");
    });
    await expect(open(shown)).rejects.toMatchObject({ code: "TAKEN" });
    shown.mockImplementation(() => {
      throw new TypeError("x is undefined");
    });
    await expect(open(shown)).rejects.toThrow("x is undefined");
  });
});
