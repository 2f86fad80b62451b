import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { env } from "@/lib/kernel/env";
import { buildDocument } from "@/lib/http/openapi";
import { page } from "@/lib/http/page";
import { apiRoutes } from "../routes";
import { OperationView } from "./operation-view";
import { byTag, operationsOf, searchOperations } from "./operations";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("api"))("title") };
}

/** Written from the same schemas the routes check with. Works without script: searching is a plain form. */
export default page(
  { access: "public", query: z.object({ q: z.string().max(100).default("") }) },
  async ({ query: { q } }) => {
    const t = await getTranslations("api");
    const document = await buildDocument(apiRoutes, { version: env.version, server: env.appUrl });
    const all = operationsOf(document);
    const found = searchOperations(all, q);
    return (
      <main id="main" className="mx-auto max-w-[60rem] px-4 py-8">
        <h1 className="h1">{t("title")}</h1>
        <p className="mt-2 max-w-prose text-ink-2">{t("intro")}</p>
        <p className="mt-2">
          <a href="/api/openapi.json">{t("document")}</a>
        </p>
        <form method="get" role="search" className="mt-6 flex flex-wrap items-end gap-3">
          <label className="grow">
            <span className="block text-ink-2">{t("search")}</span>
            <input className="input w-full" type="search" name="q" defaultValue={q} maxLength={100} />
          </label>
          <button className="btn secondary" type="submit">
            {t("find")}
          </button>
        </form>
        <p className="mt-3 text-ink-2" role="status">
          {t("count", { found: found.length, all: all.length })}
        </p>
        {byTag(found).map(([tag, operations]) => (
          <section key={tag} className="mt-8">
            <h2 className="h2 border-b border-line pb-2">{tag}</h2>
            {operations.map((operation) => (
              <OperationView key={operation.operationId} operation={operation} />
            ))}
          </section>
        ))}
      </main>
    );
  },
);
