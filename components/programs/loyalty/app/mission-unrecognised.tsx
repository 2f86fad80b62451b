import { useTranslations } from "next-intl";
import { eye } from "@/components/ui/icon-paths";
import { Notice } from "@/components/ui/notice";

/** For a creator no video was ever seen of: she may look at everything, and this says how she gets in. */
export function UnrecognisedNotice({ business, handle }: { business: string; handle: string }) {
  const t = useTranslations("loyaltyMissions.app.unrecognised");
  return (
    <div className="pad pt-2">
      <Notice title={t("title")} path={eye}>
        <p>{t("text", { business, handle })}</p>
      </Notice>
    </div>
  );
}
