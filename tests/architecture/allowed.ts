/** Every exception to a rule, with its reason. A line that no longer applies fails the test that reads it. */
type Reasons = Record<string, string>;

/** Tables of `public` that belong to no business. */
export const globalTables: Reasons = {
  clients: "the tenants themselves: their own id is the client",
  roles: "the same for every business",
  permissions: "the same for every business",
  role_permissions: "the same for every business",
  auth_sessions: "a sign-in belongs to a login, which may belong to several businesses",
};

/** Tables everyone who is signed in reads whole. */
export const openTables: Reasons = {
  roles: "a list of words",
  permissions: "a list of words",
  role_permissions: "what each role permits is no secret",
};

/** What may be called without being signed in. */
export const anonFunctions: Reasons = {
  "public.core_read_context": "tells a stranger who they are: nobody; and a business's name and colour for its sign-in page",
  "private.core_read_context": "behind the above",
};

/** Helpers people may call in `private` although no policy and no public function names them. */
export const openHelpers: Reasons = {
  "private.claims": "reads the caller's own token; invoker functions and triggers call it",
  "private.request_id": "as above",
  "private.actor_label": "as above",
  "private.local_instant": "pure",
  "private.local_date": "pure",
  "private.is_time_zone": "pure",
  "private.has_permission": "answers about the caller only",
  "private.require_permission": "as above",
  "private.my_person": "as above",
  "private.permissions_in": "as above",
  "private.program_is_on": "yes or no about a program",
};

/** Definer functions people may call that do not ask who calls. */
export const uncheckedDefiners: Reasons = {
  "private.program_is_on": "yes or no about a program",
};

/** Columns of a type that is not pushed below a policy; nobody may filter by them through the Data API. */
export const slowColumns: Reasons = {};

/** `client_id` that a person may write on insert: the policy's WITH CHECK holds it. */
export const insertableClientId: Reasons = {};

/** Rows nobody changes or removes, not even the server's key. */
export const appendOnly: Reasons = {
  core_audit_log: "who changed what",
  core_state_history: "which steps were taken",
};

/** Columns that name a row without a foreign key: the row they name may be gone, or of any kind. */
export const unreferenced: Reasons = {
  actor_user_id: "history outlives the login that made it",
  impersonator_user_id: "as above",
  "core_state_history.row_id": "names a row of any table",
};
