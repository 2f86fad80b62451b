export interface CsvColumn<Row> {
  header: string;
  value: (row: Row) => string | number | bigint | boolean | Date | null | undefined;
}

// The wide forms are folded to their ASCII twins by spreadsheets, so they start a formula too.
const formulaStart = /^[\s\u0000]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/;
const plainNumber = /^[+-]?\d+(?:[.,]\d+)*%?$/;

/** A cell that a spreadsheet would run as a formula is led by an apostrophe, so it stays text. */
export function csvCell(value: string | number | bigint | boolean | Date | null | undefined): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== "string") return String(value);
  const text = formulaStart.test(value) && !plainNumber.test(value) ? `'${value}` : value;
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csvLine(values: Parameters<typeof csvCell>[0][]): string {
  return `${values.map(csvCell).join(",")}\r\n`;
}

/** The mark at the start tells Excel that the file is UTF-8. */
export const csvByteOrderMark = "\uFEFF";

export function toCsv<Row>(rows: Iterable<Row>, columns: CsvColumn<Row>[]): string {
  let text = csvByteOrderMark + csvLine(columns.map((column) => column.header));
  for (const row of rows) text += csvLine(columns.map((column) => column.value(row)));
  return text;
}
