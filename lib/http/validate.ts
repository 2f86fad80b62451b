import type { z } from "zod";
import { invalid, notFound } from "@/lib/kernel/errors";
import { plainIssue } from "./plain-issues";

/** A value's path joined by dots → what is wrong with it; the first finding of a field is the one shown. */
export function fieldErrors(error: z.ZodError): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) {
    const path = issue.path.map(String).join(".") || "body";
    fields[path] ??= issue.message;
  }
  return fields;
}

export function validate<S extends z.ZodType>(schema: S, value: unknown, what: string): z.output<S> {
  const parsed = schema.safeParse(value, { error: plainIssue });
  if (parsed.success) return parsed.data;
  throw invalid(`Some of ${what} needs another look.`, { fields: fieldErrors(parsed.error) });
}

/** A path that cannot exist is not found; saying why would only help somebody who is guessing. */
export function validateParams<S extends z.ZodType>(schema: S | undefined, value: unknown): z.output<S> {
  if (!schema) return value as z.output<S>;
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw notFound("that address");
  return parsed.data;
}

/** Repeated keys become a list; a single one stays a text. */
export function queryObject(search: URLSearchParams): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = Object.create(null) as Record<string, string | string[]>;
  for (const key of new Set(search.keys())) {
    const values = search.getAll(key);
    query[key] = values.length === 1 ? values[0]! : values;
  }
  return { ...query };
}
