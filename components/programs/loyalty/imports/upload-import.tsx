"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { FileDrop } from "@/components/ui/file-drop";
import { Notice } from "@/components/ui/notice";
import { useSend } from "@/components/ui/use-send";

const maxBytes = 100_000_000;

/** The file goes straight to Storage; then one request starts its reading, and the run's page takes over. */
export function UploadImport({ slug }: { slug: string }) {
  const t = useTranslations("loyaltyImports");
  const router = useRouter();
  const { send, sending, problem } = useSend<{ id: string }>();
  return (
    <div className="stack">
      <FileDrop
        id="import-file"
        label={t("dropLabel")}
        hint={t("dropHint")}
        accept=".csv,.tsv,.txt,text/csv,text/plain"
        kinds={t("kinds")}
        maxBytes={maxBytes}
        ticketPath={`/api/${slug}/loyalty/imports/uploads`}
        onUploaded={({ fileId }) =>
          void send(`/api/${slug}/loyalty/imports`, { fileId }).then((sent) => {
            if (sent) router.push(`/${slug}/admin/loyalty/imports/${sent.data.id}`);
          })
        }
      />
      {sending && (
        <p className="muted" role="status">
          {t("checking")}
        </p>
      )}
      {problem && <Notice tone="bad" title={problem.message} />}
    </div>
  );
}
