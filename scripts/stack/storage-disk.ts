import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { copyFile, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";

interface ObjectMetadata {
  cacheControl: string;
  contentLength: number;
  size: number;
  mimetype: string;
  lastModified?: Date;
  eTag: string;
  contentRange?: string;
  httpStatusCode?: number;
}

interface Kept {
  mimetype: string;
  cacheControl: string;
  eTag: string;
}

type Body = ReadableStream | globalThis.ReadableStream | Buffer | Uint8Array;

/** Objects as files: what comes in or goes out is streamed, so a 100 MB file costs no memory. */
export class DiskStorage {
  readonly driver = null;
  constructor(private readonly base: string) {}

  async getObject(bucket: string, key: string, _version?: string, headers?: { range?: string }) {
    const metadata = await this.headObject(bucket, key);
    const range = /^bytes=(\d*)-(\d*)$/.exec(headers?.range ?? "");
    const file = this.file(bucket, key);
    if (!range || (range[1] === "" && range[2] === "")) {
      return { metadata, httpStatusCode: 200, body: Readable.toWeb(createReadStream(file)) };
    }
    const last = metadata.size - 1;
    const start = range[1] === "" ? Math.max(0, metadata.size - Number(range[2])) : Number(range[1]);
    const end = range[1] === "" || range[2] === "" ? last : Math.min(last, Number(range[2]));
    return {
      metadata: {
        ...metadata,
        contentLength: end - start + 1,
        contentRange: `bytes ${start}-${end}/${metadata.size}`,
        httpStatusCode: 206,
      },
      httpStatusCode: 206,
      body: Readable.toWeb(createReadStream(file, { start, end })),
    };
  }

  /** Written beside and renamed, so that a broken upload leaves the old object whole. */
  async uploadObject(
    bucket: string,
    key: string,
    _version: string | undefined,
    body: Body,
    contentType: string,
    cacheControl: string,
  ): Promise<ObjectMetadata> {
    const file = this.file(bucket, key);
    const beside = `${file}.${process.pid}.${Date.now()}.part`;
    await mkdir(path.dirname(file), { recursive: true });
    const hash = createHash("md5");
    const source =
      body instanceof Uint8Array ? Readable.from([body]) : Readable.fromWeb(body as ReadableStream);
    const tap = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        done(null, chunk);
      },
    });
    try {
      await pipeline(source, tap, createWriteStream(beside));
      const kept: Kept = { mimetype: contentType, cacheControl, eTag: `"${hash.digest("hex")}"` };
      await writeFile(this.notes(bucket, key), JSON.stringify(kept));
      await rename(beside, file);
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
    return this.headObject(bucket, key);
  }

  async deleteObject(bucket: string, key: string): Promise<void> {
    await rm(this.file(bucket, key), { force: true });
    await rm(this.notes(bucket, key), { force: true });
  }

  async deleteObjects(bucket: string, keys: string[]): Promise<void> {
    for (const key of keys) await this.deleteObject(bucket, key);
  }

  async copyObject(fromBucket: string, from: string, _v: string | undefined, toBucket: string, to: string) {
    await mkdir(path.dirname(this.file(toBucket, to)), { recursive: true });
    await copyFile(this.file(fromBucket, from), this.file(toBucket, to));
    await copyFile(this.notes(fromBucket, from), this.notes(toBucket, to));
    const { eTag, lastModified } = await this.headObject(toBucket, to);
    return { httpStatusCode: 200, eTag, lastModified };
  }

  async headObject(bucket: string, key: string): Promise<ObjectMetadata> {
    const { size, mtime } = await stat(this.file(bucket, key));
    const kept = JSON.parse(await readFile(this.notes(bucket, key), "utf8")) as Kept;
    return { ...kept, size, contentLength: size, lastModified: mtime, httpStatusCode: 200 };
  }

  async privateAssetUrl(bucket: string, key: string): Promise<string> {
    return `file://${this.file(bucket, key)}`;
  }

  private file(bucket: string, key: string): string {
    return this.inside("objects", bucket, key);
  }

  private notes(bucket: string, key: string): string {
    return `${this.file(bucket, key)}.about.json`;
  }

  private inside(...parts: string[]): string {
    const at = path.resolve(this.base, ...parts);
    if (!at.startsWith(path.resolve(this.base) + path.sep))
      throw new Error("An object's key leads out of the store.");
    return at;
  }
}
