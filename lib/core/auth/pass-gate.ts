import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import { AppError } from "@/lib/kernel/errors";
import { sessionByPassword, type AuthSession } from "./auth-api";
import { readDoorCookie } from "./door-cookies";
import type { Account } from "./find-account";
import { addressPrint, fingerprint } from "./fingerprint";
import type { From } from "./from";
import { beginSignIn, finishSignIn } from "./sign-in-limits.system";

/** Nobody's address: an unknown handle costs Auth the same call as a known one. */
const nobody = "nobody@portico.invalid";

/**
 * One counted try of a password, at sign-in and wherever a password is asked again. Null when it was wrong.
 * An account that does not exist is locked and slowed like any other.
 */
export async function tryPassword(
  account: Account,
  password: string,
  from: From,
): Promise<AuthSession | null> {
  const address = addressPrint(from.ip);
  const pass = await readDoorCookie("portico-pass");
  const gate = await beginSignIn(account.print, address, pass === null ? null : fingerprint("token", pass));
  if (gate.outcome !== "go") throw tooManyTries(gate.outcome, gate.retryAfter);
  if (gate.waitMs > 0) await wait(gate.waitMs);
  let session: AuthSession | null;
  try {
    session = await sessionByPassword(account.email ?? nobody, password);
  } catch (error) {
    await finishSignIn(account.print, address, { userId: null, outcome: "refused", reason: "auth server" });
    throw error;
  }
  const userId = session?.userId ?? null;
  await finishSignIn(account.print, address, {
    userId,
    outcome: session ? "ok" : "failed",
    reason: session ? "" : "wrong",
  });
  return session;
}

function tooManyTries(outcome: "locked" | "slowed", seconds: number): AppError {
  const minutes = Math.max(1, Math.ceil(seconds / 60));
  const when = seconds < 90 ? `in ${Math.ceil(seconds)} seconds` : `in ${minutes} minutes`;
  const error = new AppError(
    outcome === "locked" ? "LOCKED" : "SLOWED",
    429,
    `Too many wrong passwords. Try again ${when}, or have a link mailed to you that lets you in now.`,
    { retryAfter: Math.ceil(seconds), unlock: true },
  );
  return Object.assign(error, { headers: { "Retry-After": String(Math.ceil(seconds)) } });
}
