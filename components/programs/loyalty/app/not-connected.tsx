import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/states";

/** For a person whose handle nobody has confirmed yet: what to do about it. Needs the words of "loyaltyApp". */
export function NotConnected({ business, base }: { business: string; base: string }) {
  const t = useTranslations("loyaltyApp");
  return (
    <EmptyState
      title={t("notCreatorTitle")}
      actions={
        <LinkButton href={`${base}/loyalty/claim-handle`} variant="primary">
          {t("notCreatorAction")}
        </LinkButton>
      }
    >
      {t("notCreatorText", { business })}
    </EmptyState>
  );
}
