/** The few parts of an OpenAPI document the page shows. */
export interface Schema {
  type?: string | string[];
  $ref?: string;
  format?: string;
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  description?: string;
}

export interface Operation {
  method: string;
  path: string;
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  parameters?: { name: string; in: string; required?: boolean; schema?: Schema; description?: string }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: Schema }> }>;
}

type Paths = Record<string, Record<string, Omit<Operation, "method" | "path">>>;

export function operationsOf(document: { paths?: unknown }): Operation[] {
  return Object.entries((document.paths ?? {}) as Paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...operation,
      method: method.toUpperCase(),
      path,
    })),
  );
}

/** Every word must appear somewhere in what names an operation. */
export function searchOperations(operations: Operation[], words: string): Operation[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return operations.filter(({ method, path, summary, tags, description = "" }) => {
    const text = `${method} ${path} ${summary} ${tags.join(" ")} ${description}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

export function byTag(operations: Operation[]): [string, Operation[]][] {
  const groups = new Map<string, Operation[]>();
  for (const operation of operations) {
    const tag = operation.tags[0] ?? "other";
    groups.set(tag, [...(groups.get(tag) ?? []), operation]);
  }
  return [...groups].sort(([a], [b]) => a.localeCompare(b));
}

export function schemaText(schema: Schema | undefined): string {
  if (!schema) return "anything";
  if (schema.$ref) return schema.$ref.split("/").at(-1)!;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.map(schemaText).join(" | ");
  if (schema.items) return `list of ${schemaText(schema.items)}`;
  if (schema.properties) return "object";
  const type = Array.isArray(schema.type) ? schema.type.join(" | ") : (schema.type ?? "anything");
  return schema.format ? `${type} (${schema.format})` : type;
}

export interface FieldLine {
  name: string;
  text: string;
  required: boolean;
  description: string | undefined;
}

/** Nested objects as dotted names, which is how `details.fields` of a refusal names them too. */
export function fieldLines(schema: Schema | undefined, prefix = "", depth = 0): FieldLine[] {
  const properties = schema?.properties ?? schema?.items?.properties;
  if (!properties || depth > 3) return [];
  const required = schema?.required ?? schema?.items?.required ?? [];
  return Object.entries(properties).flatMap(([key, value]) => {
    const name = `${prefix}${key}${value.items ? "[]" : ""}`;
    return [
      { name, text: schemaText(value), required: required.includes(key), description: value.description },
      ...fieldLines(value, `${name}.`, depth + 1),
    ];
  });
}
