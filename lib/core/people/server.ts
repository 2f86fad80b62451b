import "server-only";

export { acceptInvitation } from "./accept-invitation";
export { exportPeople } from "./export-people";
export { grantableRoles } from "./grantable-roles";
export { grantRole } from "./grant-role";
export { invitePerson } from "./invite-person";
export { listPeople } from "./list-people";
export { readInvitation } from "./read-invitation";
export { readPerson } from "./read-person";
export { resendInvitation } from "./resend-invitation";
export { revokeInvitation } from "./revoke-invitation";
export { revokeRole } from "./revoke-role";
export { sendInvitationJob } from "./send-invitation.job";
export { setPersonState } from "./set-person-state";
export { updatePerson } from "./update-person";
export { endView, startView } from "./view-as";
