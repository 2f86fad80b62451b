"use client";

import { Button, type ButtonVariant } from "@/components/ui/button";
import { useSend } from "@/components/ui/use-send";
import { leaveTo } from "./leave-to";

export function SignOutButton({
  label,
  where = "here",
  variant = "secondary",
}: {
  label: string;
  where?: "here" | "everywhere";
  variant?: ButtonVariant;
}) {
  const { send, sending, problem } = useSend();
  async function leave() {
    if (await send("/api/auth/sign-out", { where })) leaveTo("/sign-in");
  }
  return (
    <>
      <Button variant={variant} busy={sending} onClick={leave}>
        {label}
      </Button>
      {problem && (
        <p className="error" role="alert">
          {problem.message}
        </p>
      )}
    </>
  );
}
