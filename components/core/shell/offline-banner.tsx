"use client";

import { useTranslations } from "next-intl";
import { usePathname, useRouter } from "next/navigation";
import { useEffect, useSyncExternalStore } from "react";
import { wifiOff } from "@/components/ui/icon-paths";
import { Notice } from "@/components/ui/notice";

/** The path this document was loaded for as a copy; "" when it came from the server or was read again since. */
let copied: string | undefined;

/** public/sw.js marks a copy. Asked because a browser calls itself online wherever there is a cable or a wave. */
function copiedPath(): string {
  copied ??= performance
    .getEntriesByType("navigation")
    .some((load) => (load as PerformanceNavigationTiming).serverTiming.some(({ name }) => name === "copy"))
    ? location.pathname
    : "";
  return copied;
}

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
  const path = usePathname();
  const router = useRouter();
  const online = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );
  const copy = useSyncExternalStore(subscribe, copiedPath, () => "");
  useEffect(() => {
    if (copy === "") return;
    // Another page came over the line, so this one can too.
    if (copy !== path) copied = "";
    const readAgain = () => {
      copied = "";
      router.refresh();
    };
    window.addEventListener("online", readAgain);
    return () => window.removeEventListener("online", readAgain);
  }, [copy, path, router]);
  if (online && copy !== path) return null;
  return (
    <div role="status">
      <Notice tone="warn" path={wifiOff} title={t("title")}>
        <p className="sm">{t("copy", { when: drawnAt })}</p>
      </Notice>
    </div>
  );
}
