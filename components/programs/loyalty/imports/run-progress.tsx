"use client";

import { useLocale, useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Progress } from "@/components/ui/marks";
import { send } from "@/components/ui/request";
import { fileSize } from "@/components/ui/upload";
import type { RunState } from "@/lib/programs/loyalty/contract";

interface RunProgressProps {
  slug: string;
  id: string;
  state: RunState;
  bytesRead: number;
  fileBytes: number | null;
  rowsRead: number;
}

type Seen = Pick<RunProgressProps, "state" | "bytesRead" | "fileBytes" | "rowsRead">;

const often = 1_000;
const seldom = 5_000;
const busy: readonly RunState[] = ["queued", "reading", "saving", "counting", "undoing"];

/** Asks how far the run is; when its state changes the page is drawn anew. */
export function RunProgress({ slug, id, ...first }: RunProgressProps) {
  const t = useTranslations("loyaltyImports.progress");
  const locale = useLocale();
  const router = useRouter();
  const [seen, setSeen] = useState<Seen>(first);
  const { state } = first;

  useEffect(() => {
    if (!busy.includes(state)) return;
    const control = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    let misses = 0;
    const ask = async () => {
      try {
        const now = await send<Seen>(`/api/${slug}/loyalty/sync-runs/${id}`, { signal: control.signal });
        misses = 0;
        setSeen(now);
        if (now.state !== state) return router.refresh();
      } catch {
        if (control.signal.aborted) return;
        misses += 1;
      }
      timer = setTimeout(() => void ask(), misses > 0 || document.hidden ? seldom : often);
    };
    timer = setTimeout(() => void ask(), often);
    return () => {
      control.abort();
      clearTimeout(timer);
    };
  }, [slug, id, state, router]);

  const total = seen.fileBytes ?? 0;
  const isCounted = state === "reading" && total > 0;
  const text =
    state === "reading"
      ? isCounted
        ? t("reading", {
            rows: seen.rowsRead,
            done: fileSize(seen.bytesRead, locale),
            total: fileSize(total, locale),
          })
        : t("readingUnknown", { rows: seen.rowsRead })
      : t(state as "queued");
  return (
    <div className="stack max-w-xl" aria-live="polite">
      {isCounted && (
        <Progress value={seen.bytesRead} max={total} label={t("label")} tone="accent" size="thick" />
      )}
      <p className="soft num">{text}</p>
    </div>
  );
}
