import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { Unsubscribe } from "@/components/core/notifications/unsubscribe";
import { ClientMessages } from "@/components/ui/client-messages";
import { readUnsubscribeToken, wordsFor } from "@/lib/core/notifications/server";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { isAppError } from "@/lib/kernel/errors";
import { notificationTypes } from "@/lib/registry/notifications";

/** The address holds a token: it is neither indexed nor passed on to another site. */
export async function generateMetadata() {
  const t = await getTranslations("notifications.unsubscribe");
  return { title: t("title"), robots: { index: false }, referrer: "no-referrer" };
}

export default page(
  {
    access: "public",
    params: z.object({ client: slugSchema }),
    query: z.object({ token: z.string().max(1000).default("") }),
  },
  async ({ scope, query: { token } }) => {
    const t = await getTranslations("notifications.unsubscribe");
    const name = typeName(scope.client, token);
    const { slug, name: business } = scope.client;
    return (
      <main id="main" className="pad mx-auto max-w-[30rem] py-12">
        <p className="muted pb-4">{business}</p>
        {name === null ? (
          <div className="stack gap-3">
            <h1 className="h1">{t("badTitle")}</h1>
            <p className="soft">{t("badText")}</p>
          </div>
        ) : (
          <ClientMessages rooms={["ui", "notifications"]}>
            <Unsubscribe slug={slug} token={token} business={business} name={name} />
          </ClientMessages>
        )}
      </main>
    );
  },
);

function typeName(
  client: { id: string; name: string; slug: string; locale: string; timeZone: string },
  token: string,
): string | null {
  try {
    const { type } = readUnsubscribeToken(client.id, token);
    return notificationTypes.has(type) ? wordsFor(type, client, client).t("name") : null;
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}
