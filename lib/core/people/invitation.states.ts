export const invitationTransitions = [
  { entity: "invitations", from: null, to: "pending" },
  { entity: "invitations", from: "pending", to: "accepted" },
  { entity: "invitations", from: "pending", to: "revoked" },
] as const;

export const canMoveInvitation = (from: string | null, to: string) =>
  invitationTransitions.some((step) => step.from === from && step.to === to);
