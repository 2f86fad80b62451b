/**
 * Where the embedded Storage differs from the hosted one, as storage-js meets it: a Blob comes as a multipart form,
 * links are read as `signedURL` and `url` relative to the service, several are signed at once, an object's facts are
 * at the top of its info, and a byte range may be asked for. All of it is put right here, so that nothing in the app
 * knows which Storage it talks to.
 */
type Handle = (request: Request) => Promise<Response>;
type OpenRange = (
  bucket: string,
  key: string,
  range: string,
) => Promise<{
  metadata: { contentLength: number; contentRange?: string };
  body: ReadableStream;
}>;

const PREFIX = "/storage/v1";

export function mendStorage(handle: Handle, openRange: OpenRange): Handle {
  return async (request) => {
    const { pathname } = new URL(request.url);
    const type = request.headers.get("content-type") ?? "";
    if (type.startsWith("multipart/form-data") && (request.method === "POST" || request.method === "PUT")) {
      return handle(await withoutForm(request));
    }
    if (request.method === "POST" && /^\/storage\/v1\/object\/sign\/[^/]+$/.test(pathname))
      return signMany(request, handle);
    if (request.method === "POST" && /^\/storage\/v1\/object\/(upload\/)?sign\//.test(pathname)) {
      return withLinks(await handle(request));
    }
    if (request.method === "GET" && pathname.startsWith(`${PREFIX}/object/info/`))
      return withFacts(await handle(request));
    if (request.method !== "GET") return handle(request);
    const whole = asDownload(await handle(request), request.url);
    const range = request.headers.get("range");
    return range ? withRange(whole, pathname, range, openRange) : whole;
  };
}

/** The file part becomes the body; its type and the form's cache time become headers. */
async function withoutForm(request: Request): Promise<Request> {
  const form = await request.formData();
  const file = [...form.values()].find((value): value is File => typeof value !== "string");
  if (!file) return new Request(request.url, { method: request.method, headers: request.headers });
  const headers = new Headers(request.headers);
  headers.set("content-type", file.type || "application/octet-stream");
  headers.set("content-length", String(file.size));
  const cache = form.get("cacheControl");
  if (typeof cache === "string") headers.set("cache-control", `max-age=${cache}`);
  return new Request(request.url, {
    method: request.method,
    headers,
    body: file.stream(),
    duplex: "half",
  } as RequestInit);
}

async function signMany(request: Request, handle: Handle): Promise<Response> {
  const { expiresIn, paths } = (await request.json()) as { expiresIn: number; paths: string[] };
  const headers = new Headers(request.headers);
  headers.delete("content-length");
  const answers = paths.map(async (path) => {
    const body = JSON.stringify({ expiresIn });
    const place = path.split("/").map(encodeURIComponent).join("/");
    const response = await handle(new Request(`${request.url}/${place}`, { method: "POST", headers, body }));
    const answer = (await response.json()) as Record<string, unknown>;
    return response.ok
      ? { path, error: null, ...link(answer) }
      : { path, error: answer.message ?? "Not found", signedURL: null };
  });
  return Response.json(await Promise.all(answers));
}

async function withFacts(response: Response): Promise<Response> {
  if (!response.ok) return response;
  const info = (await response.json()) as { httpMetadata?: Record<string, unknown> };
  const { size, mimetype, eTag, cacheControl, lastModified } = info.httpMetadata ?? {};
  return Response.json({
    ...info,
    size,
    content_type: mimetype,
    etag: eTag,
    cache_control: cacheControl,
    last_modified: lastModified,
  });
}

async function withLinks(response: Response): Promise<Response> {
  if (!response.ok) return response;
  const body = (await response.json()) as Record<string, unknown> | Record<string, unknown>[];
  const mended = Array.isArray(body) ? body.map(link) : link(body);
  return Response.json(mended, { status: response.status });
}

function link(entry: Record<string, unknown>): Record<string, unknown> {
  const { signedUrl, ...rest } = entry;
  if (typeof signedUrl !== "string") return entry;
  const relative = signedUrl.startsWith(PREFIX) ? signedUrl.slice(PREFIX.length) : signedUrl;
  return { ...rest, signedURL: relative || null, url: relative || null };
}

/** `?download=name` asks for the file as an attachment under that name. */
function asDownload(response: Response, url: string): Response {
  const name = new URL(url).searchParams.get("download");
  if (name === null || !response.ok) return response;
  const headers = new Headers(response.headers);
  headers.set(
    "content-disposition",
    name ? `attachment; filename*=UTF-8''${encodeURIComponent(name)}` : "attachment",
  );
  return new Response(response.body, { status: response.status, headers });
}

/** The whole answer proves the right to read; then only the wanted bytes are sent. */
async function withRange(
  whole: Response,
  pathname: string,
  range: string,
  open: OpenRange,
): Promise<Response> {
  const place = /^\/storage\/v1\/object\/(?:sign\/|public\/|authenticated\/)?([^/]+)\/(.+)$/.exec(pathname);
  if (whole.status !== 200 || !place?.[1] || !place[2] || !/^bytes=(\d+-\d*|-\d+)$/.test(range)) return whole;
  await whole.body?.cancel();
  const size = Number(whole.headers.get("content-length") ?? 0);
  const start = Number(/^bytes=(\d+)-/.exec(range)?.[1] ?? 0);
  if (start >= size)
    return new Response(null, { status: 416, headers: { "content-range": `bytes */${size}` } });
  const part = await open(decodeURIComponent(place[1]), decodeURIComponent(place[2]), range);
  const headers = new Headers(whole.headers);
  headers.set("content-length", String(part.metadata.contentLength));
  if (part.metadata.contentRange) headers.set("content-range", part.metadata.contentRange);
  return new Response(part.body, { status: 206, headers });
}
