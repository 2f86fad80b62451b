import type { Position } from "./businesses";

const owner: Position[] = ["owner"];
const owners: Position[] = ["owner", "admin"];
const managers: Position[] = [...owners, "manager"];
const staff: Position[] = [...managers, "support"];
const everyone: Position[] = [...staff, "creator", "neighbour"];

const given = (positions: Position[], names: string[]): Record<string, Position[]> =>
  Object.fromEntries(names.map((name) => [name, positions]));

/** Who of a business gets past the door of each function that is called about it. One that is not here fails. */
export const functionReach: Record<string, Position[]> = {
  ...given(owner, ["audit_list"]),
  ...given(owners, [
    "email_remove_suppression",
    "email_resend_email",
    "jobs_retry_job",
    "loyalty_ensure_source",
    "loyalty_hold_creator",
    "loyalty_list_holds",
    "loyalty_resolve_hold",
    "people_start_view",
    "loyalty_preview_tiers",
    "loyalty_save_source",
    "loyalty_save_tiers",
    "people_grant_role",
    "people_revoke_role",
    "people_set_state",
  ]),
  ...given(managers, [
    "loyalty_draw_raffle",
    "loyalty_redraw_raffle",
    "loyalty_seal_raffle",
    "files_create_upload",
    "loyalty_add_creator",
    "loyalty_cancel_run",
    "loyalty_create_run",
    "loyalty_decide_claim",
    "loyalty_duplicate_reward",
    "loyalty_fetch_now",
    "loyalty_list_claims",
    "loyalty_pin_tier",
    "loyalty_preview_reward",
    "loyalty_rename_creator",
    "loyalty_request_save",
    "loyalty_request_undo",
    "loyalty_retry_run",
    "loyalty_save_mapping",
    "loyalty_save_reward",
    "loyalty_set_creator_state",
    "loyalty_step_redemption",
    "loyalty_step_redemptions",
    "loyalty_step_reward",
    "loyalty_unpin_tier",
    "people_invite",
    "people_resend_invitation",
    "people_revoke_invitation",
  ]),
  ...given(staff, [
    "loyalty_list_raffle_entries",
    "loyalty_list_raffles",
    "loyalty_list_missions",
    "loyalty_preview_mission",
  ]),
  ...given(staff, [
    "loyalty_list_creators",
    "loyalty_list_rewards",
    "loyalty_list_redemptions",
    "loyalty_read_admin_home",
    "loyalty_read_reward",
    "loyalty_read_work",
    "people_list",
    "people_read",
  ]),
  // Whoever holds the app's permission gets in; who is no creator finds nothing there.
  ...given(
    ["owner", "creator", "neighbour"],
    ["loyalty_claim_redemption", "loyalty_claim_reward", "loyalty_read_slots"],
  ),
  // No permission needed: row security or the function itself shows each what is hers.
  ...given(everyone, [
    "loyalty_enter_raffle",
    "loyalty_leave_raffle",
    "loyalty_acknowledge_celebrations",
    "loyalty_read_celebrations",
    "loyalty_read_leaderboard",
    "loyalty_read_warning",
    "loyalty_set_leaderboard",
    "loyalty_read_raffle",
    "loyalty_read_raffle_list",
    "files_complete_upload",
    "loyalty_change_address",
    "loyalty_read_redemption",
    "loyalty_list_adjustments",
    "loyalty_list_decisions",
    "loyalty_list_reward_history",
    "loyalty_list_mission_history",
    "loyalty_list_videos",
    "loyalty_read_creator",
    "loyalty_read_data_state",
    "loyalty_read_decision",
    "loyalty_read_home",
    "loyalty_read_redemption_event",
    "loyalty_read_refunds",
    "loyalty_read_rewards",
    "loyalty_read_tier_rewards",
    "loyalty_read_weeks",
    "people_end_view",
    "notifications_mark_read",
    "notifications_save_preference",
  ]),
};
