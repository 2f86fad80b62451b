"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Glyph } from "@/components/ui/glyph";
import { x } from "@/components/ui/icon-paths";
import { Chip } from "@/components/ui/marks";
import { TextField } from "@/components/ui/text-field";
import { useToast } from "@/components/ui/toast";
import { useSend } from "@/components/ui/use-send";

interface TagWords {
  field: string;
  hint: string;
  add: string;
  saved: string;
  /** "Remove the tag {tag}", one for each. */
  remove: Record<string, string>;
}

/** The tags of one creator: each goes with a press, a new one is typed. */
export function CreatorTags({
  slug,
  creatorId,
  tags,
  known,
  canWrite,
  words,
}: {
  slug: string;
  creatorId: string;
  tags: readonly string[];
  known: readonly string[];
  canWrite: boolean;
  words: TagWords;
}) {
  const router = useRouter();
  const toast = useToast();
  const [typed, setTyped] = useState("");
  const { send, sending, problem } = useSend();

  async function save(next: string[]) {
    const sent = await send(`/api/${slug}/loyalty/creators/${creatorId}/tags`, { tags: next });
    if (!sent) return;
    setTyped("");
    toast({ message: words.saved });
    router.refresh();
  }
  const wrong = problem && (Object.values(problem.fields)[0] ?? problem.message);
  return (
    <div className="stack gap-3">
      {tags.length > 0 && (
        <ul className="flex flex-wrap gap-2">
          {tags.map((tag) => (
            <li key={tag}>
              <Chip
                action={
                  canWrite && (
                    <button
                      type="button"
                      aria-label={words.remove[tag]}
                      disabled={sending}
                      onClick={() => void save(tags.filter((one) => one !== tag))}
                    >
                      <Glyph path={x} size="xs" />
                    </button>
                  )
                }
              >
                {tag}
              </Chip>
            </li>
          ))}
        </ul>
      )}
      {canWrite && (
        <form
          className="row items-end"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            const tag = typed.trim().toLowerCase();
            if (tag) void save([...tags, tag]);
          }}
        >
          <div className="grow">
            <TextField
              small
              label={words.field}
              hint={words.hint}
              value={typed}
              error={wrong}
              maxLength={30}
              autoCapitalize="none"
              autoComplete="off"
              list="known-tags"
              onChange={(event) => setTyped(event.target.value)}
            />
            <datalist id="known-tags">
              {known
                .filter((tag) => !tags.includes(tag))
                .map((tag) => (
                  <option key={tag} value={tag} />
                ))}
            </datalist>
          </div>
          <Button type="submit" size="small" busy={sending}>
            {words.add}
          </Button>
        </form>
      )}
    </div>
  );
}
