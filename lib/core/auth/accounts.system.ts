import "server-only";
import { z } from "zod";
import { systemClient } from "@/lib/db/system";
import { callFunction } from "@/lib/db/tenant-scope";
import { encrypt } from "@/lib/kernel/crypto";
import { newId } from "@/lib/kernel/ids";

/* What is asked or written about a login before, or beside, a session of its own; with the server's key. */

export async function findLoginByHandle(handle: string, business: string | null): Promise<string | null> {
  const args = { p_name: handle, ...(business === null ? {} : { p_slug: business }) };
  return z
    .string()
    .nullable()
    .parse(await callFunction(systemClient(), "auth_find_login", args));
}

const homeSchema = z.object({
  userId: z.uuid(),
  isConfirmed: z.boolean(),
  clientId: z.uuid().nullable(),
  personId: z.uuid().nullable(),
  name: z.string().nullable(),
});
export type Home = z.infer<typeof homeSchema>;

/** The login of an e-mail and the business its mails are sent for; null when there is none. */
export async function findHome(email: string): Promise<Home | null> {
  return homeSchema
    .nullable()
    .parse(await callFunction(systemClient(), "auth_find_home", { p_email: email }));
}

export async function recordSession(session: {
  sessionId: string;
  userId: string;
  userAgent: string | null;
  ipHint: string;
  /** Digest of the device's cookie; null for callers that keep none. */
  device: string | null;
}): Promise<void> {
  await callFunction(systemClient(), "auth_record_session", {
    p_session: session.sessionId,
    p_user: session.userId,
    p_ip_hint: session.ipHint,
    ...(session.userAgent === null ? {} : { p_agent: session.userAgent }),
    ...(session.device === null ? {} : { p_device: session.device }),
  });
}

export async function endSessionsOf(userId: string, except: string | null): Promise<void> {
  const args = { p_user: userId, ...(except === null ? {} : { p_except: except }) };
  await callFunction(systemClient(), "auth_end_user_sessions", args);
}

export async function acceptTerms(userId: string, version: string): Promise<void> {
  await callFunction(systemClient(), "auth_accept_terms", { p_user: userId, p_version: version });
}

export async function moveEmail(userId: string, from: string, to: string): Promise<void> {
  await callFunction(systemClient(), "auth_move_email", { p_user: userId, p_from: from, p_to: to });
}

export async function tellPasswordChanged(userId: string, account: string, address: string): Promise<void> {
  await callFunction(systemClient(), "auth_tell_password_changed", {
    p_user: userId,
    p_account: account,
    p_ip: address,
  });
}

/** A login that belongs to no business has nobody to write in whose name; a reset by code is its way in. */
export async function queueAuthMail(
  home: Home | null,
  mail: { kind: "unlock" | "e-mail-changed"; to: string; secret?: string },
): Promise<void> {
  if (!home?.clientId || !home.personId) return;
  const id = newId();
  const place = { clientId: home.clientId, table: "auth_mails", column: "envelope", rowId: id };
  await callFunction(systemClient(), "auth_queue_mail", {
    p_client: home.clientId,
    p_person: home.personId,
    p_kind: mail.kind,
    p_to: mail.to,
    p_id: id,
    ...(mail.secret === undefined ? {} : { p_envelope: encrypt(mail.secret, place) }),
  });
}
