// Written by scripts/api-index.ts; run `npm run api:index` after adding a route.
import type { ApiRoute } from "@/lib/http/openapi";

export const apiRoutes: ApiRoute[] = [
  { path: "/api/[client]/audit", load: () => import("./[client]/audit/route") },
  { path: "/api/[client]/people/[id]/roles/[role]", load: () => import("./[client]/people/[id]/roles/[role]/route") },
  { path: "/api/[client]/people/[id]/roles", load: () => import("./[client]/people/[id]/roles/route") },
  { path: "/api/[client]/people/[id]", load: () => import("./[client]/people/[id]/route") },
  { path: "/api/[client]/people/[id]/state", load: () => import("./[client]/people/[id]/state/route") },
  { path: "/api/[client]/people/export", load: () => import("./[client]/people/export/route") },
  { path: "/api/[client]/people/invitations/[id]/resend", load: () => import("./[client]/people/invitations/[id]/resend/route") },
  { path: "/api/[client]/people/invitations/[id]/revoke", load: () => import("./[client]/people/invitations/[id]/revoke/route") },
  { path: "/api/[client]/people/invitations", load: () => import("./[client]/people/invitations/route") },
  { path: "/api/[client]/people", load: () => import("./[client]/people/route") },
  { path: "/api/[client]/tenancy/programs/[program]", load: () => import("./[client]/tenancy/programs/[program]/route") },
  { path: "/api/[client]/tenancy/settings", load: () => import("./[client]/tenancy/settings/route") },
  { path: "/api/cron/jobs", load: () => import("./cron/jobs/route") },
  { path: "/api/invitations/accept", load: () => import("./invitations/accept/route") },
  { path: "/api/openapi.json", load: () => import("./openapi.json/route") },
  { path: "/api/webhooks/resend", load: () => import("./webhooks/resend/route") },
];
