import { useTranslations } from "next-intl";
import { TabLinks } from "@/components/ui/tabs";

/** The two lists of the room: what was sent, and where nothing is sent. */
export function EmailViews({ base, current }: { base: string; current: "log" | "blocked" }) {
  const t = useTranslations("email.views");
  return (
    <TabLinks
      label={t("label")}
      tabs={[
        { href: base, label: t("log"), current: current === "log" },
        { href: `${base}/blocked`, label: t("blocked"), current: current === "blocked" },
      ]}
    />
  );
}
