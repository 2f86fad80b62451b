import { getTranslations } from "next-intl/server";
import { LinkButton } from "@/components/ui/button";
import { Offline } from "@/components/ui/states";

export async function generateMetadata() {
  const t = await getTranslations("ui.offline");
  return { title: t("pageTitle"), robots: { index: false } };
}

/* Kept on the device by the service worker and shown in place of a page it has no copy of. */
export default async function OfflinePage() {
  const t = await getTranslations("ui.offline");
  return (
    <main className="member" id="main">
      <Offline
        heading="h1"
        actions={
          <LinkButton href="/businesses" external variant="primary">
            {t("again")}
          </LinkButton>
        }
      />
    </main>
  );
}
