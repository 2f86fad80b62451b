import { safeNextPath } from "./next-path";

const cursors = ["after", "before", "cursor"];

/**
 * Where a page begins whose address it could not use: an old link's cursor is left out, or else the whole query, such
 * as a search no text can hold. Null when there is nothing to leave out.
 */
export function withoutBadQuery(path: string, code: string): string | null {
  const url = new URL(path, "http://portico.invalid");
  const given = url.searchParams.size;
  if (given === 0) return null;
  if (code === "INVALID_CURSOR") for (const name of cursors) url.searchParams.delete(name);
  if (url.searchParams.size === given) url.search = "";
  return safeNextPath(url.pathname + url.search);
}
