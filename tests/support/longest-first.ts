import path from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** What takes longest, longest first: begun last, one of these would run on alone while the other cores have nothing to do. */
const LONG = [
  "tests/db/loyalty/year.test.ts",
  "tests/db/core/seeds.test.ts",
  "tests/architecture/hosted-role.test.ts",
];

/** Begins with the long files; the rest keep their order. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const root = this.ctx.config.root;
    const place = (spec: TestSpecification) => {
      const at = LONG.indexOf(path.relative(root, spec.moduleId).split(path.sep).join("/"));
      return at < 0 ? LONG.length : at;
    };
    return sorted.sort((a, b) => place(a) - place(b));
  }
}
