import { getTranslations } from "next-intl/server";
import { BusinessSwitcher } from "@/components/core/shell";
import type { RequestContext } from "@/lib/db/read-context";

/** The way to a person's other businesses; nothing for someone who has just one. */
export async function businessSwitcher({ scope, businesses }: RequestContext) {
  if (!scope || businesses.length < 2) return undefined;
  const t = await getTranslations("nav");
  return (
    <BusinessSwitcher
      current={{ name: scope.client.name, logoUrl: scope.client.logoUrl }}
      businesses={businesses.map(({ slug, name, logoUrl, isStaff }) => ({
        name,
        logoUrl,
        href: isStaff ? `/${slug}/admin` : `/${slug}/home`,
        current: slug === scope.client.slug,
      }))}
      allHref="/businesses"
      allLabel={t("allBusinesses")}
    />
  );
}
