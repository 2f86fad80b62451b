import { afterEach, describe, expect, it } from "vitest";
import { setEnvironment } from "./environment";
import { readJson, readText } from "@/lib/http/body";
import { clientIp, peerHeader } from "@/lib/http/client-ip";
import { safeNextPath, signInPath } from "@/lib/http/next-path";
import { assertSameOrigin } from "@/lib/http/origin";
import { readableUrl } from "@/lib/http/readable-url";
import { requestIdOf } from "@/lib/http/request-id";
import { fieldErrors, queryObject, validateParams } from "@/lib/http/validate";
import { slugSchema } from "@/lib/http/slug";
import { withoutBadQuery } from "@/lib/http/without-bad-query";
import { addressBucket } from "@/lib/kernel/address";
import { z } from "zod";

afterEach(() => setEnvironment());

describe("an address that cannot be decoded", () => {
  it.each([
    ["/glow/home?x=%ff", "/glow/home?x=%ff"],
    ["/glow/%C3%A9?q=1", "/glow/%C3%A9?q=1"],
    ["/%ff", "/%25ff"],
    ["/api/%ff/audit?x=%ff", "/api/%25ff/audit?x=%ff"],
    ["/a%2fb/%zz%C3%A9", "/a%2fb/%25zz%C3%A9"],
    ["/%E0%A4%A/%", "/%25E0%25A4%25A/%25"],
    ["*", "*"],
  ])("%s is read as %s", (given, read) => {
    expect(readableUrl(given)).toBe(read);
    expect(() => decodeURIComponent(read.split("?")[0]!)).not.toThrow();
  });
});

describe("an address a list cannot use", () => {
  it.each([
    ["/glow/admin/people?after=x", "INVALID_CURSOR", "/glow/admin/people"],
    ["/glow/admin/people?role=owner&before=x", "INVALID_CURSOR", "/glow/admin/people?role=owner"],
    ["/glow/admin/people?q=%00", "INVALID", "/glow/admin/people"],
    ["/glow/admin/people?q=%00", "INVALID_CURSOR", "/glow/admin/people"],
    ["/glow/admin/people", "INVALID", null],
    ["/.//elsewhere.test?after=x", "INVALID_CURSOR", "/"],
  ])("%s (%s) begins at %s", (path, code, beginning) => expect(withoutBadQuery(path, code)).toBe(beginning));
});

