export const invitationTransitions = [
  { entity: "invitations", from: null, to: "pending" },
  { entity: "invitations", from: "pending", to: "accepted" },
  { entity: "invitations", from: "pending", to: "revoked" },
] as const;
