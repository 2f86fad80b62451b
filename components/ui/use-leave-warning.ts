"use client";

import { useTranslations } from "next-intl";
import { useEffect } from "react";

/** Asks before unsaved work is left, whether by closing the tab or by a link within the app. */
export function useLeaveWarning(active: boolean) {
  const t = useTranslations("ui.form");
  useEffect(() => {
    if (!active) return;
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
      if (!link || link.getAttribute("href")?.startsWith("#") || link.getAttribute("target") === "_blank")
        return;
      if (window.confirm(t("leave"))) return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener("beforeunload", onUnload);
    document.addEventListener("click", onClick, true);
    return () => {
      window.removeEventListener("beforeunload", onUnload);
      document.removeEventListener("click", onClick, true);
    };
  }, [active, t]);
}
