"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ActionButton } from "@/components/ui/action-button";
import { FileDrop } from "@/components/ui/file-drop";
import { Notice } from "@/components/ui/notice";
import { RequestError, send } from "@/components/ui/request";
import { useToast } from "@/components/ui/toast";
import type { StoredFile } from "@/lib/core/files/contract";

interface LogoFormProps {
  slug: string;
  name: string;
  logoUrl: string | null;
  maxBytes: number;
  canWrite: boolean;
}

/** The check runs beside the app; it takes a moment, and longer where jobs are run once a minute. */
const looks = [300, 500, 1_000, 1_000, 2_000, 3_000, 5_000, 10_000, 15_000, 20_000, 30_000];

export function LogoForm({ slug, name, logoUrl, maxBytes, canWrite }: LogoFormProps) {
  const t = useTranslations("tenancy");
  const router = useRouter();
  const toast = useToast();
  const [checking, setChecking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const path = `/api/${slug}/tenancy/logo`;

  async function choose(fileId: string) {
    setProblem(null);
    setChecking(true);
    try {
      let file = await send<StoredFile>(`/api/${slug}/files/${fileId}/complete`, { method: "POST" });
      for (const wait of looks) {
        if (file.state !== "quarantine") break;
        await new Promise((resolve) => setTimeout(resolve, wait));
        file = await send<StoredFile>(`/api/${slug}/files/${fileId}`);
      }
      if (file.state === "quarantine") return setProblem(t("logoSlow"));
      await send(path, { method: "PUT", body: { fileId } });
      toast({ message: t("logoSaved") });
      router.refresh();
    } catch (cause) {
      setProblem((cause instanceof RequestError && cause.message) || t("logoFailed"));
    } finally {
      setChecking(false);
    }
  }

  return (
    <div className="stack gap-3">
      {logoUrl ? (
        <div className="row gap-3">
          <img
            className="h-16 w-16 rounded bg-white object-contain"
            src={logoUrl}
            alt={t("logoNow", { business: name })}
            width={64}
            height={64}
          />
          {canWrite && (
            <ActionButton
              label={t("logoRemove")}
              path={path}
              method="PUT"
              body={{ fileId: null }}
              done={t("logoRemoved")}
              undo={{
                label: t("logoBack"),
                path,
                method: "PUT",
                body: { fileId: logoUrl.split("/").at(-1) },
                done: t("logoSaved"),
              }}
              size="small"
              variant="danger-quiet"
            />
          )}
        </div>
      ) : (
        <p className="soft">{t("logoNone")}</p>
      )}
      {canWrite && (
        <FileDrop
          key={logoUrl}
          id="logo-file"
          label={t("logoChoose")}
          hint={t("logoHint")}
          accept=".png,.jpg,.jpeg,.webp,image/png,image/jpeg,image/webp"
          kinds={t("logoKinds")}
          maxBytes={maxBytes}
          ticketPath={`/api/${slug}/files`}
          ticketBody={{ purpose: "brand-logo" }}
          onUploaded={({ fileId }) => void choose(fileId)}
        />
      )}
      {checking && (
        <p className="muted" role="status">
          {t("logoChecking")}
        </p>
      )}
      {problem && <Notice tone="bad" title={problem} />}
    </div>
  );
}
