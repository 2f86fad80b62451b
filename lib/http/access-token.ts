import { createHmac, createPublicKey, timingSafeEqual, verify, type JsonWebKey } from "node:crypto";
import { z } from "zod";
import { clock } from "@/lib/kernel/clock";
import { env } from "@/lib/kernel/env";
import { log } from "@/lib/kernel/log";

const claimsSchema = z.object({
  sub: z.uuid(),
  exp: z.number(),
  role: z.literal("authenticated"),
  email: z.string().nullish(),
  session_id: z.string().min(1),
  is_anonymous: z.boolean().nullish(),
});
export type Claims = z.infer<typeof claimsSchema>;

const headerSchema = z.object({ alg: z.enum(["HS256", "ES256", "RS256"]), kid: z.string().optional() });
const clockSkewSeconds = 5;

type Key = JsonWebKey & { kid?: string };

/**
 * Checks the signature here instead of asking the auth server on every request. Nothing is authorised from claims:
 * they name who asks; whether the session still lives and what it may do is read from tables.
 */
export async function verifyAccessToken(token: string, keysFor = fetchKeys): Promise<Claims | null> {
  const parts = token.split(".");
  if (parts.length !== 3 || token.length > 8_192) return null;
  const [head, payload, signature] = parts as [string, string, string];
  const header = headerSchema.safeParse(decodeJson(head));
  if (!header.success) return null;
  const input = Buffer.from(`${head}.${payload}`);
  const given = Buffer.from(signature, "base64url");
  const { alg, kid } = header.data;
  const isGenuine =
    alg === "HS256"
      ? isSharedSecretSignature(input, given)
      : await isKeySignature(alg, kid, input, given, keysFor);
  if (!isGenuine) return null;
  const claims = claimsSchema.safeParse(decodeJson(payload));
  if (!claims.success || claims.data.is_anonymous) return null;
  return claims.data.exp + clockSkewSeconds > clock.now().getTime() / 1000 ? claims.data : null;
}

function isSharedSecretSignature(input: Buffer, given: Buffer): boolean {
  // Without a configured secret, a token signed with an empty one must not pass.
  if (!env.supabaseJwtSecret) return false;
  const expected = createHmac("sha256", env.supabaseJwtSecret).update(input).digest();
  return expected.length === given.length && timingSafeEqual(expected, given);
}

async function isKeySignature(
  alg: "ES256" | "RS256",
  kid: string | undefined,
  input: Buffer,
  given: Buffer,
  keysFor: (refresh: boolean) => Promise<Key[]>,
): Promise<boolean> {
  const find = (keys: Key[]) =>
    keys.find((key) => key.kid === kid && key.kty === (alg === "ES256" ? "EC" : "RSA"));
  // An unknown key id may be a key that was rotated in a moment ago.
  const jwk = find(await keysFor(false)) ?? find(await keysFor(true));
  if (!jwk) return false;
  try {
    const key = createPublicKey({ key: jwk, format: "jwk" });
    return verify("sha256", input, alg === "ES256" ? { key, dsaEncoding: "ieee-p1363" } : key, given);
  } catch {
    return false;
  }
}

const keysStayFresh = 10 * 60_000;
const shortestRefresh = 30_000;
let cached: { keys: Key[]; at: number } | null = null;

async function fetchKeys(refresh: boolean): Promise<Key[]> {
  const now = clock.now().getTime();
  const age = cached === null ? Infinity : now - cached.at;
  if (cached && (refresh ? age < shortestRefresh : age < keysStayFresh)) return cached.keys;
  try {
    const answer = await fetch(`${env.supabaseUrl}/auth/v1/.well-known/jwks.json`, {
      signal: AbortSignal.timeout(5_000),
      cache: "no-store",
    });
    if (!answer.ok) throw new Error(`the signing keys answered ${answer.status}`);
    const { keys } = z
      .object({ keys: z.array(z.looseObject({ kty: z.string() })) })
      .parse(await answer.json());
    cached = { keys: keys as Key[], at: now };
  } catch (err) {
    log.error({ err }, "the signing keys could not be read");
    // Ask again in half a minute instead of at every request, and keep what was known.
    cached = { keys: cached?.keys ?? [], at: now - keysStayFresh + shortestRefresh };
  }
  return cached.keys;
}

function decodeJson(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString("utf8")) as unknown;
  } catch {
    return null;
  }
}
