import "server-only";
import { headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { formatsOfReader } from "@/lib/kernel/i18n";
import { log } from "@/lib/kernel/log";
import { pathHeader } from "./forwarded";
import { knowReader } from "./page";
import { slugSchema } from "./slug";

/**
 * Asked once a request, and first by the root layout, which knows nobody yet: so whoever reads is looked up here,
 * or every date of the page would be in UTC. The page shares the answer; it is no second call to the database.
 */
export default getRequestConfig(async () => {
  const path = (await headers()).get(pathHeader) ?? "/";
  const slug = slugSchema.safeParse(path.split("/")[1]);
  // A page that cannot reach the database says so itself; its words must not fail before it does.
  if (slug.success)
    await knowReader(slug.data).catch((err: unknown) => log.warn({ err }, "the reader is not known"));
  return formatsOfReader();
});
