/** The environment is read in lib/kernel/env.ts alone, so that there is one list of what to set. */
export const noEnvironment = [
  {
    selector: "MemberExpression[object.name='process'][property.name='env']",
    message: "Read the environment through lib/kernel/env.ts.",
  },
  {
    selector: "MemberExpression[object.name='process'][property.value='env']",
    message: "Read the environment through lib/kernel/env.ts.",
  },
  {
    selector: "MemberExpression[object.property.name='process'][property.name='env']",
    message: "Read the environment through lib/kernel/env.ts.",
  },
  {
    selector: "VariableDeclarator[init.name='process'] > ObjectPattern > Property[key.name='env']",
    message: "Read the environment through lib/kernel/env.ts.",
  },
  {
    selector: "ImportDeclaration[source.value=/^(node:)?process$/]",
    message: "Read the environment through lib/kernel/env.ts.",
  },
];

/** In the browser there is no environment; the bundler writes NODE_ENV into the text, and nothing else. */
export const noEnvironmentButMode = [
  {
    selector:
      "MemberExpression[property.name!='NODE_ENV'] > MemberExpression[object.name='process'][property.name='env']",
    message: "Only process.env.NODE_ENV exists in the browser.",
  },
  {
    selector: ":not(MemberExpression) > MemberExpression[object.name='process'][property.name='env']",
    message: "Only process.env.NODE_ENV exists in the browser.",
  },
  ...noEnvironment.slice(1),
];

/** What has a `from` of its own and is not a table: Array.from, Buffer.from, a bucket of storage. */
const harmless =
  "/^(Array|Buffer|Readable|Object|Set|Map|Promise|Iterator|Observable|Temporal|[A-Z][A-Za-z0-9]*Array)$/";

/** `scope.table()` filters and stamps the business; a raw table forgets it sooner or later. */
export const noRawTables = [
  {
    selector: `CallExpression[callee.property.name='from'][callee.object.name!=${harmless}][callee.object.property.name!='storage']`,
    message: "Use scope.table(): it is already narrowed to one business. Raw tables stay in lib/db.",
  },
];

export function houseSyntax(...groups) {
  return { "no-restricted-syntax": ["error", ...groups.flat()] };
}
