import type { ReactNode } from "react";
import { BrandStyle } from "@/components/ui/brand-style";
import { readNonce } from "@/lib/http/nonce";
import { readShell } from "@/lib/http/page";
import { slugSchema } from "@/lib/http/slug";

/** The business's colour for everything below. It admits nobody: each page decides for itself. */
export default async function ClientLayout({
  params,
  children,
}: {
  params: Promise<{ client: string }>;
  children: ReactNode;
}) {
  const slug = slugSchema.safeParse((await params).client);
  const [{ scope }, nonce] = await Promise.all([readShell(slug.success ? slug.data : null), readNonce()]);
  return (
    <>
      {scope && <BrandStyle color={scope.client.brandColor} nonce={nonce} />}
      {children}
    </>
  );
}
