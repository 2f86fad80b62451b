/** The part of Standard Schema we use. Zod objects have it, so a contract's schema can be passed as it is. */
export interface Schema {
  "~standard": {
    validate(value: unknown): SchemaResult | Promise<SchemaResult>;
  };
}

interface SchemaResult {
  issues?: ReadonlyArray<{
    message: string;
    path?: ReadonlyArray<PropertyKey | { key: PropertyKey }>;
  }>;
}

/** Field path → first sentence said about it. */
export async function checkValues(schema: Schema, value: unknown): Promise<Record<string, string>> {
  const { issues = [] } = await schema["~standard"].validate(value);
  const fields: Record<string, string> = {};
  for (const { path = [], message } of issues) {
    const name = path.map((part) => String(typeof part === "object" ? part.key : part)).join(".");
    fields[name] ??= message;
  }
  return fields;
}
