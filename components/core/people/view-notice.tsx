"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useSend } from "@/components/ui/use-send";

export interface ViewNoticeProps {
  slug: string;
  name: string;
  /** In the reader's own words. */
  until: string;
}

/** Over every page of the member app while a member of staff looks as somebody. */
export function ViewNotice({ slug, name, until }: ViewNoticeProps) {
  const t = useTranslations("people");
  const { send, sending } = useSend();
  async function end() {
    if (await send(`/api/${slug}/people/view/end`)) window.location.assign(`/${slug}/admin`);
  }
  return (
    <Notice
      tone="warn"
      title={t("viewing", { name })}
      action={
        <Button size="small" onClick={() => void end()} disabled={sending}>
          {t("viewEnd")}
        </Button>
      }
    >
      <p>{t("viewingText", { until })}</p>
    </Notice>
  );
}
