import { useTranslations } from "next-intl";
import { Disclosure } from "@/components/ui/layout-parts";
import type { Run } from "@/lib/programs/loyalty/contract";

type Note = Run["notes"][number];

/** What the reader decided for the person; nothing is read in silence. */
export function RunNotes({ run, locale }: { run: Run; locale: string }) {
  const t = useTranslations("loyaltyImports");
  const say = (note: Note): string => {
    const text = (key: string) => String(note[key] ?? "");
    const cells = note.cells ?? 0;
    switch (note.code) {
      case "separatorAssumed":
        return t("notes.separatorAssumed", {
          field: note.field ?? "",
          cells,
          example: t(note["mark"] === "comma" ? "notes.commaExample" : "notes.dotExample"),
          basis: t(`notes.bases.${text("basis") as "column"}`),
        });
      case "dateOrderAssumed":
        return t("notes.dateOrderAssumed", {
          cells,
          example: t(note["order"] === "dmy" ? "notes.dmyExample" : "notes.mdyExample"),
          basis: t(`notes.bases.${text("basis") as "column"}`),
        });
      case "yearAssumed":
        return t("notes.yearAssumed", { cells });
      case "rateAssumed":
        return t("notes.rateAssumed", {
          example: t(note["rate"] === "fraction" ? "notes.fractionExample" : "notes.percentExample"),
        });
      case "columnsUnread":
        return t("notes.columnsUnread", {
          columns: new Intl.ListFormat(locale).format((note["columns"] as string[] | undefined) ?? []),
        });
      case "encodingAssumed":
        return t("notes.encodingAssumed", { encoding: text("encoding") });
      case "linesBeforeHeader":
        return t("notes.linesBeforeHeader", { lines: Number(note["lines"] ?? 0) });
      default:
        return note.code;
    }
  };
  const lines = [
    ...run.notes.map(say),
    ...(run.rowsBlank > 0 ? [t("outcomes.blank", { count: run.rowsBlank })] : []),
    ...(run.rowsDuplicate > 0 ? [t("outcomes.doubles", { count: run.rowsDuplicate })] : []),
  ];
  if (lines.length === 0) return null;
  return (
    <div className="pad border-line border-b">
      <Disclosure summary={`${t("notes.title")} (${lines.length})`}>
        <ul className="stack soft pb-3">
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </Disclosure>
    </div>
  );
}
