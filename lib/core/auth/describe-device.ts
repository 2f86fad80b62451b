/** "Firefox, Windows": enough to recognise one's own phone. Nothing is decided by it. */
export function describeDevice(userAgent: string | null): { browser: string; system: string } {
  const text = userAgent ?? "";
  const first = (pairs: [RegExp, string][]) => pairs.find(([pattern]) => pattern.test(text))?.[1] ?? "";
  return {
    browser: first([
      [/Edg\//, "Edge"],
      [/OPR\//, "Opera"],
      [/SamsungBrowser/, "Samsung Internet"],
      [/Firefox\//, "Firefox"],
      [/(Chrome|CriOS|HeadlessChrome)\//, "Chrome"],
      [/Safari\//, "Safari"],
    ]),
    system: first([
      [/iPhone/, "iPhone"],
      [/iPad/, "iPad"],
      [/Android/, "Android"],
      [/Windows/, "Windows"],
      [/Mac OS X|Macintosh/, "Mac"],
      [/CrOS/, "ChromeOS"],
      [/Linux/, "Linux"],
    ]),
  };
}
