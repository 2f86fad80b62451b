/**
 * A percent sign that begins no character (`/glow/%ff`) makes Next's router fail with a 500 before any code of ours.
 * It is read as the sign itself, so that the address is looked at like any other and found to lead nowhere.
 */
export function readableUrl(url: string): string {
  const end = url.search(/[?#]/);
  const path = end < 0 ? url : url.slice(0, end);
  if (isReadable(path)) return url;
  const read = path.replace(/(?:%[0-9a-f]{2})+|%/gi, (run) =>
    isReadable(run) ? run : run.replaceAll("%", "%25"),
  );
  return end < 0 ? read : read + url.slice(end);
}

function isReadable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
