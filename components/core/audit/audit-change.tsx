import { useTranslations } from "next-intl";
import type { AuditEntry } from "@/lib/core/audit/contract";

const hidden = new Set(["id", "client_id", "created_at", "updated_at", "user_id"]);

function shown(value: unknown): string | null {
  if (value === null || value === undefined || value === "") return null;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** The changed columns in words: "display name Noor (was Nor)". */
export function AuditChange({ entry }: { entry: AuditEntry }) {
  const t = useTranslations("audit");
  const values = entry.after ?? entry.before ?? {};
  const columns = Object.keys(values).filter(
    (column) => !hidden.has(column) && shown(values[column]) !== null,
  );
  return (
    <ul className="plain">
      {columns.slice(0, 6).map((column) => (
        <li key={column}>
          <span className="muted">{column.replaceAll("_", " ")}</span>{" "}
          {shown(entry.after?.[column]) ?? t("nothing")}
          {entry.action === "update" && entry.before && (
            <span className="muted">
              {" "}
              {t("from", { value: shown(entry.before[column]) ?? t("nothing") })}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
