import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/button";
import { useCalendarDay } from "@/components/ui/calendar-day";
import { KeyValue } from "@/components/ui/layout-parts";
import type { Creator } from "@/lib/programs/loyalty/contract";

/** Who is behind the handle, and the way to her page under people. */
export function CreatorAccount({
  creator,
  slug,
  canOpen,
}: {
  creator: Creator;
  slug: string;
  canOpen: boolean;
}) {
  const t = useTranslations("loyaltyAdmin.creator");
  const joined = useCalendarDay().full(creator.joinedOn);
  return (
    <section className="stack gap-2">
      <h2 className="h3">{t("account")}</h2>
      <KeyValue
        items={[
          { name: t("joined"), value: joined },
          ...(creator.person
            ? [
                { name: t("email"), value: creator.person.email ?? "" },
                { name: t("login"), value: creator.person.hasLogin ? t("hasLogin") : t("noLogin") },
              ]
            : []),
          ...(creator.aliases.length > 0
            ? [{ name: t("handles"), value: creator.aliases.map((handle) => `@${handle}`).join(", ") }]
            : []),
        ]}
      />
      {canOpen && (
        <div>
          <LinkButton href={`/${slug}/admin/people/${creator.personId}`} size="small">
            {t("person")}
          </LinkButton>
        </div>
      )}
    </section>
  );
}
