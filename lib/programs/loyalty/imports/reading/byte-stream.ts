import { AppError } from "@/lib/kernel/errors";

/** Enough of a file to tell its encoding and delimiter. */
const headBytes = 256 * 1024;

export async function splitHead(source: AsyncIterable<Uint8Array>) {
  const iterator = source[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (size < headBytes) {
    const { value, done } = await iterator.next();
    if (done) break;
    chunks.push(value);
    size += value.length;
  }
  const head = Buffer.concat(chunks);
  refuseOtherKinds(head);
  const bytes = Object.assign(
    async function* () {
      try {
        bytes.read = head.length;
        yield head as Uint8Array;
        for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
          bytes.read += next.value.length;
          yield next.value;
        }
      } finally {
        await iterator.return?.();
      }
    },
    { read: 0 },
  );
  return { head, bytes };
}

function refuseOtherKinds(head: Buffer): void {
  const isZip = head.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 3, 4]));
  const isOldExcel = head.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]));
  if (
    isZip ||
    isOldExcel ||
    head.subarray(0, 2).equals(Buffer.from([0x1f, 0x8b])) ||
    head.subarray(0, 4).equals(Buffer.from("%PDF"))
  ) {
    throw notCsv();
  }
}

export function notCsv(): AppError {
  return new AppError(
    "NOT_CSV",
    422,
    "This is not a CSV file, or it holds bytes that are not text. In your spreadsheet choose “Save as CSV” and drop that file.",
  );
}
