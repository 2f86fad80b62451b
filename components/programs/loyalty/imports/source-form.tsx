"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { RadioGroup, Switch } from "@/components/ui/choice";
import { Form } from "@/components/ui/form";
import { TextArea, TextField } from "@/components/ui/text-field";
import type { Source } from "@/lib/programs/loyalty/contract";

const kinds = ["upload", "https", "browser"] as const;

export function SourceForm({ slug, source, canWrite }: { slug: string; source: Source; canWrite: boolean }) {
  const t = useTranslations("loyaltyImports.source");
  const [kind, setKind] = useState<Source["kind"]>(source.kind);
  const isKept = source.hasSecret && source.kind === kind;
  const secretHint = isKept ? t("secretKept") : t("secretStored");
  return (
    <Form
      path={`/api/${slug}/loyalty/sync-sources`}
      method="PUT"
      submit={t("save")}
      submitVariant="primary"
      size="small"
      done={t("saved")}
      warnOnLeave
      body={(values) => ({ ...values, kind, createsCreators: values["createsCreators"] === true })}
    >
      <fieldset disabled={!canWrite} className="stack gap-5">
        <RadioGroup
          name="kind"
          label={t("kind")}
          value={kind}
          onChange={(value) => setKind(value as Source["kind"])}
          choices={kinds.map((value) => ({
            value,
            label: t(`kinds.${value}`),
            hint: t(`kinds.${value}Hint`),
          }))}
        />
        {kind === "https" && (
          <>
            <TextField
              small
              type="url"
              name="url"
              label={t("url")}
              hint={t("urlHint")}
              defaultValue={source.url ?? ""}
              required
            />
            <TextField
              small
              name="headerName"
              label={t("headerName")}
              hint={t("headerNameHint")}
              defaultValue={source.headerName ?? ""}
              autoComplete="off"
            />
            <TextField
              small
              type="password"
              name="headerValue"
              label={t("headerValue")}
              hint={secretHint}
              autoComplete="off"
            />
          </>
        )}
        {kind === "browser" && (
          <>
            <TextArea
              small
              name="recipe"
              label={t("recipe")}
              hint={t("recipeHint", { version: source.recipeVersion })}
              defaultValue={source.recipe ? JSON.stringify(source.recipe, null, 2) : ""}
              rows={14}
              spellCheck={false}
              required
            />
            <TextField small name="username" label={t("username")} hint={secretHint} autoComplete="off" />
            <TextField
              small
              type="password"
              name="password"
              label={t("password")}
              hint={secretHint}
              autoComplete="off"
            />
          </>
        )}
        <Switch
          name="createsCreators"
          label={t("addCreators")}
          hint={t("addCreatorsHint")}
          defaultChecked={source.createsCreators}
        />
      </fieldset>
    </Form>
  );
}
