import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decrypt, decryptAndRotate, encrypt, needsReencryption, parseKeyRing } from "@/lib/kernel/crypto";

const keyText = (byte: number) => Buffer.alloc(32, byte).toString("base64");
const ring = parseKeyRing(`k1:${keyText(1)}`);
const rotated = parseKeyRing(`k2:${keyText(2)},k1:${keyText(1)}`);
const place = { clientId: "c1", table: "t", column: "secret", rowId: "r1" };

describe("secrets at rest", () => {
  it("opens what it sealed, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (plain) => {
        const wellFormed = plain.toWellFormed();
        expect(decrypt(encrypt(wellFormed, place, ring), place, ring)).toBe(wellFormed);
      }),
    );
  });

  it("writes the envelope v1:keyId:iv:tag:ciphertext, fresh every time, without the text in it", () => {
    const one = encrypt("account 12345", place, ring);
    const two = encrypt("account 12345", place, ring);
    expect(one).toMatch(/^v1:k1:[\w-]{16}:[\w-]{22}:[\w-]+$/);
    expect(one).not.toBe(two);
    expect(Buffer.from(one.split(":")[4]!, "base64url").toString("latin1")).not.toContain("12345");
  });

  it.each(["clientId", "table", "column", "rowId"] as const)(
    "does not open a value moved to another %s",
    (part) => {
      const sealed = encrypt("x", place, ring);
      expect(() => decrypt(sealed, { ...place, [part]: "other" }, ring)).toThrow(/could not be opened/);
    },
  );

  it("does not let two places write the same bound text", () => {
    const sealed = encrypt("x", { ...place, clientId: "a|b", table: "c" }, ring);
    expect(() => decrypt(sealed, { ...place, clientId: "a", table: "b|c" }, ring)).toThrow();
  });

  it("does not open a value in which any character was changed", () => {
    const sealed = encrypt("hello world", place, ring);
    for (let at = 0; at < sealed.length; at += 1) {
      const last = /^[\w-]$/.test(sealed[at]!) && (sealed[at + 1] === ":" || at === sealed.length - 1);
      if (last) continue; // the last base64 character of a part may hold unused bits
      const changed = `${sealed.slice(0, at)}${sealed[at] === "A" ? "B" : "A"}${sealed.slice(at + 1)}`;
      expect(() => decrypt(changed, place, ring), `position ${at}`).toThrow();
    }
  });

  it("does not accept a shortened tag", () => {
    const [version, key, iv, tag, text] = encrypt("x", place, ring).split(":");
    const short = Buffer.from(tag!, "base64url").subarray(0, 4).toString("base64url");
    expect(() => decrypt([version, key, iv, short, text].join(":"), place, ring)).toThrow();
  });

  it("opens old values after a rotation and hands back their replacement once", () => {
    const sealed = encrypt("payout", place, ring);
    expect(needsReencryption(sealed, rotated)).toBe(true);
    const { plain, replacement } = decryptAndRotate(sealed, place, rotated);
    expect(plain).toBe("payout");
    expect(replacement).toMatch(/^v1:k2:/);
    expect(decryptAndRotate(replacement!, place, rotated)).toEqual({ plain: "payout", replacement: null });
  });

  it("cannot open a value whose key left the ring, and says which", () => {
    const sealed = encrypt("payout", place, ring);
    expect(() => decrypt(sealed, place, parseKeyRing(`k2:${keyText(2)}`))).toThrow(
      /key k1 is not in the ring/,
    );
  });

  it.each([
    "",
    "k1",
    "k1:short",
    `k1:${keyText(1)},k1:${keyText(2)}`,
    `bad id:${keyText(1)}`,
    `k1:${keyText(1)}:x`,
  ])("refuses the key ring %j", (text) => expect(() => parseKeyRing(text)).toThrow());
});
