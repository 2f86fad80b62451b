import { useTranslations } from "next-intl";
import { z } from "zod";
import { LinkButton } from "@/components/ui/button";
import { KeyValue } from "@/components/ui/layout-parts";

const driftSchema = z.object({
  missing: z.array(z.string()).catch([]),
  unknown: z.array(z.string()).catch([]),
  renamed: z.array(z.object({ field: z.string(), header: z.string() })).catch([]),
  doubled: z.array(z.object({ field: z.string(), headers: z.array(z.string()) })).catch([]),
});

/** A drifted header, column by column, and the way to mend it. */
export function FailedHeader({ details, base }: { details: unknown; base: string }) {
  const t = useTranslations("loyaltyImports.failed");
  const drift = driftSchema.safeParse(details);
  if (!drift.success) return null;
  const { missing, unknown, renamed, doubled } = drift.data;
  const items = [
    { name: t("missing"), value: missing.join(", ") },
    { name: t("renamed"), value: renamed.map((entry) => `${entry.header} (${entry.field})`).join(", ") },
    {
      name: t("doubled"),
      value: doubled.map((entry) => `${entry.field}: ${entry.headers.join(", ")}`).join("; "),
    },
    { name: t("unknown"), value: unknown.slice(0, 20).join(", ") },
  ].filter(({ value }) => value !== "");
  return (
    <div className="stack max-w-xl">
      <KeyValue items={items} stacked />
      <div>
        <LinkButton href={`${base}/mapping`} size="small">
          {t("fix")}
        </LinkButton>
      </div>
    </div>
  );
}
