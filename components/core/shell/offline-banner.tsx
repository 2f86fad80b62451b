"use client";

import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { wifiOff } from "@/components/ui/icon-paths";
import { Notice } from "@/components/ui/notice";

function subscribe(changed: () => void) {
  window.addEventListener("online", changed);
  window.addEventListener("offline", changed);
  return () => {
    window.removeEventListener("online", changed);
    window.removeEventListener("offline", changed);
  };
}

/** Says that what is on screen is a copy, and from when. */
export function OfflineBanner({ drawnAt }: { drawnAt: string }) {
  const t = useTranslations("ui.offline");
  const online = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );
  if (online) return null;
  return (
    <div role="status">
      <Notice tone="warn" path={wifiOff} title={t("title")}>
        <p className="sm">{t("copy", { when: drawnAt })}</p>
      </Notice>
    </div>
  );
}
