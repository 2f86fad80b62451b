import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { route } from "@/lib/http/route";
import { slugSchema } from "@/lib/http/slug";
import { exportSetAside } from "@/lib/programs/loyalty/server";

export const GET = route(
  {
    summary: "Download the rows an import left out, as CSV",
    tags: ["loyalty"],
    access: { permission: "loyalty.imports.read" },
    params: z.object({ client: slugSchema, id: z.uuid() }),
    response: "file",
  },
  async ({ scope, params: { id } }) => {
    const t = await getTranslations("loyaltyImports");
    const say = (reason: string): string => {
      const key = `reasons.${reason}` as "reasons.handleEmpty";
      return t.has(key) ? t(key) : reason;
    };
    return new Response(await exportSetAside(scope, id, say), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="${scope.client.slug}-left-out-${id.slice(0, 8)}.csv"`,
      },
    });
  },
);
