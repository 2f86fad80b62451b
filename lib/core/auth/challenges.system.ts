import "server-only";
import { z } from "zod";
import { systemClient } from "@/lib/db/system";
import { callFunction } from "@/lib/db/tenant-scope";

/* A code is asked for by somebody who is nobody yet, so its tries and sends are counted with the server's own key. */

export type Purpose = "sign-up" | "reset" | "email-change";

const stateSchema = z.object({
  outcome: z.enum(["sent", "early", "spent"]),
  /** A mail must go out now. */
  send: z.boolean(),
  email: z.string(),
  purpose: z.enum(["sign-up", "reset", "email-change"]),
  resendAt: z.string(),
  expiresAt: z.string(),
  sendsLeft: z.number().int(),
});
export type ChallengeRow = z.infer<typeof stateSchema>;

interface NewChallenge {
  purpose: Purpose;
  email: string;
  mailbox: string;
  address: string;
  tokenHash: string;
  userId?: string;
}

export async function openChallenge(challenge: NewChallenge): Promise<ChallengeRow> {
  const answer = await callFunction(systemClient(), "auth_start_challenge", {
    p_purpose: challenge.purpose,
    p_email: challenge.email,
    p_email_hash: challenge.mailbox,
    p_ip: challenge.address,
    p_token_hash: challenge.tokenHash,
    ...(challenge.userId === undefined ? {} : { p_user: challenge.userId }),
  });
  return stateSchema.parse(answer);
}

const resentSchema = z.union([z.object({ outcome: z.literal("gone") }), stateSchema]);

export async function repeatChallenge(tokenHash: string): Promise<z.infer<typeof resentSchema>> {
  return resentSchema.parse(
    await callFunction(systemClient(), "auth_resend_challenge", { p_token_hash: tokenHash }),
  );
}

const triedSchema = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.enum(["gone", "used", "expired", "spent"]) }),
  z.object({
    outcome: z.enum(["go", "decoy"]),
    triesLeft: z.number().int(),
    email: z.string(),
    userId: z.uuid().nullable(),
  }),
]);
export type Tried = z.infer<typeof triedSchema>;

export async function tryChallenge(tokenHash: string, purpose: Purpose): Promise<Tried> {
  return triedSchema.parse(
    await callFunction(systemClient(), "auth_try_challenge", { p_token_hash: tokenHash, p_purpose: purpose }),
  );
}

export async function consumeChallenge(tokenHash: string, userId: string): Promise<boolean> {
  return z.boolean().parse(
    await callFunction(systemClient(), "auth_consume_challenge", {
      p_token_hash: tokenHash,
      p_user: userId,
    }),
  );
}
