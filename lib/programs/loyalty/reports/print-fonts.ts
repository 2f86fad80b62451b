import "server-only";
import { readFile } from "node:fs/promises";
import path from "node:path";
import fontkit from "@cantoo/fontkit";
import type { PDFDocument, PDFFont } from "@cantoo/pdf-lib";

/* The fonts every reader of documents has know western letters only. Noto Sans knows Latin with all its marks, Greek,
   Cyrillic and Devanagari; of each font a document carries the letters it uses and no more. */
const folder = path.join(process.cwd(), "node_modules", "@expo-google-fonts", "noto-sans");
const files = {
  plain: path.join(folder, "400Regular", "NotoSans_400Regular.ttf"),
  strong: path.join(folder, "700Bold", "NotoSans_700Bold.ttf"),
};
let read: Promise<{ plain: Buffer; strong: Buffer }> | null = null;

async function readFonts(): Promise<{ plain: Buffer; strong: Buffer }> {
  const [plain, strong] = await Promise.all([readFile(files.plain), readFile(files.strong)]);
  return { plain, strong };
}

export interface PrintFonts {
  plain: PDFFont;
  strong: PDFFont;
  /** What of a text can be printed: a letter no font has loses its marks, and what is left is a question mark. */
  printable: (text: string) => string;
}

export async function embedFonts(document: PDFDocument): Promise<PrintFonts> {
  read ??= readFonts();
  // A failure is not remembered: the next report tries again.
  const { plain, strong } = await read.catch((error: unknown) => {
    read = null;
    throw error;
  });
  document.registerFontkit(fontkit);
  // Neither joined nor taken apart: what is copied out of a document is then the letters that were written.
  const options = { subset: true, features: { liga: false, dlig: false, clig: false, ccmp: false } };
  const fonts = {
    plain: await document.embedFont(plain, options),
    strong: await document.embedFont(strong, options),
  };
  const known = new Set(fonts.plain.getCharacterSet());
  return { ...fonts, printable: (text) => printable(text, known) };
}

function printable(text: string, known: ReadonlySet<number>): string {
  const letters = Array.from(text.normalize("NFC").replace(/[\u00a0\u202f]/g, " "));
  return letters
    .map((letter) => {
      if (/\p{C}/u.test(letter)) return "";
      if (known.has(letter.codePointAt(0)!)) return letter;
      const [bare] = letter.normalize("NFKD");
      return bare !== undefined && known.has(bare.codePointAt(0)!) ? bare : "?";
    })
    .join("");
}
