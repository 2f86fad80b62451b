import * as paths from "./icon-paths";
import { Glyph, type GlyphProps } from "./glyph";

const kebab = (name: string) => name.replace(/[A-Z0-9]+/g, (part) => "-" + part.toLowerCase());

/** Every drawing by its Lucide name ("layout-dashboard"). Data such as navigation names icons, so this is a map. */
const byName = new Map<string, string>(Object.entries(paths).map(([name, path]) => [kebab(name), path]));

export const iconNames: readonly string[] = [...byName.keys()];

/** For server components. A client leaf uses <Glyph path={…}> so that it carries its own drawing only. */
export function Icon({ name, ...rest }: { name: string } & Omit<GlyphProps, "path">) {
  return <Glyph path={byName.get(name) ?? paths.info} {...rest} />;
}
