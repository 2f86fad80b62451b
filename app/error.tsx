"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Glyph } from "@/components/ui/glyph";
import { refreshCw } from "@/components/ui/icon-paths";
import { ErrorState } from "@/components/ui/states";

export default function PageError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  const t = useTranslations("ui.error");
  return (
    <main className="member" id="main">
      <ErrorState
        heading="h1"
        reference={error.digest}
        actions={
          <Button variant="primary" icon={<Glyph path={refreshCw} size="s" />} onClick={reset}>
            {t("again")}
          </Button>
        }
      />
    </main>
  );
}
