import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fromDatabase, sqlstates } from "@/lib/db/sqlstate";

describe("errors of the database", () => {
  it.each([
    ["PM001", 403, "FORBIDDEN"],
    ["PM002", 401, "UNAUTHENTICATED"],
    ["TN001", 404, "NOT_FOUND"],
    ["TN002", 404, "NOT_FOUND"],
    ["ST001", 409, "ILLEGAL_STEP"],
    ["ST002", 409, "STALE"],
    ["ST003", 409, "ALREADY_DONE"],
    ["QT001", 429, "TOO_MANY"],
    ["QT002", 409, "LIMIT_REACHED"],
    ["VA001", 422, "INVALID"],
    ["PGRST116", 404, "NOT_FOUND"],
    ["PGRST303", 401, "UNAUTHENTICATED"],
    ["23505", 409, "ALREADY_EXISTS"],
    ["23503", 422, "INVALID"],
    ["23514", 422, "INVALID"],
    ["22P02", 422, "INVALID"],
    ["42501", 403, "FORBIDDEN"],
    ["40001", 409, "TRY_AGAIN"],
    ["23P01", 409, "TRY_AGAIN"],
    ["42703", 500, "INTERNAL"],
    ["", 500, "INTERNAL"],
  ])("%s becomes %i %s", (code, status, expected) => {
    expect(fromDatabase({ code, message: "x" })).toMatchObject({ status, code: expected });
  });

  it("passes on a sentence our own functions wrote, and the field it belongs to", () => {
    const error = fromDatabase({ code: "VA001", message: "Pick a later day.", details: "effectiveOn" });
    expect(error).toMatchObject({
      message: "Pick a later day.",
      details: { fields: { effectiveOn: "Pick a later day." } },
    });
  });

  it("takes the closer code a function gives in its hint, and no sentence for a code", () => {
    const sold = { code: "QT002", message: "None are left." };
    expect(fromDatabase({ ...sold, hint: "SOLD_OUT" })).toMatchObject({ code: "SOLD_OUT", status: 409 });
    expect(fromDatabase({ ...sold, hint: "Try another one." })).toMatchObject({ code: "LIMIT_REACHED" });
    // Hints of Postgres itself belong to states that are not ours.
    expect(fromDatabase({ code: "42703", message: "x", hint: "OTHER" })).toMatchObject({ code: "INTERNAL" });
  });

  it("repeats nothing of what Postgres says about its insides", () => {
    for (const code of ["23505", "23503", "23514", "22P02", "42501", "42703", "40001"]) {
      const error = fromDatabase({
        code,
        message: 'column "secret_column" of relation "people"',
        details: "Key (email)=(a@b.test)",
      });
      expect(`${error.message} ${JSON.stringify(error.details)}`, code).not.toMatch(
        /secret_column|a@b\.test|relation/,
      );
    }
  });

  it("knows a constraint by its name, over either connection", () => {
    const quoted = {
      code: "23505",
      message: 'duplicate key value violates unique constraint "clients_slug_key"',
    };
    const named = { code: "23505", message: "duplicate key", constraint: "clients_slug_key" };
    for (const error of [quoted, named]) {
      expect(fromDatabase(error)).toMatchObject({
        status: 409,
        details: { fields: { slug: "This address is already taken." } },
      });
    }
  });

  it("is the catalogue that the database rules describe", () => {
    const text = readFileSync("supabase/README.md", "utf8");
    const described = new Set(text.match(/\b(PM|TN|ST|QT|VA)\d{3}\b/g));
    expect([...described].sort()).toEqual([...sqlstates].sort());
  });
});
