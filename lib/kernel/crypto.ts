import { createCipheriv, createDecipheriv } from "node:crypto";
import { env } from "./env";
import { AppError } from "./errors";
import { randomBytes } from "./random";

/** Where a secret lives. It is bound into the ciphertext, so a value copied to another row does not open. */
export interface SecretPlace {
  clientId: string;
  table: string;
  column: string;
  rowId: string;
}

interface KeyRing {
  current: string;
  keys: ReadonlyMap<string, Buffer>;
}

const version = "v1";
const keyBytes = 32;
const ivBytes = 12;
const tagBytes = 16;

/** `id:base64,id:base64`: the first encrypts, all of them decrypt. */
export function parseKeyRing(text: string): KeyRing {
  const keys = new Map<string, Buffer>();
  for (const entry of text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean)) {
    const [id, encoded = "", ...rest] = entry.split(":");
    const key = Buffer.from(encoded, "base64");
    if (!id || !/^[A-Za-z0-9_-]{1,32}$/.test(id) || rest.length > 0)
      throw new Error("A key is written id:base64.");
    if (key.length !== keyBytes) throw new Error(`Key ${id} must be ${keyBytes} bytes in base64.`);
    if (keys.has(id)) throw new Error(`Key ${id} is listed twice.`);
    keys.set(id, key);
  }
  const current = keys.keys().next().value;
  if (current === undefined) throw new Error("At least one key is needed.");
  return { current, keys };
}

let cached: { text: string; ring: KeyRing } | null = null;

function environmentRing(): KeyRing {
  const text = env.encryptionKeys;
  if (cached?.text !== text) cached = { text, ring: parseKeyRing(text) };
  return cached.ring;
}

function additionalData({ clientId, table, column, rowId }: SecretPlace): Buffer {
  return Buffer.from([clientId, table, column, rowId].map(encodeURIComponent).join("|"), "utf8");
}

export function encrypt(plain: string, place: SecretPlace, ring: KeyRing = environmentRing()): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv("aes-256-gcm", ring.keys.get(ring.current)!, iv, { authTagLength: tagBytes });
  cipher.setAAD(additionalData(place));
  const ciphertext = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  const encode = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");
  return [version, ring.current, encode(iv), encode(cipher.getAuthTag()), encode(ciphertext)].join(":");
}

export function decrypt(envelope: string, place: SecretPlace, ring: KeyRing = environmentRing()): string {
  const [head, keyId = "", iv = "", tag = "", ciphertext, ...rest] = envelope.split(":");
  if (head !== version || ciphertext === undefined || rest.length > 0) throw unreadable("shape");
  const key = ring.keys.get(keyId);
  if (!key) throw unreadable(`key ${keyId} is not in the ring`);
  const tagBuffer = Buffer.from(tag, "base64url");
  const ivBuffer = Buffer.from(iv, "base64url");
  if (tagBuffer.length !== tagBytes || ivBuffer.length !== ivBytes) throw unreadable("shape");
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, ivBuffer, { authTagLength: tagBytes });
    decipher.setAAD(additionalData(place));
    decipher.setAuthTag(tagBuffer);
    return Buffer.concat([decipher.update(Buffer.from(ciphertext, "base64url")), decipher.final()]).toString(
      "utf8",
    );
  } catch (cause) {
    throw unreadable("wrong place, wrong key or changed", cause);
  }
}

/** True when a value was sealed with a key that is no longer the current one. */
export function needsReencryption(envelope: string, ring: KeyRing = environmentRing()): boolean {
  return envelope.split(":")[1] !== ring.current;
}

/** Opens a value and, when its key has been rotated out, hands back the new envelope to store. */
export function decryptAndRotate(
  envelope: string,
  place: SecretPlace,
  ring: KeyRing = environmentRing(),
): { plain: string; replacement: string | null } {
  const plain = decrypt(envelope, place, ring);
  return { plain, replacement: needsReencryption(envelope, ring) ? encrypt(plain, place, ring) : null };
}

function unreadable(reason: string, cause?: unknown): AppError {
  return new AppError(
    "SECRET_UNREADABLE",
    500,
    `A stored secret could not be opened (${reason}).`,
    undefined,
    { cause },
  );
}
