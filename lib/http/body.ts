import { AppError } from "@/lib/kernel/errors";

/** Files go straight to storage, so a JSON body is small. */
const defaultBodyLimit = 256 * 1024;

export async function readText(request: Request, limit = defaultBodyLimit): Promise<string> {
  const declared = Number(request.headers.get("content-length") ?? "0");
  if (declared > limit) throw tooLarge(limit);
  if (!request.body) return "";
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const reader = request.body.getReader();
  let size = 0;
  let text = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      // Counted while it arrives: the declared length is only a claim.
      size += (value as Uint8Array).byteLength;
      if (size > limit) throw tooLarge(limit);
      text += decoder.decode(value as Uint8Array, { stream: true });
    }
  } catch (error) {
    await reader.cancel().catch(() => undefined);
    throw error instanceof TypeError ? badJson() : error;
  }
}

export async function readJson(request: Request, limit = defaultBodyLimit): Promise<unknown> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (type !== "application/json") {
    throw new AppError("UNSUPPORTED_MEDIA_TYPE", 415, "Send the body as application/json.");
  }
  const text = await readText(request, limit);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw badJson();
  }
}

function badJson(): AppError {
  return new AppError("BAD_JSON", 400, "The body is not valid JSON.");
}

function tooLarge(limit: number): AppError {
  return new AppError("BODY_TOO_LARGE", 413, `The body is larger than ${Math.round(limit / 1024)} KB.`);
}
