"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { useSelection } from "@/components/ui/table-region";

/** What can be done with the ticked creators at once. */
export function CreatorsBulk({ exportHref }: { exportHref: string }) {
  const t = useTranslations("loyaltyAdmin.creators");
  const { keys } = useSelection();
  return (
    <Button
      size="small"
      onClick={() => window.location.assign(`${exportHref}&ids=${keys.map(encodeURIComponent).join(",")}`)}
    >
      {t("exportSelected")}
    </Button>
  );
}
