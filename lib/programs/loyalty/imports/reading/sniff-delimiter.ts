import { fieldForHeader } from "./fields";

const delimiters = [",", ";", "\t", "|"] as const;
export type Delimiter = (typeof delimiters)[number];

/**
 * The delimiter that shows the most column names we know in one line; with none known, the one that cuts the first
 * line into the most cells while the lines below agree. Only characters outside quotes count.
 */
export function sniffDelimiter(head: string): Delimiter {
  const lines = logicalLines(head, 20).filter((line) => line.trim() !== "");
  let best: Delimiter = ",";
  let bestScore = 0;
  for (const delimiter of delimiters) {
    const cells = countOutsideQuotes(lines[0] ?? "", delimiter);
    const agreeing = lines.filter((line) => cells > 0 && countOutsideQuotes(line, delimiter) >= cells).length;
    const known = Math.max(0, ...lines.map((line) => knownNames(line, delimiter)));
    const score = (known > 1 ? known * 1000 : 0) + cells * 10 + (agreeing / Math.max(1, lines.length)) * 5;
    if (score > bestScore) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best;
}

function knownNames(line: string, delimiter: Delimiter): number {
  return line.split(delimiter).filter((cell) => fieldForHeader(cell.replaceAll('"', "")) !== null).length;
}

function logicalLines(text: string, limit: number): string[] {
  const lines: string[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at < text.length && lines.length < limit; at += 1) {
    const char = text[at];
    if (char === '"') quoted = !quoted;
    else if (!quoted && (char === "\n" || char === "\r")) {
      lines.push(text.slice(start, at));
      start = at + 1;
    }
  }
  if (lines.length < limit && start < text.length) lines.push(text.slice(start));
  return lines;
}

function countOutsideQuotes(line: string, wanted: string): number {
  let quoted = false;
  let count = 0;
  for (const char of line) {
    if (char === '"') quoted = !quoted;
    else if (!quoted && char === wanted) count += 1;
  }
  return count;
}
