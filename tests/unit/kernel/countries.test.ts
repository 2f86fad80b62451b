import { describe, expect, it } from "vitest";
import { countries, countryChoices, countryName, homeCountry, isCountry } from "@/lib/kernel/countries";
import { englishOf } from "@/lib/kernel/i18n";
import { bankCountries } from "@/lib/programs/loyalty/payouts/bank-account";

describe("countries", () => {
  it("are those a parcel can go to, each once and with a name of its own", () => {
    expect(countries).toHaveLength(250);
    expect(new Set(countries).size).toBe(250);
    const names = countryChoices("en").map(({ label }) => label);
    expect(new Set(names).size).toBe(250);
    expect(countryChoices("en").filter(({ value, label }) => value === label)).toEqual([]);
    expect(bankCountries.filter((code) => !isCountry(code))).toEqual([]);
    for (const none of ["EU", "UN", "SU", "ZZ", "XX", "us", ""]) expect(isCountry(none)).toBe(false);
  });

  it("are named and sorted in the reader's words", () => {
    expect(countryName("DE", "en-US")).toBe("Germany");
    expect(countryName("DE", "de")).toBe("Deutschland");
    expect(countryName("ZZ", "en")).toBe("ZZ");
    expect(countryChoices("de").findIndex(({ value }) => value === "AT")).toBeGreaterThan(
      countryChoices("de").findIndex(({ value }) => value === "EG"),
    );
  });

  it("begin with the reader's own, where it is offered", () => {
    expect(homeCountry("en-GB")).toBe("GB");
    expect(homeCountry("en")).toBe("US");
    expect(homeCountry(englishOf("de"))).toBe("DE");
    expect(homeCountry("ja", ["US", "DE"])).toBe("US");
    expect([englishOf("pt-BR"), englishOf("en"), englishOf("en-AU")]).toEqual(["en-BR", "en", "en-AU"]);
  });
});
