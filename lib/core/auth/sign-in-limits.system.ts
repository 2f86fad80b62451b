import "server-only";
import { z } from "zod";
import { systemClient } from "@/lib/db/system";
import { callFunction } from "@/lib/db/tenant-scope";

/* Who signs in is not known until it has happened, so the counting is done with the server's own key. */

const gateSchema = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.literal("go"), waitMs: z.number() }),
  z.object({ outcome: z.enum(["locked", "slowed"]), retryAfter: z.number() }),
]);
export type Gate = z.infer<typeof gateSchema>;

export async function beginSignIn(account: string, address: string, pass: string | null): Promise<Gate> {
  const args = { p_account: account, p_ip: address, ...(pass === null ? {} : { p_pass: pass }) };
  return gateSchema.parse(await callFunction(systemClient(), "auth_begin_sign_in", args));
}

export async function finishSignIn(
  account: string,
  address: string,
  end: { userId: string | null; outcome: "ok" | "failed" | "refused"; reason: string },
): Promise<void> {
  await callFunction(systemClient(), "auth_finish_sign_in", {
    p_account: account,
    p_ip: address,
    p_outcome: end.outcome,
    p_reason: end.reason,
    ...(end.userId === null ? {} : { p_user: end.userId }),
  });
}

export async function createUnlock(account: string, address: string, tokenHash: string): Promise<boolean> {
  return z
    .boolean()
    .parse(
      await callFunction(systemClient(), "auth_create_unlock", {
        p_account: account,
        p_ip: address,
        p_token_hash: tokenHash,
      }),
    );
}

export async function spendUnlock(tokenHash: string, passHash: string, address: string): Promise<boolean> {
  return z
    .boolean()
    .parse(
      await callFunction(systemClient(), "auth_use_unlock", {
        p_token_hash: tokenHash,
        p_pass_hash: passHash,
        p_ip: address,
      }),
    );
}

export async function note(
  kind: "password" | "e-mail" | "sign-out",
  account: string,
  address: string,
  end: { userId: string | null; outcome: "ok" | "failed" | "refused"; reason: string },
): Promise<void> {
  await callFunction(systemClient(), "auth_note", {
    p_kind: kind,
    p_account: account,
    p_ip: address,
    p_outcome: end.outcome,
    p_reason: end.reason,
    ...(end.userId === null ? {} : { p_user: end.userId }),
  });
}
