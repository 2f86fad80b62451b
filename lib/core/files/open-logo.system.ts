import "server-only";

import { Readable } from "node:stream";

import { z } from "zod";

import { systemClient } from "@/lib/db/system";
import { callFunction } from "@/lib/db/tenant-scope";
import { notFound } from "@/lib/kernel/errors";

import { openObject } from "./storage.system";

const logoSchema = z.object({ path: z.string(), type: z.enum(["image/png", "image/jpeg", "image/webp"]) });

/** The present logo of a business, for anybody: it stands on the sign-in page. No other file can be opened by it. */
export async function openLogo(
  slug: string,
  fileId: string,
): Promise<{ type: string; body: ReadableStream<Uint8Array> }> {
  const found = await callFunction(systemClient(), "files_read_logo", { p_slug: slug, p_file: fileId });
  if (found === null) throw notFound("that picture");
  const { path, type } = logoSchema.parse(found);
  return { type, body: Readable.toWeb(await openObject(path)) as ReadableStream<Uint8Array> };
}
