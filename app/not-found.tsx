import { getTranslations } from "next-intl/server";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/states";

export async function generateMetadata() {
  const t = await getTranslations("ui.notFound");
  return { title: t("title") };
}

/* The same answer for what never was and for what is another's: it tells nobody which. */
export default async function NotFound() {
  const t = await getTranslations("ui.notFound");
  return (
    <main className="member" id="main">
      <EmptyState
        heading="h1"
        title={t("title")}
        actions={
          <LinkButton href="/" variant="primary">
            {t("action")}
          </LinkButton>
        }
      >
        {t("text")}
      </EmptyState>
    </main>
  );
}
