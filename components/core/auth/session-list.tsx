"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { useSend } from "@/components/ui/use-send";

interface SessionRow {
  id: string;
  device: string;
  detail: string;
  isCurrent: boolean;
}

export function SessionList({ sessions }: { sessions: readonly SessionRow[] }) {
  const t = useTranslations("auth.settings");
  const router = useRouter();
  const toast = useToast();
  const { send, sending, problem } = useSend<{ ended?: number }>();

  async function end(id: string) {
    if (!(await send(`/api/me/sessions/${id}`, undefined, "DELETE"))) return;
    toast({ message: t("ended") });
    router.refresh();
  }
  async function endOthers() {
    const sent = await send("/api/me/sessions/end-others", {});
    if (!sent) return;
    toast({ message: t("endedOthers", { count: sent.data.ended ?? 0 }) });
    router.refresh();
  }

  return (
    <div className="stack gap-3">
      {problem && (
        <p className="error" role="alert">
          {problem.message}
        </p>
      )}
      <ul className="list">
        {sessions.map(({ id, device, detail, isCurrent }) => (
          <li className="linkrow" key={id}>
            <span className="grow">
              <span className="h3 block">{device}</span>
              <span className="sm muted block">{detail}</span>
            </span>
            {!isCurrent && (
              <Button
                variant="quiet"
                aria-label={t("endNamed", { device })}
                busy={sending}
                onClick={() => end(id)}
              >
                {t("end")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <Button variant="secondary" busy={sending} onClick={endOthers}>
          {t("endOthers")}
        </Button>
      )}
    </div>
  );
}
