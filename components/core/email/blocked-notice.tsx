import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/button";
import { LazyActionButton } from "@/components/ui/lazy-action-button";
import { Notice } from "@/components/ui/notice";

export interface BlockedNoticeProps {
  slug: string;
  business: string;
  email: string;
  reason: "bounced" | "complained";
}

/** Over every page while no mail reaches the reader: the address is right, or it is another one. */
export function BlockedNotice({ slug, business, email, reason }: BlockedNoticeProps) {
  const t = useTranslations("email.mine");
  return (
    <Notice tone="warn" title={t(`${reason}Title`, { business })}>
      <p>{t(reason, { business, email })}</p>
      <div className="flex flex-wrap gap-2 mt-3">
        <LazyActionButton
          label={t(reason === "bounced" ? "confirm" : "want")}
          path={`/api/${slug}/email/confirm-mine`}
          done={t("done")}
        />
        <LinkButton href={`/${slug}/settings#email`} variant="quiet">
          {t("change")}
        </LinkButton>
      </div>
    </Notice>
  );
}
