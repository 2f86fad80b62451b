import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { PreferenceList } from "@/components/core/notifications/preference-list";
import { ClientMessages } from "@/components/ui/client-messages";
import { MemberTitle } from "@/components/ui/page-header";
import { listPreferences } from "@/lib/core/notifications/server";
import { page } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";
import { notificationTypes } from "@/lib/registry/notifications";

export async function generateMetadata() {
  return { title: (await getTranslations("notifications"))("preferences.title") };
}

export default page({ access: "signed-in", params: z.object({ client: slugSchema }) }, async ({ scope }) => {
  const t = await getTranslations("notifications.preferences");
  const preferences = await listPreferences(scope, notificationTypes);
  return (
    <ClientMessages rooms={["ui", "notifications"]}>
      <MemberTitle title={t("title")} text={t("lead", { business: scope.client.name })} />
      <PreferenceList slug={scope.client.slug} preferences={preferences} />
    </ClientMessages>
  );
});
