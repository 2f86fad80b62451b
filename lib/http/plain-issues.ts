import type { z } from "zod";

/**
 * What a schema says where its author wrote no sentence of her own: words of a person, without "received undefined".
 * Whoever gets them through the API alone gets the same.
 */
export function plainIssue(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined ? "This is missing." : (types[issue.expected] ?? "This does not fit.");
    case "invalid_value":
      return `Choose one of these: ${issue.values.map(String).join(", ")}.`;
    case "invalid_union":
      return Array.isArray(issue["options"])
        ? `Choose one of these: ${issue["options"].map(String).join(", ")}.`
        : "This does not fit.";
    case "too_small":
      return bound(issue.origin, "At least", issue.minimum);
    case "too_big":
      return bound(issue.origin, "At most", issue.maximum);
    case "invalid_format":
      return formats[issue.format] ?? "This is not written in the form it needs.";
    case "unrecognized_keys":
      return `Leave out ${issue.keys.join(", ")}.`;
    default:
      return "This does not fit.";
  }
}

const types: Partial<Record<string, string>> = {
  string: "Write this as text.",
  number: "Write this as a number.",
  int: "Write this as a whole number.",
  boolean: "Say true or false.",
  array: "Send this as a list.",
  object: "Send this as an object.",
  record: "Send this as an object.",
};

const formats: Partial<Record<string, string>> = {
  date: "Write a day like 2026-10-31.",
  datetime: "Write a moment like 2026-10-31T12:00:00Z.",
  email: "Write an e-mail address.",
  url: "Write a web address.",
  uuid: "This is not an id.",
};

function bound(origin: string, side: string, limit: number | bigint): string {
  const number = limit.toLocaleString("en");
  if (origin === "string") return `${side} ${number} ${number === "1" ? "letter" : "letters"}.`;
  if (origin === "array" || origin === "set")
    return `${side} ${number} ${number === "1" ? "entry" : "entries"}.`;
  return `${side} ${number}.`;
}
