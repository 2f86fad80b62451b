import "server-only";
import { encrypt } from "@/lib/kernel/crypto";
import { env } from "@/lib/kernel/env";
import { randomToken, sha256Hex } from "@/lib/kernel/ids";

export const hashInvitationToken = (token: string) => sha256Hex(token);

export const invitationLink = (token: string) => new URL(`/invitation/${token}`, env.appUrl).toString();

/** Binds the ciphertext to its place, so that a copy in another row cannot be read. */
export const invitationAad = (clientId: string, tokenHash: string) => ({
  clientId,
  table: "invitation_secrets",
  column: "token_envelope",
  rowId: tokenHash,
});

/** A fresh one-use token: its hash to look it up by, an encrypted copy for the mail. */
export function newInvitationToken(clientId: string) {
  const token = randomToken();
  const hash = hashInvitationToken(token);
  return { hash, envelope: encrypt(token, invitationAad(clientId, hash)), link: invitationLink(token) };
}
