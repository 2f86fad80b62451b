import { useFormatter, useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";

/** Above every admin screen with figures, when they are older than the business allows. */
export function AdminStale({
  state,
  slug,
}: {
  state: { updatedAt: string | null; isStale: boolean };
  slug: string;
}) {
  const t = useTranslations("loyaltyAdmin.home");
  const format = useFormatter();
  if (!state.isStale) return null;
  return (
    <div className="pad py-3">
      <Notice
        tone="warn"
        title={t("stale")}
        action={
          <LinkButton href={`/${slug}/admin/loyalty/imports`} size="small">
            {t("staleAction")}
          </LinkButton>
        }
      >
        <p>
          {state.updatedAt
            ? t("staleText", {
                when: format.dateTime(new Date(state.updatedAt), { dateStyle: "medium", timeStyle: "short" }),
              })
            : t("staleNever")}
        </p>
      </Notice>
    </div>
  );
}
