import { describe, expect, it } from "vitest";
import { codeIn, freshSignIn, stackSql, waitForMail } from "../../support/stack";
import {
  address,
  newAccount,
  otherThan,
  passMinute,
  post,
  startSignUp,
  strong,
  verify,
  waitForNewest,
  type Challenge,
} from "./world";

describe("signing up", () => {
  it("mails a code, and the code with the password opens the account", async () => {
    const email = address();
    const started = await startSignUp(email);
    expect(started.status).toBe(202);
    expect(started.data.maskedEmail).toMatch(/^au••••@example\.test$/);
    const code = codeIn(await waitForMail(email));
    const wrong = await verify(started.data.challenge, otherThan(code));
    expect(wrong.status).toBe(422);
    expect(wrong.error?.details).toMatchObject({
      fields: { code: "This code does not fit. 2 tries are left." },
    });
    const done = await verify(started.data.challenge, code);
    expect(done.data).toMatchObject({ home: "/businesses", isNewAccount: true });
    expect((await verify(started.data.challenge, code)).error?.code).toBe("CODE_USED");
    expect((await freshSignIn(email, strong)).accessToken).toBeTruthy();
    const terms = await stackSql(
      "select version from private.auth_terms_acceptances t join auth.users u on u.id = t.user_id where u.email = $1",
      [email],
    );
    expect(terms).toHaveLength(1);
  });

  it("gives a stranger who typed somebody's address first no password of theirs", async () => {
    const email = address();
    await startSignUp(email, "Stranger-knows-1");
    await waitForMail(email);
    await passMinute(email);
    const owner = await startSignUp(email, "Owner-chooses-2");
    const [newest] = await waitForNewest(email, 2);
    expect((await verify(owner.data.challenge, codeIn(newest!), "Owner-chooses-2")).status).toBe(200);
    expect(
      (await post("/api/auth/sign-in", { identifier: email, password: "Stranger-knows-1", session: "token" }))
        .status,
    ).toBe(401);
    expect((await freshSignIn(email, "Owner-chooses-2")).accessToken).toBeTruthy();
  });

  it("says the same to an address that has an account, lets its owner in, and keeps its password", async () => {
    const { email } = await newAccount();
    await passMinute(email);
    const again = await startSignUp(email, "Another-secret-9");
    const fresh = await startSignUp(address(), "Another-secret-9");
    expect(again.status).toBe(fresh.status);
    expect(Object.keys(again.data).sort()).toEqual(Object.keys(fresh.data).sort());
    const [newest] = await waitForNewest(email, 2);
    expect((await verify(again.data.challenge, codeIn(newest!), "Another-secret-9")).data).toMatchObject({
      isNewAccount: false,
    });
    expect((await freshSignIn(email, strong)).accessToken).toBeTruthy();
    expect(
      (await post("/api/auth/sign-in", { identifier: email, password: "Another-secret-9", session: "token" }))
        .status,
    ).toBe(401);
  });

  it("takes three tries of a code, then only a new one", async () => {
    const email = address();
    const { data } = await startSignUp(email);
    const code = codeIn(await waitForMail(email));
    for (let index = 0; index < 3; index += 1)
      expect((await verify(data.challenge, otherThan(code))).status).toBe(422);
    expect((await verify(data.challenge, code)).error?.code).toBe("CODE_SPENT");
    const early = await post("/api/auth/resend", { challenge: data.challenge });
    expect(early.error?.code).toBe("TOO_SOON");
    await passMinute(email);
    const again = await post<Challenge>("/api/auth/resend", { challenge: data.challenge });
    expect(again.data.sendsLeft).toBe(3);
    const [newest] = await waitForNewest(email, 2);
    expect((await verify(data.challenge, codeIn(newest!))).status).toBe(200);
  });

  it("lets one of many right codes at once through", async () => {
    const email = address();
    const { data } = await startSignUp(email);
    const code = codeIn(await waitForMail(email));
    const answers = await Promise.all(Array.from({ length: 12 }, () => verify(data.challenge, code)));
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
  });

  it.each([
    ["short", "Ab1!"],
    ["without a capital", "quiet-harbour-7"],
    ["without a number", "Quiet-harbour-x"],
    ["without a symbol", "Quietharbour77"],
    ["among the commonest", "P@ssw0rd!"],
    ["too long", `A1!${"x".repeat(130)}`],
  ])("refuses a password that is %s", async (_name, secret) => {
    const answer = await startSignUp(address(), secret);
    expect(answer.status).toBe(422);
    expect(answer.error?.details).toHaveProperty("fields.password");
  });

  it("takes all 128 characters of a passphrase seriously", async () => {
    const email = address();
    const long = `Aa1! ${"ü".repeat(122)}`;
    const { data } = await startSignUp(email, `${long}x`);
    expect((await verify(data.challenge, codeIn(await waitForMail(email)), `${long}x`)).status).toBe(200);
    expect((await freshSignIn(email, `${long}x`)).accessToken).toBeTruthy();
    expect(
      (await post("/api/auth/sign-in", { identifier: email, password: `${long}y`, session: "token" })).status,
    ).toBe(401);
  });
});
