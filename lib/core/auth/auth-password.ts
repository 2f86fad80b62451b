import { createHash } from "node:crypto";

const bcryptBytes = 72;

/**
 * Supabase Auth hashes with bcrypt, which reads 72 bytes and refuses more. A longer passphrase is handed over as its
 * digest, everywhere alike, so that all 128 characters count.
 */
export function authPassword(password: string): string {
  if (Buffer.byteLength(password, "utf8") <= bcryptBytes) return password;
  return `Aa1!${createHash("sha256").update(password, "utf8").digest("base64url")}`;
}
