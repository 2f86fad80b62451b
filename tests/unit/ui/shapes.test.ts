import { describe, expect, it } from "vitest";
import { barShapes } from "@/components/ui/bar-shapes";
import { currentHref, inSections } from "@/components/core/shell/navigation";

describe("barShapes", () => {
  it("stands bars on zero: half the value is half the height", () => {
    const [half, whole] = barShapes([50, 100]);
    expect(whole && 92 - whole.top).toBe(70);
    expect(half && 92 - half.top).toBe(35);
  });

  it("stays within the field from first to last", () => {
    const shapes = barShapes([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(shapes[0]?.path.startsWith("M0 92")).toBe(true);
    expect(shapes.at(-1)?.center).toBeLessThan(335);
  });

  it("draws nothing for zero and below, and never a shape without numbers", () => {
    expect(barShapes([0, -5]).map((shape) => shape.path)).toEqual(["", ""]);
    expect(barShapes([])).toEqual([]);
    expect(JSON.stringify(barShapes([3]))).not.toContain("NaN");
  });
});

describe("navigation", () => {
  it("lights the longest address that begins the page's own", () => {
    const hrefs = ["/glow/admin", "/glow/admin/people", "/glow"];
    expect(currentHref("/glow/admin/people/42", hrefs)).toBe("/glow/admin/people");
    expect(currentHref("/glow/admin", hrefs)).toBe("/glow/admin");
    expect(currentHref("/glow/administration", hrefs)).toBe("/glow");
    expect(currentHref("/elsewhere", hrefs)).toBeNull();
  });

  it("groups neighbours of one section and keeps their order", () => {
    const item = (label: string, section?: string) => ({ href: `/${label}`, label, icon: "info", section });
    const sections = inSections([
      item("a"),
      item("b", "Loyalty"),
      item("c", "Loyalty"),
      item("d", "Business"),
    ]);
    expect(sections.map(({ title, items }) => [title, items.length])).toEqual([
      [null, 1],
      ["Loyalty", 2],
      ["Business", 1],
    ]);
  });
});
