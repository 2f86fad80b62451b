import { useTranslations } from "next-intl";
import { ClaimCode } from "./claim-code";

/** For a fulfilled card: the way to its code, with its words. */
export function ClaimCodeLine({ slug, id, name }: { slug: string; id: string; name: string }) {
  const t = useTranslations("loyaltyFulfilment.app");
  return (
    <ClaimCode
      slug={slug}
      id={id}
      name={name}
      words={{
        show: t("show"),
        busy: t("busy"),
        none: t("none"),
        code: t("code"),
        reference: t("reference"),
        failed: t("failed"),
        copy: t("copy"),
        copied: t("copied"),
      }}
    />
  );
}
