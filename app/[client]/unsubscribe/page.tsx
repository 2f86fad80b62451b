import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { UnsubscribeButton } from "@/components/core/notifications/unsubscribe-button";
import { ClientMessages } from "@/components/ui/client-messages";
import { EmptyState } from "@/components/ui/states";
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
    return (
      <main id="main" className="member">
        {name === null ? (
          <EmptyState title={t("badTitle")} heading="h1">
            {t("badText")}
          </EmptyState>
        ) : (
          <ClientMessages rooms={["ui", "notifications"]}>
            <EmptyState
              title={t("title")}
              heading="h1"
              actions={<UnsubscribeButton slug={scope.client.slug} token={token} />}
            >
              {t("text", { business: scope.client.name, name })}
            </EmptyState>
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