describe("where a change comes from", () => {
  const check = (
    headers: Record<string, string>,
    method = "POST",
    cookieNames: string[] = ["portico-session.0"],
  ) => {
    try {
      assertSameOrigin({ method, headers: new Headers(headers), cookieNames });
      return "allowed";
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  const ours = "http://localhost:3000";

  it.each([
    ["our own page", { origin: ours, "sec-fetch-site": "same-origin" }, "allowed"],
    ["our own page in an old browser", { origin: ours }, "allowed"],
    ["a browser that hides the origin but not the site", { "sec-fetch-site": "same-origin" }, "allowed"],
    ["another site", { origin: "https://evil.example", "sec-fetch-site": "cross-site" }, "CROSS_ORIGIN"],
    ["another site in an old browser", { origin: "https://evil.example" }, "CROSS_ORIGIN"],
    ["a sandboxed frame", { origin: "null" }, "CROSS_ORIGIN"],
    ["a sister domain", { origin: ours, "sec-fetch-site": "same-site" }, "CROSS_ORIGIN"],
    ["another port", { origin: "http://localhost:3001" }, "CROSS_ORIGIN"],
    ["an address that only begins like ours", { origin: `${ours}.evil.example` }, "CROSS_ORIGIN"],
    ["an address bar", { "sec-fetch-site": "none" }, "CROSS_ORIGIN"],
    ["a cookie with no origin at all", {}, "CROSS_ORIGIN"],
  ])("from %s", (_name, headers, expected) => {
    expect(check(headers as unknown as Record<string, string>)).toBe(expected);
  });

  it("lets reads and callers without a cookie and an origin pass", () => {
    expect(check({ origin: "https://evil.example" }, "GET")).toBe("allowed");
    expect(check({}, "POST", ["theme"])).toBe("allowed");
  });

  it("holds a stranger's sign-in to the same, so that nobody is signed in to another's account", () => {
    expect(check({ origin: "https://evil.example" }, "POST", [])).toBe("CROSS_ORIGIN");
  });
});

describe("whose address counts", () => {
  const forwarded = {
    "x-forwarded-for": "6.6.6.6, 9.9.9.9",
    "x-real-ip": "7.7.7.7",
    [peerHeader]: "10.0.0.5",
  };

  it("is the socket's unless a proxy is trusted", () => {
    expect(clientIp(new Headers(forwarded))).toBe("10.0.0.5");
    expect(clientIp(new Headers({ "x-forwarded-for": "6.6.6.6" }))).toBe("unknown");
  });

  it("is what our proxy appended, never what the caller put in front", () => {
    setEnvironment({ TRUST_PROXY: "1" });
    expect(clientIp(new Headers(forwarded))).toBe("9.9.9.9");
    expect(clientIp(new Headers({ "x-forwarded-for": "rubbish", [peerHeader]: "10.0.0.5" }))).toBe(
      "10.0.0.5",
    );
  });

  it("is the platform's own header on Vercel", () => {
    setEnvironment({ VERCEL: "1" });
    expect(clientIp(new Headers(forwarded))).toBe("7.7.7.7");
  });

  it("counts an IPv6 network as one and an IPv4 address in IPv6 clothes as itself", () => {
    expect(addressBucket("2001:db8:1:2:3:4:5:6")).toBe(addressBucket("2001:db8:1:2::9"));
    expect(addressBucket("2001:db8:1:2::9")).not.toBe(addressBucket("2001:db8:1:3::9"));
    expect(clientIp(new Headers({ [peerHeader]: "::ffff:10.0.0.5" }))).toBe("10.0.0.5");
  });
});

describe("where sign-in leads back to", () => {
  it.each([
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    "/\t/evil.example",
    "/ /evil",
    "evil",
    "",
    "/\u0000",
    "/api/me",
    "/sign-in?next=/sign-in",
    "/..//evil.example",
    `/${"a".repeat(3_000)}`,
  ])("never follows %j", (value) => expect(safeNextPath(value)).toBe("/"));

  it.each(["/glow/loyalty", "/glow/admin/people?q=mira%20k&sort=name#top", "/"])("keeps %j", (value) => {
    expect(safeNextPath(value)).toBe(value);
  });

  it("is carried along only when there is somewhere to go", () => {
    expect(signInPath("/glow?x=1")).toBe("/sign-in?next=%2Fglow%3Fx%3D1");
    expect(signInPath("//evil.example")).toBe("/sign-in");
  });
});

describe("a body", () => {
  const post = (body: BodyInit | null, type = "application/json", more: Record<string, string> = {}) =>
    new Request("http://x/", { method: "POST", body, headers: { "content-type": type, ...more } });
  const status = (request: Request, limit?: number) =>
    readJson(request, limit).then(
      () => 200,
      (error: { status: number }) => error.status,
    );

  it("is JSON", async () => {
    expect(await readJson(post('{"a":"ü"}', "application/json; charset=utf-8"))).toEqual({ a: "ü" });
  });

  it.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "application/jsonp",
    "",
  ])("of type %j answers 415", async (type) => expect(await status(post("{}", type))).toBe(415));

  it.each(["", "{", "{'a':1}", new Uint8Array([0x22, 0xff, 0x22])])(
    "that is not JSON answers 400",
    async (text) => {
      expect(await status(post(text))).toBe(400);
    },
  );

  it("that is too large answers 413, whatever length it claims", async () => {
    expect(await status(post(`"${"a".repeat(2_000)}"`), 1_000)).toBe(413);
    const stream = new ReadableStream({
      pull: (controller) => controller.enqueue(new TextEncoder().encode("a".repeat(600))),
    });
    const endless = new Request("http://x/", { method: "POST", body: stream, duplex: "half" } as RequestInit);
    await expect(readText(endless, 1_000)).rejects.toMatchObject({ status: 413 });
  });
});

describe("the parts of an address", () => {
  it("keeps repeated keys as a list and never touches a prototype", () => {
    const query = queryObject(new URLSearchParams("a=1&b=2&b=3&__proto__=x"));
    expect(query).toMatchObject({ a: "1", b: ["2", "3"] });
    expect(({} as Record<string, unknown>).x).toBeUndefined();
    expect(Object.getPrototypeOf(query)).toBe(Object.prototype);
  });

  it("answers 404 to a parameter that cannot exist", () => {
    expect(() => validateParams(z.object({ client: slugSchema }), { client: "No Slug" })).toThrow(
      expect.objectContaining({ status: 404 }),
    );
    expect(validateParams(z.object({ client: slugSchema }), { client: "glow" })).toEqual({ client: "glow" });
  });

  it("names a field by its path and keeps the first finding", () => {
    const parsed = z
      .object({ a: z.array(z.object({ b: z.string().min(3).max(1) })) })
      .safeParse({ a: [{ b: "xx" }] });
    expect(Object.keys(fieldErrors(parsed.error!))).toEqual(["a.0.b"]);
  });

  it("takes a request id from outside only behind our own proxy", () => {
    const headers = new Headers({ "x-request-id": "from-outside-1" });
    expect(requestIdOf(headers)).not.toBe("from-outside-1");
    setEnvironment({ TRUST_PROXY: "1" });
    expect(requestIdOf(headers)).toBe("from-outside-1");
    expect(requestIdOf(new Headers({ "x-request-id": "bad id with spaces" }))).toMatch(/^[0-9a-f-]{36}$/);
  });
});
