import { AppError } from "@/lib/kernel/errors";
import { fieldForHeader, headerKey, importFields, requiredFields, type ImportField } from "./fields";

/** A business's own choice: the header that holds a field, or null for "our file does not have it". */
export type ColumnMapping = Partial<Record<ImportField, string | null>>;

export interface MatchedHeader {
  /** Position in the row of every field the file has. */
  positions: Partial<Record<ImportField, number>>;
  width: number;
  /** Headers nobody asked for: read past, and said so. */
  unread: string[];
  /** Fields the business said its file does not have. */
  absent: ImportField[];
}

interface HeaderDrift {
  missing: ImportField[];
  /** Two columns that both look like one field. */
  doubled: { field: ImportField; headers: string[] }[];
  /** Headers the mapping names and the file has not. */
  renamed: { field: ImportField; header: string }[];
  unknown: string[];
}

/** A drifted header stops the whole file: half a file read under wrong names is worse than none. */
export function matchHeader(header: readonly string[], mapping: ColumnMapping = {}): MatchedHeader {
  const names = header.map((name) => name.trim());
  const keys = names.map(headerKey);
  const found = new Map<ImportField, number[]>();
  const taken = new Set<number>();
  const drift: HeaderDrift = { missing: [], doubled: [], renamed: [], unknown: [] };
  const absent: ImportField[] = [];

  for (const field of importFields) {
    const wanted = mapping[field];
    if (wanted === null && !requiredFields.includes(field)) absent.push(field);
    if (typeof wanted !== "string") continue;
    const at = indexesOf(keys, headerKey(wanted));
    if (at.length === 0) drift.renamed.push({ field, header: wanted });
    else found.set(field, at);
    at.forEach((index) => taken.add(index));
  }
  names.forEach((name, index) => {
    const field = taken.has(index) || name === "" ? null : fieldForHeader(name);
    if (!field || typeof mapping[field] === "string" || absent.includes(field)) return;
    found.set(field, [...(found.get(field) ?? []), index]);
  });

  const positions: MatchedHeader["positions"] = {};
  for (const field of importFields) {
    const at = preferExact(found.get(field) ?? [], keys, field);
    if (at.length > 1) drift.doubled.push({ field, headers: at.map((index) => names[index] ?? "") });
    else if (at[0] !== undefined) positions[field] = at[0];
    else if (!absent.includes(field) && !drift.renamed.some((entry) => entry.field === field))
      drift.missing.push(field);
  }
  const used = new Set(Object.values(positions));
  const unread = names.filter((name, index) => name !== "" && !used.has(index));
  if (drift.missing.length + drift.doubled.length + drift.renamed.length > 0) {
    throw new AppError("HEADER_DRIFT", 422, describeDrift({ ...drift, unknown: unread }), {
      ...drift,
      unknown: unread,
    });
  }
  return { positions, width: lastNamed(names) + 1, unread, absent };
}

/** `Video` beside `Video URL`: the column that carries the field's own name wins over a looser synonym. */
function preferExact(at: number[], keys: string[], field: ImportField): number[] {
  const exact = at.filter((index) => keys[index] === headerKey(field));
  return exact.length === 1 ? exact : at;
}

function indexesOf(keys: string[], wanted: string): number[] {
  return keys.flatMap((key, index) => (key === wanted ? [index] : []));
}

function lastNamed(names: string[]): number {
  return names.findLastIndex((name) => name !== "");
}

function describeDrift(drift: HeaderDrift): string {
  const parts: string[] = [];
  if (drift.missing.length > 0) parts.push(`Missing: ${drift.missing.join(", ")}.`);
  for (const entry of drift.renamed) parts.push(`“${entry.header}”, where you keep ${entry.field}, is gone.`);
  for (const entry of drift.doubled)
    parts.push(`Two columns could be ${entry.field}: ${entry.headers.join(", ")}.`);
  if (drift.unknown.length > 0) parts.push(`Not known: ${drift.unknown.slice(0, 12).join(", ")}.`);
  return `The columns of this file are not the ones we know. ${parts.join(" ")}`;
}
