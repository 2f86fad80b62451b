export const delimiters = [",", ";", "\t", "|"] as const;
export type Delimiter = (typeof delimiters)[number];

/**
 * The delimiter that cuts the header into the most cells, when the lines below agree with it.
 * Only characters outside quotes count: a caption full of commas says nothing.
 */
export function sniffDelimiter(head: string): Delimiter {
  const lines = logicalLines(head, 20).filter((line) => line.trim() !== "");
  const header = lines[0] ?? "";
  let best: Delimiter = ",";
  let bestScore = 0;
  for (const delimiter of delimiters) {
    const cells = countOutsideQuotes(header, delimiter) + 1;
    if (cells === 1) continue;
    const agreeing = lines.filter((line) => countOutsideQuotes(line, delimiter) + 1 >= cells).length;
    const score = cells * 100 + (agreeing / lines.length) * 50;
    if (score > bestScore) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best;
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
