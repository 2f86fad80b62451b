import iconv from "iconv-lite";

export type TextEncoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

/** Thrown in the middle of a file that began as UTF-8 and is not; the reader starts over with another encoding. */
export class NotUtf8 extends Error {}

interface EncodingGuess {
  encoding: TextEncoding;
  bomLength: number;
}

export function sniffEncoding(head: Uint8Array): EncodingGuess {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: "utf-8", bomLength: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: "utf-16le", bomLength: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: "utf-16be", bomLength: 2 };
  const sample = head.subarray(0, 4096);
  let evenZeros = 0;
  let oddZeros = 0;
  sample.forEach((byte, index) => {
    if (byte !== 0) return;
    if (index % 2 === 0) evenZeros += 1;
    else oddZeros += 1;
  });
  const half = sample.length / 2;
  if (oddZeros > half * 0.6 && evenZeros < half * 0.1) return { encoding: "utf-16le", bomLength: 0 };
  if (evenZeros > half * 0.6 && oddZeros < half * 0.1) return { encoding: "utf-16be", bomLength: 0 };
  return { encoding: "utf-8", bomLength: 0 };
}

/** Bytes to text, chunk by chunk; characters cut in two by a chunk border are joined. */
export async function* decodeText(
  bytes: AsyncIterable<Uint8Array>,
  { encoding, bomLength }: EncodingGuess,
): AsyncGenerator<string> {
  const decode = encoding === "utf-8" ? strictUtf8() : lenient(encoding);
  let toSkip = bomLength;
  for await (const chunk of bytes) {
    const rest = chunk.subarray(Math.min(toSkip, chunk.length));
    toSkip -= chunk.length - rest.length;
    const text = decode.write(rest);
    if (text) yield text;
  }
  const text = decode.end();
  if (text) yield text;
}

interface Decoder {
  write(chunk: Uint8Array): string;
  end(): string;
}

function strictUtf8(): Decoder {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const guarded = (chunk: Uint8Array | undefined, stream: boolean) => {
    try {
      return decoder.decode(chunk, { stream });
    } catch {
      throw new NotUtf8();
    }
  };
  return { write: (chunk) => guarded(chunk, true), end: () => guarded(undefined, false) };
}

function lenient(encoding: TextEncoding): Decoder {
  const decoder = iconv.getDecoder(encoding);
  return { write: (chunk) => decoder.write(Buffer.from(chunk)), end: () => decoder.end() ?? "" };
}
