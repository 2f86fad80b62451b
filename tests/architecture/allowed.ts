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
  "public.core_read_context":
    "tells a stranger who they are: nobody; and a business's name and colour for its sign-in page",
  "private.core_read_context": "behind the above",
  "public.people_read_invitation":
    "shows the holder of an invitation link what it offers; the token in the link is the proof",
  "private.people_read_invitation": "behind the above",
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
  "private.people_read_invitation": "possession of the token is the proof; the caller has no account yet",
};

/** Columns of a type that is not pushed below a policy; nobody may filter by them through the Data API. */
export const slowColumns: Reasons = {
  "loyalty_sync_run_rows.video_at": "a place on disk, which nobody filters by",
  "loyalty_rewards.sizes": "a short list that is shown, never filtered by",
};

/** Digests that are there to be published. */
export const published: Reasons = {
  "loyalty_raffle_draws.entries_hash": "everybody checks the draw against it",
};

/** Columns named like money that count pieces. */
export const pieces: Reasons = {
  "loyalty_reward_limits.stock_total": "how many there are of a reward",
};

/** Protected columns that a person may write on insert all the same. */
export const insertable: Reasons = {
  "core_notification_preferences.client_id": "WITH CHECK holds it to the caller's own person",
  "loyalty_adjustments.client_id": "WITH CHECK holds it to where the caller may adjust",
  "loyalty_adjustments.amount": "the row is the booking: append-only, checked by t25_guard, audited",
};

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
  "loyalty_money_findings.row_id": "names a boost, an earning, a payment or a batch",
  "loyalty_redemptions.tier_stint_id": "an undone night removes stays in a tier, never a claim made in one",
  last_run_id: "a run may be pruned; the figures it brought stay",
  run_id: "as above; checked on a million rows a night it would cost more than the import",
  "loyalty_video_snapshots.client_id":
    "written from its video, which refers to the business, and to no other; a check per row took as long as the row",
  "loyalty_video_snapshots.creator_id": "written from its video, which itself refers to its creator",
  "loyalty_video_snapshots.video_id":
    "written with its video by one statement, in a transaction that counts that none is missing",
  "loyalty_sync_run_rows.client_id":
    "written by the job that holds the run, which refers to the business; a check per row took as long as the row",
  "loyalty_sync_run_rows.creator_id": "an outcome tells what was found that night, whatever became of it",
  "loyalty_sync_run_rows.video_id": "as above",
};

/** Functions that refuse even an owner when the sweep calls them, for a reason other than the business. */
export const ownFunctions: Reasons = {
  "public.loyalty_claim_mission": "creators claim; an owner who is none has nothing to claim",
  "public.loyalty_claim_redemption": "as above",
  "public.loyalty_claim_reward": "as above",
  "public.loyalty_read_slots": "days a creator may choose for her own claim",
};

/** Functions that answer a frame without figures where there is nothing to see. */
export const emptyFrames: Reasons = {
  "public.loyalty_read_weeks": "the weeks of a calendar, each figure zero",
};

/** Tables people write directly without a trace in the audit log. */
export const unaudited: Reasons = {
  core_notifications: "a person marks her own messages as read",
  core_notification_preferences: "a person's own choice of messages",
};
