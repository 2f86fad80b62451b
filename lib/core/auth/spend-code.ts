import "server-only";
import { AppError, invalid } from "@/lib/kernel/errors";
import { endAtAuth, sessionByCode, type AuthSession, type CodeType } from "./auth-api";
import { consumeChallenge, tryChallenge, type Purpose, type Tried } from "./challenges.system";
import { dropDoorCookie, readDoorCookie } from "./door-cookies";
import { fingerprint } from "./fingerprint";
import { padTo } from "./pad-time";

const typeOf: Record<Purpose, CodeType> = {
  "sign-up": "email",
  reset: "recovery",
  "email-change": "email_change",
};

interface SpentCode<T> {
  session: AuthSession;
  email: string;
  before: T;
}

/**
 * A try is taken before the code is looked at, and a right code still has to win the one place: of many that arrive
 * at once, one goes on. `before` looks at the account as it was, ahead of the code confirming it.
 */
export async function spendCode<T>(
  purpose: Purpose,
  code: string,
  given: { challenge?: string | undefined; before: (email: string, userId: string | null) => Promise<T> },
): Promise<SpentCode<T>> {
  const startedAt = performance.now();
  const token = given.challenge ?? (await readDoorCookie("portico-code"));
  if (token === null) throw over("gone");
  const tokenHash = fingerprint("token", token);
  const tried = await tryChallenge(tokenHash, purpose);
  if (tried.outcome !== "go" && tried.outcome !== "decoy") throw over(tried.outcome);
  const before = await given.before(tried.email, tried.userId);
  const session = tried.outcome === "go" ? await sessionByCode(tried.email, code, typeOf[purpose]) : null;
  if (!session) {
    await padTo(startedAt);
    throw wrong(tried.triesLeft);
  }
  if (!(await consumeChallenge(tokenHash, session.userId))) {
    await endAtAuth(session.accessToken, "local");
    throw over("used");
  }
  await dropDoorCookie("portico-code");
  return { session, email: tried.email, before };
}

function wrong(triesLeft: number): AppError {
  const rest =
    triesLeft === 0
      ? "Have a new code sent."
      : triesLeft === 1
        ? "One try is left."
        : `${triesLeft} tries are left.`;
  return invalid("This code does not fit.", {
    fields: { code: `This code does not fit. ${rest}` },
    triesLeft,
  });
}

const sentences = {
  gone: "This code is not valid any more. Start again.",
  used: "This code was used already. Sign in, or start again.",
  expired: "This code has run out. Have a new one sent.",
  spent: "This code was tried three times. Have a new one sent.",
} as const;

function over(outcome: Exclude<Tried["outcome"], "go" | "decoy">): AppError {
  const message = sentences[outcome];
  return new AppError(`CODE_${outcome.toUpperCase()}`, outcome === "gone" ? 410 : 422, message, {
    fields: { code: message },
  });
}
