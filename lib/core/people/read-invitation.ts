import "server-only";
import { z } from "zod";
import { logoUrl } from "@/lib/db/read-context";
import { userClient } from "@/lib/db/server";
import { callFunction } from "@/lib/db/tenant-scope";
import { notFound } from "@/lib/kernel/errors";
import { hashInvitationToken } from "./invitation-token";
import { invitationPreviewSchema, type InvitationPreview } from "./person.schema";

const storedSchema = z.looseObject({
  client: z.looseObject({ slug: z.string(), logoPath: z.string().nullish() }),
});

/** What the holder of a link may see before signing in. Raises NOT_FOUND for an unknown token. */
export async function readInvitation(token: string): Promise<InvitationPreview> {
  const found = await callFunction(userClient(null), "people_read_invitation", {
    p_token_hash: hashInvitationToken(token),
  });
  if (found === null) throw notFound("that invitation");
  const { client, ...rest } = storedSchema.parse(found);
  return invitationPreviewSchema.parse({
    ...rest,
    client: { ...client, logoUrl: logoUrl(client.slug, client.logoPath) },
  });
}
