"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Switch } from "@/components/ui/choice";
import { send } from "@/components/ui/request";
import { useToast } from "@/components/ui/toast";
import type { Preference } from "@/lib/core/notifications/contract";

/** Each switch saves by itself, one after the other; one that fails goes back and says so. */
export function PreferenceList({ slug, preferences }: { slug: string; preferences: readonly Preference[] }) {
  const t = useTranslations("notifications.preferences");
  const toast = useToast();
  const [chosen, setChosen] = useState(preferences);
  const [saving, setSaving] = useState<string | null>(null);

  async function save(before: Preference, patch: Partial<Preference>) {
    const after = { ...before, ...patch };
    const put = (row: Preference) =>
      setChosen((rows) => rows.map((each) => (each.type === row.type ? row : each)));
    put(after);
    setSaving(after.type);
    try {
      await send(`/api/${slug}/notifications/preferences/${after.type}`, {
        method: "PUT",
        body: { inApp: after.inApp ?? true, email: after.email ?? true },
      });
      toast({ message: t("saved") });
    } catch {
      put(before);
      toast({ message: t("notSaved"), tone: "bad" });
    } finally {
      setSaving(null);
    }
  }

  return (
    <>
      {chosen.map((row) => (
        <section key={row.type} className="sect ruled" aria-labelledby={`type-${row.type}`}>
          <h2 className="h3" id={`type-${row.type}`}>
            {row.name}
          </h2>
          {row.isEssential ? (
            <p className="soft sm">{t("fixed")}</p>
          ) : (
            <div className="stack gap-1">
              {row.inApp !== null && (
                <Switch
                  name={`${row.type}-in-app`}
                  label={t("inApp")}
                  aria-label={t("inAppLabel", { name: row.name })}
                  checked={row.inApp}
                  disabled={saving === row.type}
                  onChange={(event) => void save(row, { inApp: event.target.checked })}
                />
              )}
              {row.email !== null && (
                <Switch
                  name={`${row.type}-email`}
                  label={t("email")}
                  aria-label={t("emailLabel", { name: row.name })}
                  checked={row.email}
                  disabled={saving === row.type}
                  onChange={(event) => void save(row, { email: event.target.checked })}
                />
              )}
            </div>
          )}
        </section>
      ))}
    </>
  );
}
