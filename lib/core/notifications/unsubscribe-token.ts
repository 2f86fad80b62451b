import { z } from "zod";

import { decrypt, encrypt } from "@/lib/kernel/crypto";
import { env } from "@/lib/kernel/env";
import { AppError } from "@/lib/kernel/errors";

const contentSchema = z.object({ p: z.uuid(), t: z.string().max(120) });
const place = (clientId: string) => ({
  clientId,
  table: "core_notification_preferences",
  column: "unsubscribe",
  rowId: "link",
});

/** Says who and which type, and cannot be made by anyone else; it opens nothing and only turns one kind of mail off. */
export function unsubscribeToken(clientId: string, personId: string, type: string): string {
  return Buffer.from(encrypt(JSON.stringify({ p: personId, t: type }), place(clientId))).toString(
    "base64url",
  );
}

export function readUnsubscribeToken(clientId: string, token: string): { personId: string; type: string } {
  try {
    const content = contentSchema.parse(
      JSON.parse(decrypt(Buffer.from(token, "base64url").toString("utf8"), place(clientId))),
    );
    return { personId: content.p, type: content.t };
  } catch (cause) {
    throw new AppError(
      "BAD_LINK",
      404,
      "This link is not complete. Open it from the e-mail again.",
      undefined,
      { cause },
    );
  }
}

/** The API address: mail programs post to it. A browser that opens it is sent on to the page with the button. */
export function unsubscribeUrl(slug: string, token: string): string {
  return `${env.appUrl}/api/${slug}/notifications/unsubscribe?token=${token}`;
}
