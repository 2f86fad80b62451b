/* Sends a file straight to its signed address. XMLHttpRequest, because fetch cannot tell how much has gone out. */

export class UploadError extends Error {
  readonly reason: "network" | "refused" | "cancelled";
  readonly status: number;
  constructor(reason: "network" | "refused" | "cancelled", status = 0) {
    super(reason);
    this.reason = reason;
    this.status = status;
  }
}

interface PutOptions {
  headers?: Record<string, string>;
  onProgress?: (sent: number, total: number) => void;
  signal?: AbortSignal;
}

export function putFile(
  url: string,
  file: Blob,
  { headers = {}, onProgress, signal }: PutOptions = {},
): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(new UploadError("cancelled"));
    const request = new XMLHttpRequest();
    request.open("PUT", url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) =>
      onProgress?.(event.loaded, event.lengthComputable ? event.total : file.size);
    request.onload = () =>
      request.status >= 200 && request.status < 300
        ? resolve()
        : reject(new UploadError("refused", request.status));
    request.onerror = () => reject(new UploadError("network"));
    request.onabort = () => reject(new UploadError("cancelled"));
    signal?.addEventListener("abort", () => request.abort(), { once: true });
    request.send(file);
  });
}

/** 6_500_000 → "6.5 MB"; decimal units, as file managers show them. */
export function fileSize(bytes: number, locale = "en"): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
  const step = bytes < 1000 ? 0 : Math.min(3, Math.floor(Math.log10(bytes) / 3));
  const format = new Intl.NumberFormat(locale, {
    style: "unit",
    unit: units[step],
    unitDisplay: step === 0 ? "long" : "short",
    maximumFractionDigits: step < 2 ? 0 : 1,
  });
  return format.format(bytes / 1000 ** step);
}
