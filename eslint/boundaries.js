const element = (type, pattern, capture) => ({
  type,
  pattern,
  partialMatch: false,
  ...(capture ? { capture } : {}),
});
const to = (type, { captured, file } = {}) => ({
  to: { element: { type, ...(captured ? { captured } : {}) }, ...(file ? { file } : {}) },
});
const from = (type) => ({ element: { type } });
const sameRoom = { captured: { room: "{{ from.element.captured.room }}" } };
const anyDoor = { file: { categories: { anyOf: ["door-server", "door-contract"] } } };
const contractDoor = { file: { categories: "door-contract" } };

/** Lower tiers know nothing of higher ones; within a tier no room knows another's inside. */
const tiers = [
  ["tenancy", "people", "auth", "audit", "jobs", "events"],
  ["files", "email", "billing", "analytics"],
  ["notifications", "messaging", "support", "scheduling", "documents", "crm", "campaigns"],
];
const coreAmong = (rooms) => ({ element: { type: "core", captured: { room: rooms } } });
const upwards = tiers.slice(0, -1).map((rooms, tier) => ({
  from: coreAmong(rooms),
  disallow: { to: coreAmong(tiers.slice(tier + 1).flat()) },
}));

export const boundarySettings = {
  "import/resolver": { typescript: true },
  "boundaries/legacy-templates": false,
  "boundaries/include": ["app/**", "lib/**", "components/**", "messages/**", "tests/**"],
  "boundaries/elements": [
    element("kernel", "lib/kernel"),
    element("db", "lib/db"),
    element("http", "lib/http"),
    element("registry", "lib/registry"),
    element("core", "lib/core/*", ["room"]),
    element("program", "lib/programs/*", ["room"]),
    element("ui", "components/ui"),
    element("core-ui", "components/core/*", ["room"]),
    element("program-ui", "components/programs/*", ["room"]),
    element("messages", "messages"),
    element("app", "app"),
    element("tests", "tests"),
  ],
  "boundaries/files": [
    { category: "door-server", pattern: "lib/{core,programs}/*/server.ts" },
    { category: "door-contract", pattern: "lib/{core,programs}/*/contract.ts" },
    // Works without a person: jobs, and the files that only jobs and webhooks call.
    { category: "unattended", pattern: "lib/{core,programs}/**/*.{job,system}.{ts,tsx}" },
    { category: "job", pattern: "lib/{core,programs}/**/*.job.{ts,tsx}" },
    { category: "system-access", pattern: "lib/db/{system,direct}.ts" },
    { category: "user-client", pattern: "lib/db/{client,server,guards,refresh-session}.ts" },
    { category: "pure", pattern: "lib/kernel/{errors,clock,money,time,paging,csv,countries,i18n}.ts" },
  ],
};

const systemAccess = { to: { file: { categories: "system-access" } } };
const userClient = { to: { file: { categories: "user-client" } } };

export const boundaryRule = {
  "boundaries/no-unknown-files": "error",
  "boundaries/dependencies": [
    "error",
    {
      default: "disallow",
      policies: [
        { allow: { to: { module: { origin: ["external", "core"] } } } },
        { from: from("kernel"), allow: [to("kernel"), to("messages")] },
        { from: from("messages"), allow: to("messages") },
        { from: from("db"), allow: [to("kernel"), to("db")] },
        { from: from("http"), allow: [to("kernel"), to("db"), to("http"), to("core", anyDoor)] },
        // Messages too: a mail's words are chosen where the mail is written, for a reader who is not the one asking.
        {
          from: from("core"),
          allow: [to("kernel"), to("db"), to("core", sameRoom), to("core", anyDoor), to("messages")],
        },
        {
          from: from("program"),
          allow: [to("kernel"), to("db"), to("program", sameRoom), to("core", anyDoor)],
        },
        {
          from: from("registry"),
          allow: [to("kernel"), to("registry"), to("core", anyDoor), to("program", anyDoor)],
        },
        { from: from("ui"), allow: [to("ui"), to("messages")] },
        { from: from("core-ui"), allow: [to("ui"), to("core-ui"), to("core", contractDoor)] },
        {
          from: from("program-ui"),
          allow: [
            to("ui"),
            to("core-ui"),
            to("program-ui", sameRoom),
            to("core", contractDoor),
            to("program", { ...sameRoom, ...contractDoor }),
          ],
        },
        // What a component formats or shows is pure and runs in the browser as well.
        {
          from: { element: { types: { anyOf: ["ui", "core-ui", "program-ui"] } } },
          allow: { to: { file: { categories: "pure" } } },
        },
        {
          from: from("app"),
          allow: [
            to("app"),
            to("kernel"),
            to("http"),
            to("registry"),
            to("messages"),
            to("core", anyDoor),
            to("program", anyDoor),
            to("ui"),
            to("core-ui"),
            to("program-ui"),
          ],
        },
        // The shape of a scope is known to whoever is handed one; knowing a type reaches no data.
        {
          from: { element: { types: { anyOf: ["app", "registry"] } } },
          allow: { ...to("db"), dependency: { kind: "type" } },
        },
        { from: from("tests"), allow: { to: { element: { type: "*" } } } },
        ...upwards,
        // Last words. Past row level security only what runs without a person may go.
        {
          from: { element: { types: { anyOf: ["core", "program"] } } },
          disallow: [systemAccess, userClient],
        },
        { from: { file: { categories: "unattended" } }, allow: systemAccess },
        { from: coreAmong(["jobs"]), allow: systemAccess },
        // Work that a lower room only enqueues by name: the registry loads it, the room itself never does.
        { from: { file: { categories: "job" } }, allow: to("core", anyDoor) },
        // Sign-in and accepting an invitation happen before there is a business to have a scope of.
        { from: coreAmong(["auth", "people"]), allow: userClient },
      ],
    },
  ],
};
