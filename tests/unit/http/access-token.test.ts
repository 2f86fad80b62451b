import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { afterEach, describe, expect, it, vi } from "vitest";
import { accessToken, jwtSecret, setEnvironment, userId } from "./environment";
import { verifyAccessToken } from "@/lib/http/access-token";

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const claims = {
  sub: userId,
  role: "authenticated",
  exp: Math.floor(Date.now() / 1000) + 60,
  session_id: "s1",
};
const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
const jwk = { ...pair.publicKey.export({ format: "jwk" }), kid: "key-1" };

function signedByKey(header: Record<string, unknown> = {}): string {
  const input = `${part({ alg: "ES256", kid: "key-1", ...header })}.${part(claims)}`;
  return `${input}.${sign("sha256", Buffer.from(input), { key: pair.privateKey, dsaEncoding: "ieee-p1363" }).toString("base64url")}`;
}

afterEach(() => setEnvironment());

describe("an access token", () => {
  it("passes with the shared secret's signature", async () => {
    expect(await verifyAccessToken(accessToken())).toMatchObject({ sub: userId, session_id: "s1" });
  });

  it.each([
    ["another secret", () => accessToken({}, "x".repeat(40))],
    ["an empty secret", () => accessToken({}, "")],
    ["no signature and alg none", () => `${part({ alg: "none" })}.${part(claims)}.`],
    ["an unknown algorithm", () => accessToken({}, jwtSecret, { alg: "HS512" })],
    ["a time that has passed", () => accessToken({ exp: Math.floor(Date.now() / 1000) - 60 })],
    ["no time at all", () => accessToken({ exp: undefined })],
    ["the service role", () => accessToken({ role: "service_role" })],
    ["the anonymous role", () => accessToken({ role: "anon" })],
    ["an anonymous sign-in", () => accessToken({ is_anonymous: true })],
    ["no session", () => accessToken({ session_id: undefined })],
    ["a subject that is no id", () => accessToken({ sub: "admin" })],
    [
      "changed claims",
      () => accessToken().replace(/\.[^.]+\./, `.${part({ ...claims, sub: userId.replaceAll("1", "2") })}.`),
    ],
    ["nothing in it", () => ""],
    ["two parts only", () => "a.b"],
    ["far too many letters", () => `${"a".repeat(9_000)}.b.c`],
  ])("is refused with %s", async (_name, make) => {
    expect(await verifyAccessToken(make(), () => Promise.resolve([]))).toBeNull();
  });

  it("is refused when no secret is configured, even if signed with an empty one", async () => {
    setEnvironment({ SUPABASE_JWT_SECRET: "" });
    expect(await verifyAccessToken(accessToken({}, ""))).toBeNull();
  });

  it("passes with the signature of a published key", async () => {
    expect(await verifyAccessToken(signedByKey(), () => Promise.resolve([jwk]))).toMatchObject({
      sub: userId,
    });
  });

  it("asks for the keys again when it names one that is not known yet", async () => {
    const keys = vi.fn((refresh: boolean) => Promise.resolve(refresh ? [jwk] : []));
    expect(await verifyAccessToken(signedByKey(), keys)).not.toBeNull();
    expect(keys.mock.calls).toEqual([[false], [true]]);
    expect(await verifyAccessToken(signedByKey({ kid: "other" }), keys)).toBeNull();
  });

  it("does not accept a published key used as a shared secret", async () => {
    const text = pair.publicKey.export({ type: "spki", format: "pem" }) as string;
    const input = `${part({ alg: "HS256", kid: "key-1" })}.${part(claims)}`;
    const forged = `${input}.${createHmac("sha256", text).update(input).digest("base64url")}`;
    expect(await verifyAccessToken(forged, () => Promise.resolve([jwk]))).toBeNull();
  });
});
