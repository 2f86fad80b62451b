import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { createTranslator } from "next-intl";
import { en } from "@/messages/en";

type Tree = { [key: string]: string | Tree };

function leaves(tree: Tree, prefix = ""): Array<[key: string, text: string]> {
  return Object.entries(tree).flatMap(([key, value]): Array<[string, string]> =>
    typeof value === "string" ? [[prefix + key, value]] : leaves(value, `${prefix}${key}.`),
  );
}

const all = leaves(en as Tree);

describe("the words", () => {
  it("have every file of messages/en merged", () => {
    const files = fs.readdirSync(path.join(import.meta.dirname, "../../../messages/en"));
    const names = files.map((file) =>
      path.basename(file, ".json").replace(/-(\w)/g, (_all, next: string) => next.toUpperCase()),
    );
    // A file may make a second room, so that a phone need not carry the words of the admin.
    const rooms = Object.keys(en).filter((room) => names.includes(room) || !room.endsWith("Admin"));
    expect(rooms.sort()).toEqual(names.sort());
  });

  it("are all there and none is empty", () => {
    expect(all.length).toBeGreaterThan(50);
    expect(all.filter(([, text]) => text.trim() === "")).toEqual([]);
  });

  it("can all be read: no broken brace or plural", () => {
    const broken: string[] = [];
    const translate = createTranslator({
      locale: "en",
      messages: en as never,
      onError: (error) => {
        if (error.code === "INVALID_MESSAGE") broken.push(error.message);
      },
    }) as unknown as { (key: string): string };
    for (const [key] of all) translate(key);
    expect(broken).toEqual([]);
  });

  it("keep the house's voice: no please, no oops, no exclamation marks", () => {
    expect(all.filter(([, text]) => /\bplease\b|\boops\b|\w!/i.test(text))).toEqual([]);
  });
});
