import { useTranslations } from "next-intl";
import { fieldLines, schemaText, type FieldLine, type Operation } from "./operations";

export function OperationView({ operation }: { operation: Operation }) {
  const t = useTranslations("api");
  const body = operation.requestBody?.content["application/json"]?.schema;
  const done = Object.entries(operation.responses).find(([status]) => status.startsWith("2"));
  const data = done?.[1].content?.["application/json"]?.schema.properties?.data;
  const parameters = (operation.parameters ?? []).map(
    ({ name, in: place, required, schema, description }) => ({
      name: `${name} (${place})`,
      text: schemaText(schema),
      required: required ?? false,
      description: description ?? schema?.description,
    }),
  );
  return (
    <details id={operation.operationId} className="border-b border-line">
      <summary className="flex cursor-pointer flex-wrap items-baseline gap-3 py-3">
        <b className="font-strong">{operation.method}</b>
        <code className="break-all">{operation.path}</code>
        <span className="text-ink-2">{operation.summary}</span>
      </summary>
      <div className="pb-5 ps-4">
        {operation.description?.split("\n\n").map((line) => (
          <p key={line} className="mb-2 max-w-prose text-ink-2">
            {line}
          </p>
        ))}
        <Fields title={t("parameters")} lines={parameters} />
        <Fields title={t("body")} lines={fieldLines(body)} />
        <Fields title={t("data")} lines={fieldLines(data)} empty={data ? schemaText(data) : undefined} />
        <h3 className="mt-4 font-strong">{t("answers")}</h3>
        <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
          {Object.entries(operation.responses).map(([status, { description }]) => (
            <div key={status} className="contents">
              <dt>
                <code>{status}</code>
              </dt>
              <dd className="text-ink-2">{description}</dd>
            </div>
          ))}
        </dl>
      </div>
    </details>
  );
}

function Fields({ title, lines, empty }: { title: string; lines: FieldLine[]; empty?: string | undefined }) {
  const t = useTranslations("api");
  if (lines.length === 0 && empty === undefined) return null;
  return (
    <>
      <h3 className="mt-4 font-strong">{title}</h3>
      {lines.length === 0 ? (
        <p className="text-ink-2">{empty}</p>
      ) : (
        <div className="mt-1 overflow-x-auto" tabIndex={0} role="region" aria-label={title}>
          <table className="w-full text-start">
            <thead>
              <tr className="text-ink-2">
                <th scope="col" className="py-1 pe-4 text-start font-regular">
                  {t("name")}
                </th>
                <th scope="col" className="py-1 pe-4 text-start font-regular">
                  {t("type")}
                </th>
                <th scope="col" className="py-1 text-start font-regular">
                  {t("about")}
                </th>
              </tr>
            </thead>
            <tbody>
              {lines.map(({ name, text, required, description }) => (
                <tr key={name} className="align-top">
                  <td className="py-1 pe-4">
                    <code>{name}</code>
                  </td>
                  <td className="py-1 pe-4">{text}</td>
                  <td className="py-1 text-ink-2">
                    {[required ? t("required") : null, description].filter(Boolean).join(" · ")}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
