"use client";

import { useTranslations } from "next-intl";

/* Written out rather than composed: this travels with every page, and the parts would bring the router's link along. */
export default function PageError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  const t = useTranslations("failure");
  return (
    <main className="member" id="main">
      <div className="state" role="alert">
        <h1 className="h2">{t("title")}</h1>
        <p className="soft">{t("text")}</p>
        <button type="button" className="btn primary" onClick={reset}>
          {t("again")}
        </button>
        {error.digest && <p className="sm muted num">{`${t("reference")} ${error.digest}`}</p>}
      </div>
    </main>
  );
}
