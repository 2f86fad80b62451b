"use client";

import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { CloseButton, Dialog } from "@/components/ui/dialog";

interface Refusals {
  done: number;
  rows: { id: string; label: string; message: string }[];
}

/* What was refused is said beside the table and not in its bulk bar: the bar goes with the rows that were done. */
let current: Refusals | null = null;
const listeners = new Set<() => void>();

export function reportRefusals(refusals: Refusals | null): void {
  current = refusals;
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** Once on a page with a bulk bar for claims. */
export function BulkReport() {
  const t = useTranslations("loyaltyFulfilment.bulk");
  const refused = useSyncExternalStore(
    subscribe,
    () => current,
    () => null,
  );
  return (
    <Dialog
      title={t("refusedTitle", { count: refused?.rows.length ?? 0 })}
      description={t("refusedText", { done: refused?.done ?? 0 })}
      open={refused !== null}
      onOpenChange={(isOpen) => {
        if (!isOpen) reportRefusals(null);
      }}
      footer={<CloseButton>{t("close")}</CloseButton>}
    >
      <ul className="stack gap-2">
        {refused?.rows.map((row) => (
          <li key={row.id}>
            <b>{row.label}</b> <span className="block soft">{row.message}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
