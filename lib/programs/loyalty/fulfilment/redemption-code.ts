import "server-only";
import { decrypt, encrypt, type SecretPlace } from "@/lib/kernel/crypto";

/** A gift card's code is money: it lies encrypted and bound to its claim, and only an answer to its reader opens it. */
const place = (clientId: string, redemptionId: string): SecretPlace => ({
  clientId,
  table: "loyalty_redemption_codes",
  column: "envelope",
  rowId: redemptionId,
});

export const sealCode = (clientId: string, redemptionId: string, code: string): string =>
  encrypt(code, place(clientId, redemptionId));

export const openCode = (clientId: string, redemptionId: string, envelope: string): string =>
  decrypt(envelope, place(clientId, redemptionId));
