export {
  acceptedSchema,
  grantRoleSchema,
  invitationPreviewSchema,
  inviteSchema,
  invitedSchema,
  memberRoles,
  peopleListSchema,
  peopleQuerySchema,
  personPatchSchema,
  personSchema,
  personSummarySchema,
  roleIds,
  staffRoles,
  type InvitationPreview,
  type InviteInput,
  type PeopleQuery,
  type Person,
  type PersonPatch,
  type PersonSummary,
} from "./person.schema";
export { invitationTransitions } from "./invitation.states";
export { personTransitions } from "./person.states";
